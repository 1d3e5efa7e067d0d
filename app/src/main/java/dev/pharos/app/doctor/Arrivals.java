package dev.pharos.app.doctor;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whether telemetry of others arrives, by what Pharos counts and by the newest that is stored. One thread.
final class Arrivals {
  private static final Pattern SAMPLE = Pattern.compile("(\\w+)\\{([^}]*)\\} ([0-9.eE+-]+)");
  private static final Pattern CAUSE = Pattern.compile("cause=\"([^\"]*)\"");
  private static final Duration AHEAD = Duration.ofMinutes(1);

  /// SDKs send metrics every minute by default, and what is called sends more often.
  private static final Duration QUIET = Duration.ofMinutes(5);

  private final RunningPharos running;
  private final Clock clock;

  Arrivals(RunningPharos running, Clock clock) {
    this.running = running;
    this.clock = clock;
  }

  List<Finding> check() {
    List<Finding> findings = new ArrayList<>();
    RunningPharos.Answer metrics = running.get(running.address().metrics(), "/metrics");
    if (metrics.status() != 200) {
      return findings;
    }
    for (String signal : List.of("traces", "metrics", "logs")) {
      findings.add(arrived(signal, metrics.body()));
    }
    refused(metrics.body(), findings);
    misdirected(metrics.body(), findings);
    clocks(findings);
    return findings;
  }

  private Finding arrived(String signal, String metrics) {
    double received = 0;
    double last = 0;
    Matcher sample = SAMPLE.matcher(metrics);
    while (sample.find()) {
      if (sample.group(2).contains("signal=\"" + signal + "\"")) {
        double value = Double.parseDouble(sample.group(3));
        if (sample.group(1).equals("pharos_receiver_received_items_total")) {
          received += value;
        } else if (sample.group(1).equals("pharos_receiver_last_accepted_timestamp_seconds")) {
          last = Math.max(last, value);
        }
      }
    }
    if (received == 0) {
      return Finding.note(
          signal + ": nothing received since the start",
          "point an SDK at http://localhost:4318 or :4317 (docs/guides/connect-an-application.md)");
    }
    String said =
        String.format(Locale.ROOT, "%s: %.0f items received since the start, ", signal, received);
    if (last == 0) {
      return Finding.wrong(said + "none of them taken", "see the reasons of refusals below");
    }
    long seconds = Math.max(0, clock.instant().getEpochSecond() - (long) last);
    if (seconds > QUIET.toSeconds()) {
      return Finding.note(
          said + "the last " + seconds / 60 + " min ago",
          "does the application still run? Its own log tells what its SDK could not send");
    }
    return Finding.ok(said + "the last " + seconds + " s ago");
  }

  private static void misdirected(String metrics, List<Finding> findings) {
    double strays = 0;
    Matcher sample = SAMPLE.matcher(metrics);
    while (sample.find()) {
      if (sample.group(1).equals("pharos_receiver_misdirected_requests_total")) {
        strays += Double.parseDouble(sample.group(3));
      }
    }
    if (strays > 0) {
      findings.add(
          Finding.note(
              String.format(Locale.ROOT, "%.0f requests came to the wrong port or path", strays),
              "4317 is gRPC, 4318 HTTP with /v1/traces, /v1/metrics, /v1/logs; the Connect page tells which"));
    }
  }

  private static void refused(String metrics, List<Finding> findings) {
    Map<String, Double> causes = new TreeMap<>();
    double undecodable = 0;
    Matcher sample = SAMPLE.matcher(metrics);
    while (sample.find()) {
      double value = Double.parseDouble(sample.group(3));
      if (sample.group(1).equals("pharos_receiver_undecodable_requests_total")) {
        undecodable += value;
      }
      Matcher cause = CAUSE.matcher(sample.group(2));
      if (sample.group(1).equals("pharos_receiver_refused_items_total") && cause.find()) {
        causes.merge(cause.group(1), value, Double::sum);
      }
    }
    causes.forEach(
        (cause, items) ->
            findings.add(
                Finding.note(
                    String.format(Locale.ROOT, "%.0f items were refused: %s", items, cause),
                    "the answer to the sender told the reason; docs/guides/troubleshoot.md explains causes")));
    if (undecodable > 0) {
      findings.add(
          Finding.note(
              String.format(Locale.ROOT, "%.0f requests could not be decoded", undecodable),
              "check that the sender's protocol fits the port: 4317 is gRPC, 4318 HTTP"));
    }
  }

  /// A sender whose clock is ahead is the most common reason for data that nobody finds.
  private void clocks(List<Finding> findings) {
    Instant now = clock.instant();
    String ahead =
        encode(
            "max_over_time(max(timestamp(target_info{job!=\"pharos\"}))[12h5m:1m] offset -12h) - "
                + now.getEpochSecond());
    RunningPharos.Answer answer =
        running.get(running.address().prometheus(), "/api/v1/query?query=" + ahead);
    Matcher value = Pattern.compile("\"value\":\\[[^,]*,\"([^\"]+)\"").matcher(answer.body());
    if (value.find()) {
      double seconds = Double.parseDouble(value.group(1));
      if (seconds > AHEAD.toSeconds()) {
        findings.add(
            Finding.wrong(
                String.format(Locale.ROOT, "the newest metric is %.0f s ahead of now", seconds),
                "set the clock of the sender, or of this machine"));
      } else {
        findings.add(Finding.ok("clock: the newest metrics are not ahead of now"));
      }
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
