package dev.pharos.store;

import dev.pharos.log.Disk;
import dev.pharos.log.DiskException;
import dev.pharos.log.DiskLock;
import dev.pharos.log.LogOptions;
import dev.pharos.model.Batch;
import dev.pharos.model.LogBatch;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.Signal;
import dev.pharos.model.Sink;
import dev.pharos.model.SpanBatch;
import dev.pharos.observe.Account;
import dev.pharos.observe.Ledger;
import dev.pharos.observe.Registry;
import dev.pharos.store.append.StoreSinks;
import dev.pharos.store.blocks.BlockData;
import dev.pharos.store.blocks.BlockKind;
import dev.pharos.store.blocks.StoredLogs;
import dev.pharos.store.blocks.StoredTraces;
import dev.pharos.store.delete.Deletion;
import dev.pharos.store.delete.Deletions;
import dev.pharos.store.engine.EngineConfig;
import dev.pharos.store.engine.SignalData;
import dev.pharos.store.engine.SignalEngine;
import dev.pharos.store.metrics.MetricData;
import dev.pharos.store.metrics.StoredMetrics;
import dev.pharos.store.names.StoredNumbers;
import dev.pharos.store.read.LogBlock;
import dev.pharos.store.read.LogReader;
import dev.pharos.store.read.SeriesReader;
import dev.pharos.store.read.ServiceNumbers;
import dev.pharos.store.read.SpanBlock;
import dev.pharos.store.read.SummaryReader;
import dev.pharos.store.read.TraceReader;
import dev.pharos.store.segment.LocalStorage;
import dev.pharos.store.segment.LogFormat;
import dev.pharos.store.segment.SegmentFormat;
import dev.pharos.store.segment.SpanFormat;
import dev.pharos.store.summary.StoredSummaries;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// The database: one directory, one writer process, an engine per signal. Any thread.
public final class Store implements StoreSinks, Deletions, AutoCloseable {
  private static final Duration CUT_IDLE = Duration.ofSeconds(30);
  private static final Duration CUT_AGE = Duration.ofMinutes(10);
  private static final int MAX_REQUESTS = 64 << 10;

  /// Small, because the last file of a log stays after all its rows are in segments.
  private static final long LOG_FILE_BYTES = 16 << 20;

  private static final long LOG_AHEAD_BYTES = 2 << 20;

  /// About what a cut sets free. A log that rests has none.
  private static final int LOG_SPARE_FILES = 4;

  /// Of the room there is at start, what is kept free at most.
  private static final int FREE_SHARE = 8;

  /// A sample in memory takes a small part of what a span or a log record takes, and a cut has a cost for each series.
  private static final int SAMPLES_A_ROW = 8;

  private final List<AutoCloseable> open = new ArrayList<>();
  private final SignalEngine<SpanBatch> traces;
  private final SignalEngine<LogBatch> logs;
  private final SignalEngine<MetricBatch> metrics;
  private final TraceReader traceReader;
  private final LogReader logReader;
  private final SeriesReader seriesReader;
  private final SummaryReader summaryReader;
  private final StoredNumbers serviceNumbers;

  /// NaN where the disk does not answer: metrics are asked for then above all.
  private static double freeBytes(Disk disk) {
    try {
      return disk.usableBytes();
    } catch (DiskException e) {
      return Double.NaN;
    }
  }

  /// What all signals are opened with.
  private record Ground(
      StoreConfig config,
      Disk disk,
      Clock clock,
      RandomGenerator random,
      Registry registry,
      Ledger ledger,
      Account inFlight,
      Account resends) {}

  /// Formats of segments, which tests replace.
  record Formats(
      SegmentFormat<SpanBatch, SpanBlock> spans, SegmentFormat<LogBatch, LogBlock> logs) {}

  /// Opens or makes the store in the root of `disk`, replays its logs, and takes data from then on.
  ///
  /// @throws dev.pharos.log.DiskLockedException if another process has it open
  public static Store open(
      StoreConfig config, Disk disk, Clock clock, Registry registry, Ledger ledger) {
    return open(
        config,
        disk,
        clock,
        registry,
        ledger,
        new SplittableRandom(),
        new Formats(new SpanFormat(), new LogFormat()));
  }

  static Store open(
      StoreConfig config,
      Disk disk,
      Clock clock,
      Registry registry,
      Ledger ledger,
      RandomGenerator random,
      Formats formats) {
    return new Store(config, disk, clock, registry, ledger, random, formats);
  }

