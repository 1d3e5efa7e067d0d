package dev.pharos.bench.load;

import com.sun.management.OperatingSystemMXBean;
import dev.pharos.model.Signal;
import dev.pharos.wire.workload.Template;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// One run of the load tool: a thread for each request in flight sends, answers are counted, and what lies between the
/// end of the warm-up and the end is measured.
///
/// With a rate, requests are due at even distances from the start, whoever is free sends the next one, and latency is
/// counted from when it was due: what waits behind a slow answer shows as slow (no coordinated omission).
public final class LoadRun {
  private static final int IDS_KEPT = 5000;
  private static final int SEND_BETWEEN_IDS = 97;
  private static final int REASONS_KEPT = 5;

  private final LoadOptions options;
  private final Clock clock;
  private final Tally tally = new Tally();
  private final LatencyHistogram latencies = new LatencyHistogram();
  private final AtomicLong tickets = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final Queue<String> ids = new ConcurrentLinkedQueue<>();
  private final Map<String, AtomicLong> reasons = new ConcurrentHashMap<>();
  private volatile boolean stopped;

  private LoadRun(LoadOptions options, Clock clock) {
    this.options = options;
    this.clock = clock;
  }

  /// Runs with the arguments of the command line and prints the report.
  ///
  /// @return the exit status: 0 if everything sent was accepted, 1 if not, 2 for wrong arguments
  public static int main(String[] args) throws IOException, InterruptedException {
    LoadOptions options;
    try {
      options = LoadOptions.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n\n" + LoadOptions.USAGE);
      return 2;
    }
    var run = new LoadRun(options, Clock.systemUTC());
    Map<String, Object> report = run.run();
    report.forEach((key, value) -> System.out.printf("%-24s %s%n", key, value));
    run.reasons.forEach((reason, count) -> System.err.println(count + " times: " + reason));
    return run.tally.count().notAccepted() == 0 ? 0 : 1;
  }

  private long unixNanos() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  private Map<String, Object> run() throws IOException, InterruptedException {
    try (var wires = new Wires(options)) {
      List<Line> lines = wires.lines();
      List<Lane> lanes = Lane.of(options, lines.size(), unixNanos());
      var ended = new CountDownLatch(lanes.size());
      long start = System.nanoTime();
      for (int i = 0; i < lanes.size(); i++) {
        Line line = lines.get(i);
        Lane lane = lanes.get(i);
        Thread.ofPlatform()
            .name("sender-" + i)
            .daemon()
            .start(
                () -> {
                  try {
                    send(line, lane, start);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  } finally {
                    ended.countDown();
                  }
                });
      }
      await(ended, options.warm());
      latencies.clear();
      Moment first = moment();
      await(ended, options.seconds());
      Moment last = moment();
      stopped = true;
      ended.await();
      Map<String, Object> report = report(first, last);
      if (options.settle() > 0 && options.pid() > 0) {
        Thread.sleep((long) (options.settle() * 1000));
        settled(report, first, moment());
      }
      if (options.ids().isPresent()) {
        Files.write(options.ids().orElseThrow(), new ArrayList<>(ids));
      }
      return report;
    }
  }

  /// Waits so long, or until all senders are through.
  @SuppressWarnings("ReturnValueIgnored")
  private static void await(CountDownLatch ended, double seconds) throws InterruptedException {
    ended.await((long) (seconds * 1e9), TimeUnit.NANOSECONDS);
  }

  private void send(Line line, Lane lane, long start) throws InterruptedException {
    for (int n = 0; !stopped; n++) {
      long due = System.nanoTime();
      if (options.rate() > 0) {
        double nanos = tickets.getAndIncrement() * (options.items() / options.rate()) * 1e9;
        due = start + (long) nanos;
        for (long left = due - System.nanoTime(); left > 0 && !stopped; ) {
          LockSupport.parkNanos(Math.min(left, 100_000_000));
          left = due - System.nanoTime();
        }
      }
      boolean enough = options.total() > 0 && sent.get() >= options.total();
      if (stopped || enough) {
        return;
      }
      Optional<Template> next = lane.next(unixNanos());
      if (next.isEmpty()) {
        return;
      }
      Template request = next.get();
      sent.addAndGet(request.items());
      Answer answer = line.send(request.body());
      latencies.record(System.nanoTime() - due);
      tally.add(request.items(), request.body().length, answer);
      switch (answer) {
        case Answer.Taken ignored -> remember(lane, n);
        case Answer.Refused refused -> pause(refused.reason(), 5);
        case Answer.Failed failed -> pause(failed.reason(), 20);
      }
    }
  }

