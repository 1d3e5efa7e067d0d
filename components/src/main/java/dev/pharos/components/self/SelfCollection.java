package dev.pharos.components.self;

import dev.pharos.model.Batch;
import dev.pharos.model.Outcome;
import dev.pharos.model.Parcel;
import dev.pharos.model.Pending;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Signal;
import dev.pharos.model.Sink;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Counter;
import dev.pharos.observe.LogTap;
import dev.pharos.observe.Registry;
import dev.pharos.observe.SpanTap;
import dev.pharos.pipeline.component.Receiver;
import dev.pharos.pipeline.component.Setup;
import dev.pharos.pipeline.component.Sinks;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Hands Pharos's own metrics on at an interval, and its log lines and spans every second. What the pipeline refuses is
/// counted and neither logged nor sent again, so that handling this telemetry makes none. One thread of its own.
final class SelfCollection implements Receiver {
  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final SelfConfig config;
  private final Identity identity;
  private final LogTap lines;
  private final SpanTap spans;
  private final Sinks next;
  private final Registry registry;
  private final Clock clock;
  private final Counter lost;
  private final SelfMetrics metrics;
  private volatile boolean stopping;
  private Thread collector = new Thread(this::run, "self");

  SelfCollection(
      Setup setup, SelfConfig config, Identity identity, LogTap lines, SpanTap spans, Sinks next) {
    this.config = config;
    this.identity = identity;
    this.lines = lines;
    this.spans = spans;
    this.next = next;
    this.registry = setup.registry();
    this.clock = setup.clock();
    this.metrics = new SelfMetrics(identity, nanos());
    lost =
        registry.counter(
            "pharos_self_lost_items_total",
            "Pharos's own telemetry that was refused or came late.");
    registry.gauge(
        "pharos_self_dropped",
        "Own log lines and spans that came faster than they were taken.",
        () -> lines.dropped() + spans.dropped());
  }

  private long nanos() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  @Override
  public void start() {
    collector.setDaemon(true);
    collector.start();
  }

  private void run() {
    long ticks = Math.max(1, config.collectionInterval().toSeconds());
    for (long tick = 1; !stopping; tick++) {
      LockSupport.parkNanos(TICK_NANOS);
      if (!stopping) {
        collect(tick % ticks == 0);
      }
    }
  }

  /// Hands on what there is.
  ///
  /// @param withMetrics whether the metrics are due
  void collect(boolean withMetrics) {
    next.logs()
        .ifPresent(
            sink -> {
              List<LogTap.Line> taken = lines.take();
              if (!taken.isEmpty()) {
                hand(Signal.LOGS, sink, SelfLogs.batch(identity, taken));
              }
            });
    next.traces()
        .ifPresent(
            sink -> {
              List<SpanTap.Span> taken = spans.take();
              if (!taken.isEmpty()) {
                hand(Signal.TRACES, sink, SelfSpans.batch(identity, taken));
              }
            });
    if (withMetrics) {
      next.metrics()
          .ifPresent(sink -> hand(Signal.METRICS, sink, metrics.batch(registry, nanos())));
    }
  }

  private <B extends Batch> void hand(Signal signal, Sink<B> sink, B batch) {
    int items = batch.items();
    var answer = new Pending(outcome -> count(outcome, items));
    sink.accept(Parcel.of(batch, Tenant.DEFAULT, RequestKey.NONE, answer));
  }

  private void count(Outcome outcome, int items) {
    lost.add(outcome.failure().isPresent() ? items : outcome.rejectedItems());
  }

  /// The last lines and spans are handed on before.
  @Override
  public void stop() {
    stopping = true;
    LockSupport.unpark(collector);
    try {
      collector.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    collect(false);
  }
}
