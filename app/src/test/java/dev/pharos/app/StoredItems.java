package dev.pharos.app;

import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Asks the APIs of a running product which items of a [Sender] it has: spans by Jaeger's, log lines by Loki's, samples
/// by Prometheus'.
///
/// @param client for all requests
record StoredItems(HttpClient client) {
  private static final Pattern MARKED = Pattern.compile("\"n=(\\d+);\"");
  private static final Pattern SAMPLE = Pattern.compile(",\"(\\d+)\"]");
  private static final Pattern INSPECTED = Pattern.compile("\"inspectedSpans\":\"(\\d+)\"");
  private static final Pattern READ = Pattern.compile("\"totalLinesProcessed\":(\\d+)");
  private static final int PAGE = 2000;

  /// @param twice those that are there more than once
  record Found(BitSet items, BitSet twice) {
    private void add(String answer, Pattern pattern) {
      Matcher matcher = pattern.matcher(answer);
      while (matcher.find()) {
        int item = Integer.parseInt(matcher.group(1));
        (items.get(item) ? twice : items).set(item);
      }
    }
  }

  Found of(PharosProcess process, Sender sender, Sender.Sent sent) {
    var found = new Found(new BitSet(), new BitSet());
    if (sent.end() > sent.first()) {
      switch (sender.signal()) {
        case TRACES -> spans(process, sender, sent, found);
        case LOGS -> lines(process, sender, sent, found);
        case METRICS -> samples(process, sender, sent, found);
      }
    }
    return found;
  }

  private void spans(PharosProcess process, Sender sender, Sender.Sent sent, Found found) {
    for (int n = sent.first() / 100 * 100; n < sent.end(); n += 100) {
      String trace = sender.traceId(n);
      // Where nothing was acknowledged there may be no trace, which only Tempo's second API takes
      // for an answer.
      boolean some = !sent.acknowledged().get(n, n + 100).isEmpty();
      found.add(
          some
              ? process.get(client, "Jaeger API", "/api/traces/" + trace)
              : process.get(client, "Tempo API", "/api/v2/traces/" + trace),
          MARKED);
    }
  }

  /// Item n has the time of millisecond n, so pages are ranges of numbers.
  private void lines(PharosProcess process, Sender sender, Sender.Sent sent, Found found) {
    String query = encode("{service_name=\"" + sender.service() + "\"}");
    for (int n = sent.first(); n < sent.end(); n += PAGE) {
      String range =
          "&start=%d&end=%d&limit=%d"
              .formatted(
                  sender.millisOf(n) * 1_000_000, sender.millisOf(n + PAGE) * 1_000_000, 2 * PAGE);
      found.add(
          process.get(client, "Loki API", "/loki/api/v1/query_range?query=" + query + range),
          MARKED);
    }
  }

  private void samples(PharosProcess process, Sender sender, Sender.Sent sent, Found found) {
    for (int n = sent.first(); n < sent.end(); n += 10 * PAGE) {
      String query = encode("sent{job=\"%s\"}[%dms]".formatted(sender.service(), 10 * PAGE));
      // The window is open on the left.
      String at = "&time=" + (sender.millisOf(n + 10 * PAGE) - 1) / 1e3;
      found.add(process.get(client, "Prometheus API", "/api/v1/query?query=" + query + at), SAMPLE);
    }
  }

  /// How many log records are stored in all, by what a query over everything had to look at.
  long logRows(PharosProcess process) {
    String query = encode("sum(count_over_time({service_name=~\".+\"}[2h]))");
    Matcher rows =
        READ.matcher(process.get(client, "Loki API", "/loki/api/v1/query?query=" + query));
    return number(rows);
  }

  /// How many spans are stored in all, by what a search that no index helps had to look at.
  long spanRows(PharosProcess process) {
    String query = encode("{ span.pad = span.nothing }");
    Matcher rows =
        INSPECTED.matcher(
            process.get(client, "Tempo API", "/api/search?q=" + query + "&start=1&end=4000000000"));
    return number(rows);
  }

  private static long number(Matcher matcher) {
    if (!matcher.find()) {
      throw new AssertionError("the answer does not say how many rows it read");
    }
    return Long.parseLong(matcher.group(1));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