  private void remember(Lane lane, int request) {
    if (options.signal() == Signal.TRACES
        && request % SEND_BETWEEN_IDS == 5
        && ids.size() < IDS_KEPT) {
      ids.add(lane.lastTrace());
    }
  }

  private void pause(String reason, long millis) throws InterruptedException {
    AtomicLong count = reasons.get(reason);
    if (count == null && reasons.size() < REASONS_KEPT) {
      count = reasons.computeIfAbsent(reason, key -> new AtomicLong());
    }
    if (count != null) {
      count.incrementAndGet();
    }
    Thread.sleep(millis);
  }

  /// @param server empty without a process id
  private record Moment(
      long nanos, Tally.Count count, double clientCpuSeconds, Optional<ProcessStatus> server) {}

  private Moment moment() throws IOException {
    var own = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    Optional<ProcessStatus> server =
        options.pid() == 0 ? Optional.empty() : Optional.of(ProcessStatus.of(options.pid()));
    return new Moment(System.nanoTime(), tally.count(), own.getProcessCpuTime() / 1e9, server);
  }

  private Map<String, Object> report(Moment first, Moment last) {
    var report = new LinkedHashMap<String, Object>();
    report.put("what", options.signal().label() + (options.grpc() ? " gRPC" : " HTTP"));
    report.put("items a request", options.items());
    double seconds = (last.nanos - first.nanos) / 1e9;
    Tally.Count count = last.count.since(first.count);
    report.put("seconds", round(seconds, 2));
    report.put("requests", count.requests());
    report.put("accepted", count.accepted());
    report.put("rejected (partial)", count.rejected());
    report.put("refused", count.refused());
    report.put("failed", count.failed());
    report.put("bytes an item", round((double) count.bytes() / Math.max(1, items(count)), 1));
    report.put("items/s", Math.round(count.accepted() / seconds));
    report.put("requests/s", Math.round(count.requests() / seconds));
    report.put("latency p50 ms", round(latencies.millis(0.5), 2));
    report.put("latency p90 ms", round(latencies.millis(0.9), 2));
    report.put("latency p99 ms", round(latencies.millis(0.99), 2));
    report.put("latency p99.9 ms", round(latencies.millis(0.999), 2));
    double client = last.clientCpuSeconds - first.clientCpuSeconds;
    report.put("client items/CPU-s", Math.round(count.accepted() / Math.max(client, 0.01)));
    if (first.server.isPresent() && last.server.isPresent()) {
      double cpu = last.server.get().cpuSeconds() - first.server.get().cpuSeconds();
      report.put("server CPU s", round(cpu, 2));
      report.put("items/server CPU-s", Math.round(count.accepted() / Math.max(cpu, 0.01)));
      report.put("peak RSS MiB", round(last.server.get().peakMib(), 0));
    }
    Tally.Count all = tally.count();
    report.put("accepted in all", all.accepted());
    report.put("not accepted in all", all.notAccepted());
    return report;
  }

  private static long items(Tally.Count count) {
    return count.accepted() + count.notAccepted();
  }

  private void settled(Map<String, Object> report, Moment first, Moment end) {
    if (first.server.isPresent() && end.server.isPresent()) {
      double cpu = end.server.get().cpuSeconds() - first.server.get().cpuSeconds();
      long accepted = end.count.since(first.count).accepted();
      report.put("settled items/CPU-s", Math.round(accepted / Math.max(cpu, 0.01)));
      report.put("RSS after MiB", round(end.server.get().residentMib(), 0));
      report.put("peak RSS MiB", round(end.server.get().peakMib(), 0));
    }
  }

  private static double round(double value, int digits) {
    double scale = Math.pow(10, digits);
    return Math.rint(value * scale) / scale;
  }
}
