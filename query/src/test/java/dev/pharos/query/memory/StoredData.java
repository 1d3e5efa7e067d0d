package dev.pharos.query.memory;

import dev.pharos.log.LocalDisk;
import dev.pharos.model.Batch;
import dev.pharos.model.Outcome;
import dev.pharos.model.Parcel;
import dev.pharos.model.Pending;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Signal;
import dev.pharos.model.Sink;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Ledger;
import dev.pharos.observe.Registry;
import dev.pharos.store.Store;
import dev.pharos.store.StoreConfig;
import dev.pharos.store.delete.Deletion;
import dev.pharos.store.delete.RowMatcher;
import dev.pharos.store.engine.SignalEngine;
import dev.pharos.store.read.LogReader;
import dev.pharos.store.read.Matcher;
import dev.pharos.store.read.SummaryReader;
import dev.pharos.store.read.TraceReader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/// A real store on the local disk, whose data lie in the head, in segments or in both as it is cut, merged and
/// reopened.
public final class StoredData implements AutoCloseable {
  private final Path directory;
  private final Clock clock;
  private final Duration tracesRetention;
  private Store store;

  /// @param nowNanos about the time of the data
  public StoredData(Path directory, long nowNanos) {
    this(directory, nowNanos, StoreConfig.DEFAULT.tracesRetention());
  }

  /// @param tracesRetention how long spans are kept
  public StoredData(Path directory, long nowNanos, Duration tracesRetention) {
    this.directory = directory;
    this.tracesRetention = tracesRetention;
    this.clock =
        Clock.fixed(
            Instant.ofEpochSecond(nowNanos / 1_000_000_000, nowNanos % 1_000_000_000),
            ZoneOffset.UTC);
    this.store = open();
  }

  private Store open() {
    StoreConfig d = StoreConfig.DEFAULT;
    var manual =
        new StoreConfig(
            tracesRetention,
            d.logsRetention(),
            d.metricsRetention(),
            0,
            d.resendWindow(),
            d.maxItemBytes(),
            0,
            d.cutRows(),
            d.shares(),
            false);
    return Store.open(
        manual, LocalDisk.open(directory), clock, new Registry(), new Ledger(512 << 20));
  }

  public void logs(List<LogRecord> records) {
    store(store.logs(), MemoryLogs.batch(records));
  }

  public void spans(List<SpanRecord> records) {
    store(store.traces(), MemorySpans.batch(records));
  }

  private static <B extends Batch> void store(Sink<B> sink, B batch) {
    var outcome = new CompletableFuture<Outcome>();
    sink.accept(Parcel.of(batch, Tenant.DEFAULT, RequestKey.NONE, new Pending(outcome::complete)));
    if (!outcome.join().equals(Outcome.ACCEPTED)) {
      throw new IllegalStateException("not stored: " + outcome.join());
    }
  }

  /// Deletes the log records of a time range (`toNanos` exclusive) whose Resource has this attribute.
  public void deleteLogs(String key, String value, long fromNanos, long toNanos) {
    var matcher = new RowMatcher(RowMatcher.Subject.RESOURCE, key, Matcher.Kind.EQUAL, value);
    store.delete(Signal.LOGS, new Deletion(Tenant.DEFAULT, List.of(matcher), fromNanos, toNanos));
  }

  /// Cuts, merges, reopens, or does nothing.
  public void disturb(Random random) {
    for (SignalEngine<?> engine : List.of(store.traceEngine(), store.logEngine())) {
      switch (random.nextInt(6)) {
        case 0, 1 -> engine.cut();
        case 2 -> engine.merge();
        default -> {}
      }
    }
    if (random.nextInt(10) == 0) {
      store.close();
      store = open();
    }
  }

  public LogReader logReader() {
    return store.logReader();
  }

  public TraceReader traceReader() {
    return store.traceReader();
  }

  public SummaryReader summaryReader() {
    return store.summaryReader();
  }

  @Override
  public void close() {
    store.close();
  }
}
