package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.log.DiskLockedException;
import dev.pharos.log.LocalDisk;
import dev.pharos.model.Batch;
import dev.pharos.model.BatchTexts;
import dev.pharos.model.LogBatch;
import dev.pharos.model.Outcome;
import dev.pharos.model.Parcel;
import dev.pharos.model.Pending;
import dev.pharos.model.RandomBatches;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Sink;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Ledger;
import dev.pharos.observe.Registry;
import dev.pharos.store.engine.SignalEngine;
import dev.pharos.store.engine.TestClock;
import dev.pharos.store.manifest.SegmentEntry;
import dev.pharos.store.read.BlockRef;
import dev.pharos.store.read.LogBlock;
import dev.pharos.store.read.LogStream;
import dev.pharos.store.read.Scan;
import dev.pharos.store.read.SpanBlock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole store with its own formats on the local disk.
class StoreTest {
  private static final Scan ALL =
      new Scan(Tenant.DEFAULT, Long.MIN_VALUE, Long.MAX_VALUE, Scan.Order.NEWEST_FIRST, List.of());

  @TempDir Path directory;
  private final TestClock clock = new TestClock();

  private Store open(StoreConfig config) {
    return Store.open(
        config, LocalDisk.open(directory), clock, new Registry(), new Ledger(512 << 20));
  }

  private static StoreConfig manual() {
    StoreConfig d = StoreConfig.DEFAULT;
    return new StoreConfig(
        d.tracesRetention(),
        d.logsRetention(),
        d.metricsRetention(),
        0,
        d.resendWindow(),
        d.maxItemBytes(),
        0,
        d.cutRows(),
        d.shares(),
        false);
  }

  private static <B extends Batch> void store(Sink<B> sink, B batch) {
    var outcome = new CompletableFuture<Outcome>();
    sink.accept(Parcel.of(batch, Tenant.DEFAULT, RequestKey.NONE, new Pending(outcome::complete)));
    assertThat(outcome.join()).isEqualTo(Outcome.ACCEPTED);
  }

  private static List<String> spans(Store store) {
    var texts = new ArrayList<String>();
    try (var plan = store.traceReader().plan(ALL)) {
      for (BlockRef<SpanBlock> ref : plan.blocks()) {
        SpanBlock block = ref.open().orElseThrow();
        texts.addAll(
            BatchTexts.of(
                block.materialize(IntStream.range(0, block.rows()).toArray(), block.rows())));
      }
    }
    return texts;
  }

  private static List<String> logs(Store store) {
    var texts = new ArrayList<String>();
    try (var plan = store.logReader().plan(ALL)) {
      for (BlockRef<LogBlock> ref : plan.blocks()) {
        LogBlock block = ref.open().orElseThrow();
        texts.addAll(
            BatchTexts.of(
                block.materialize(IntStream.range(0, block.rows()).toArray(), block.rows())));
      }
    }
    return texts;
  }

  @Test
  void keepsSpansAndLogRecordsThroughCutsMergesAndRestarts() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var made =
        new RandomBatches(
            seed, clock.nanos() - Duration.ofHours(30).toNanos(), Duration.ofHours(31).toNanos());
    var spans = new ArrayList<String>();
    var logs = new ArrayList<String>();
    Store store = open(manual());
    for (int step = 0; step < 40; step++) {
      SpanBatch spanBatch = made.spans(1 + random.nextInt(30));
      LogBatch logBatch = withTimes(made.logs(1 + random.nextInt(30)));
      store(store.traces(), spanBatch);
      store(store.logs(), logBatch);
      spans.addAll(BatchTexts.of(spanBatch));
      logs.addAll(BatchTexts.of(logBatch));
      SignalEngine<?> engine = random.nextBoolean() ? store.traceEngine() : store.logEngine();
      switch (random.nextInt(5)) {
        case 0, 1 -> engine.cut();
        case 2 -> engine.merge();
        case 3 -> {
          store.close();
          store = open(manual());
        }
        default -> engine.tidy();
      }
      if (step % 10 == 9) {
        assertThat(spans(store)).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(spans);
        assertThat(logs(store)).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(logs);
        assertThat(streamRecords(store)).as("seed %d", seed).isEqualTo(logs.size());
      }
    }
    store.close();
  }

  /// The time of a record without one is that of the column when it is read back, so give each its own.
  private static LogBatch withTimes(LogBatch batch) {
    for (int row = 0; row < batch.rows(); row++) {
      if (batch.timeNanos()[row] == 0) {
        batch.timeNanos()[row] = batch.observedNanos()[row];
      }
    }
    return batch;
  }

  private static long streamRecords(Store store) {
    return store.logReader().streams(Tenant.DEFAULT, Long.MIN_VALUE, Long.MAX_VALUE).stream()
        .mapToLong(LogStream::records)
        .sum();
  }

  @Test
  void recordWithoutAnyTimeGetsThatOfItsArrival() {
    try (Store store = open(manual())) {
      LogBatch batch = new RandomBatches(3).logs(2);
      for (int row = 0; row < 2; row++) {
        batch.timeNanos()[row] = 0;
        batch.observedNanos()[row] = 0;
      }
      store(store.logs(), batch);
      List<LogStream> streams =
          store.logReader().streams(Tenant.DEFAULT, clock.nanos(), clock.nanos() + 1);
      assertThat(streams.stream().mapToLong(LogStream::records).sum()).isEqualTo(2);
      assertThat(batch.observedNanos()[0]).as("the sender's batch").isZero();
    }
  }

  @Test
  void closedStoreHoldsNoMemory() {
    var ledger = new Ledger(512 << 20);
    Store store = Store.open(manual(), LocalDisk.open(directory), clock, new Registry(), ledger);
    var made = new RandomBatches(4, clock.nanos(), 1000);
    store(store.traces(), made.spans(10));
    store(store.logs(), made.logs(10));
    var outcome = new CompletableFuture<Outcome>();
    store
        .metrics()
        .accept(
            Parcel.of(
                made.metrics(10), Tenant.DEFAULT, RequestKey.NONE, new Pending(outcome::complete)));
    assertThat(outcome.join().failure()).isEmpty();
    assertThat(store.metricEngine().sizeBytes()).isPositive();
    assertThat(ledger.usedBytes()).isPositive();
    store.close();
    assertThat(ledger.usedBytes()).isZero();
  }

  @Test
  void secondOpenerIsToldWhoHoldsTheDirectory() {
    try (Store store = open(manual())) {
      assertThat(store.sizeBytes()).isZero();
      assertThatThrownBy(() -> open(manual())).isInstanceOf(DiskLockedException.class);
    }
    open(manual()).close();
  }

  @Test
  void totalSizeDropsTheOldestDaysFirst() {
    try (Store store = open(manual())) {
      for (int day = 0; day < 3; day++) {
        var made = new RandomBatches(day, clock.nanos() - Duration.ofDays(2 - day).toNanos(), 1000);
        store(store.traces(), made.spans(200));
        store.traceEngine().cut();
      }
      List<SignalEngine<?>> engines = List.of(store.traceEngine(), store.logEngine());
      new SizeLimit(store.sizeBytes(), engines).enforce();
      assertThat(store.traceEngine().segments()).hasSize(3);
      new SizeLimit(store.sizeBytes() - 1, engines).enforce();
      assertThat(store.traceEngine().segments())
          .extracting(SegmentEntry::day)
          .containsExactly(20777, 20778);
      new SizeLimit(1, engines).enforce();
      assertThat(store.traceEngine().segments()).isEmpty();
    }
  }
}