  private Store(
      StoreConfig config,
      Disk disk,
      Clock clock,
      Registry registry,
      Ledger ledger,
      RandomGenerator random,
      Formats formats) {
    DiskLock lock = disk.lock("lock");
    open.add(lock);
    var storage = new LocalStorage(disk);
    open.add(storage);
    try {
      storage.removeUnfinished("");
      registry.gauge(
          "pharos_store_free_bytes", "Bytes that the disk has left.", () -> freeBytes(disk));
      var ground =
          new Ground(
              config,
              disk,
              clock,
              random,
              registry,
              ledger,
              account(ledger, "in flight", config.shares().inFlight()),
              account(ledger, "resend windows", config.shares().resends()));
      Account tracesHead = account(ledger, "traces head", config.shares().tracesHead());
      var spans = new BlockData<>(BlockKind.spans(formats.spans()), storage, tracesHead);
      traces =
          engine(ground, spans, storage, tracesHead, config.tracesRetention(), config.cutRows());
      traceReader = new StoredTraces(spans, traces::earliestNanos);
      Account logsHead = account(ledger, "logs head", config.shares().logsHead());
      var records = new BlockData<>(BlockKind.logs(formats.logs()), storage, logsHead);
      logs = engine(ground, records, storage, logsHead, config.logsRetention(), config.cutRows());
      logReader = new StoredLogs(records, logs::earliestNanos);
      summaryReader =
          new StoredSummaries(
              spans.parts(traces::earliestNanos),
              spans.summaries(),
              records.parts(logs::earliestNanos),
              records.summaries());
      Account metricsHead = account(ledger, "metrics head", config.shares().metricsHead());
      var samples = new MetricData(storage, metricsHead, clock, random.nextLong());
      metrics =
          engine(
              ground,
              samples,
              storage,
              metricsHead,
              config.metricsRetention(),
              config.cutRows() * SAMPLES_A_ROW);
      seriesReader = new StoredMetrics(samples, metrics::earliestNanos);
      serviceNumbers = StoredNumbers.open(disk, "services", random);
      open.add(serviceNumbers);
      var sizeLimit = new SizeLimit(config.maxBytes(), List.of(traces, logs, metrics));
      if (config.background()) {
        sizeLimit.start();
      }
      open.add(sizeLimit);
    } catch (RuntimeException | Error e) {
      closeAll(e);
      throw e;
    }
  }

  private Account account(Ledger ledger, String name, double share) {
    Account account = ledger.open(name, share);
    open.add(() -> ledger.close(account));
    return account;
  }

  private <B extends Batch> SignalEngine<B> engine(
      Ground ground,
      SignalData<B> data,
      LocalStorage storage,
      Account head,
      Duration retention,
      long cutRows) {
    StoreConfig config = ground.config();
    var engineConfig =
        new EngineConfig(
            cutRows,
            CUT_IDLE,
            CUT_AGE,
            retention,
            config.resendWindow(),
            config.maxItemBytes(),
            MAX_REQUESTS,
            Math.min(config.minFreeBytes(), ground.disk().usableBytes() / FREE_SHARE),
            config.background());
    var parts =
        new SignalEngine.Parts(
            ground.disk(),
            data.signal().label(),
            storage,
            ground.clock(),
            ground.random(),
            ground.registry(),
            ground.inFlight(),
            head,
            ground.resends(),
            new LogOptions(LOG_FILE_BYTES, LOG_AHEAD_BYTES, LOG_SPARE_FILES, ground.random()));
    SignalEngine<B> engine = SignalEngine.open(engineConfig, parts, data);
    open.add(engine);
    return engine;
  }

  @Override
  public Sink<SpanBatch> traces() {
    return traces.sink();
  }

  @Override
  public Sink<LogBatch> logs() {
    return logs.sink();
  }

  @Override
  public Sink<MetricBatch> metrics() {
    return metrics.sink();
  }

  @Override
  public void delete(Signal signal, Deletion deletion) {
    switch (signal) {
      case TRACES -> traces.delete(deletion);
      case METRICS -> metrics.delete(deletion);
      case LOGS -> logs.delete(deletion);
    }
  }

  public TraceReader traceReader() {
    return traceReader;
  }

  public LogReader logReader() {
    return logReader;
  }

  public SeriesReader seriesReader() {
    return seriesReader;
  }

  /// Charts of spans and log records.
  public SummaryReader summaryReader() {
    return summaryReader;
  }

  /// What the colours of services go by.
  public ServiceNumbers serviceNumbers() {
    return serviceNumbers;
  }

  /// The engines, for tests and for tools that cut and merge by hand.
  public SignalEngine<SpanBatch> traceEngine() {
    return traces;
  }

  public SignalEngine<LogBatch> logEngine() {
    return logs;
  }

  public SignalEngine<MetricBatch> metricEngine() {
    return metrics;
  }

  /// Bytes on disk of logs and segments.
  public long sizeBytes() {
    return traces.sizeBytes() + logs.sizeBytes() + metrics.sizeBytes();
  }

  /// Commits what was taken, ends all threads and gives the directory free. Recent rows stay in the logs.
  @Override
  public void close() {
    var failure = new IllegalStateException("the store did not close cleanly");
    closeAll(failure);
    if (failure.getSuppressed().length > 0) {
      throw failure;
    }
  }

  private void closeAll(Throwable failure) {
    for (AutoCloseable part : open.reversed()) {
      try {
        part.close();
      } catch (Exception | Error e) {
        // Whatever it is, the other parts have threads to end too.
        failure.addSuppressed(e);
      }
    }
    open.clear();
  }
}
