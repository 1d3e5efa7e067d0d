package dev.pharos.store.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.log.PowerCutDisk;
import dev.pharos.model.BatchTexts;
import dev.pharos.model.Outcome;
import dev.pharos.model.Parcel;
import dev.pharos.model.Pending;
import dev.pharos.model.RandomBatches;
import dev.pharos.model.RequestKey;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Cause;
import dev.pharos.store.blocks.PlainSpanFormat;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.Scan;
import dev.pharos.store.summary.Summaries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SignalEngineTest {
  private static final Tenant TENANT = Tenant.DEFAULT;
  private static final Tenant OTHER = new Tenant("..");

  private final TestClock clock = new TestClock();
  private PowerCutDisk disk = new PowerCutDisk(1);

  private static List<Long> ids(long from, long to) {
    return LongStream.range(from, to).boxed().toList();
  }

  private SpanBatch spans(long first, int count) {
    return TestSpans.of(first, count, clock.nanos());
  }

  @Test
  void acknowledgedRowsAreReadableInHeadInSegmentsAfterAMergeAndAfterARestart() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var made =
        new RandomBatches(
            seed, clock.nanos() - Duration.ofHours(30).toNanos(), Duration.ofHours(31).toNanos());
    var expected = new ArrayList<String>();
    SpanStore store = new SpanStore(disk, clock);
    for (int step = 0; step < 120; step++) {
      SpanBatch batch = made.spans(1 + random.nextInt(20));
      assertThat(store.store(batch, TENANT, new RequestKey(1, step))).isEqualTo(Outcome.ACCEPTED);
      expected.addAll(BatchTexts.of(batch));
      switch (random.nextInt(6)) {
        case 0 -> store.engine.cut();
        case 1 -> store.engine.merge();
        case 2 -> store.engine.tidy();
        case 3 -> {
          store.close();
          disk = disk.kill();
          store = new SpanStore(disk, clock);
        }
        default -> {}
      }
      if (step % 8 == 0) {
        assertThat(texts(store))
            .as("seed %d step %d", seed, step)
            .containsExactlyInAnyOrderElementsOf(expected);
      }
    }
    assertThat(texts(store)).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(store.engine.segments()).hasSizeGreaterThan(1);
    store.close();
  }

  private List<String> texts(SpanStore store) {
    var texts = new ArrayList<String>();
    var scan = new Scan(TENANT, Long.MIN_VALUE, Long.MAX_VALUE, Scan.Order.NEWEST_FIRST, List.of());
    PlainSpanFormat.all(store.reader, scan).forEach(batch -> texts.addAll(BatchTexts.of(batch)));
    return texts;
  }

  @Test
  void tenantsAreKeptApart() {
    try (var store = new SpanStore(disk, clock)) {
      store.store(spans(1, 3), TENANT, RequestKey.NONE);
      store.store(spans(10, 2), OTHER, RequestKey.NONE);
      for (int i = 0; i < 2; i++) {
        assertThat(store.spanIds(TENANT)).containsExactlyInAnyOrder(1L, 2L, 3L);
        assertThat(store.spanIds(OTHER)).containsExactlyInAnyOrder(10L, 11L);
        store.engine.cut();
      }
      assertThat(store.engine.segments())
          .extracting(segment -> segment.name().replaceAll("/[0-9a-f]{16}", ""))
          .containsExactlyInAnyOrder(
              "traces/segments/default/2026-11-21", "traces/segments/%2E%2E/2026-11-21");
    }
  }

  @Test
  void rejectsAloneWhatIsTooFarAheadOrPastRetentionAndNamesTheValue() {
    try (var store = new SpanStore(disk, clock)) {
      SpanBatch batch = spans(1, 4);
      batch.startNanos()[1] = clock.nanos() + Duration.ofHours(25).toNanos();
      Outcome ahead = store.store(batch, TENANT, RequestKey.NONE);
      assertThat(ahead.failure()).isEmpty();
      assertThat(ahead.rejectedItems()).isEqualTo(1);
      assertThat(ahead.reason())
          .isEqualTo(
              "span start 2026-11-22T13:00:00Z is more than a day ahead of the server's clock, 2026-11-21T12:00:00Z");
      SpanBatch old = spans(10, 2);
      old.startNanos()[0] = clock.nanos() - Duration.ofDays(4).toNanos();
      old.startNanos()[1] = 0;
      Outcome past = store.store(old, TENANT, new RequestKey(1, 1));
      assertThat(past.rejectedItems()).isEqualTo(2);
      assertThat(past.reason()).startsWith("span start 2026-11-17T12:00:00Z is past the retention");
      assertThat(store.spanIds(TENANT)).containsExactlyInAnyOrder(1L, 3L, 4L);
      assertThat(
              store.counter(
                  "pharos_store_rejected_items_total",
                  "signal",
                  "traces",
                  "cause",
                  Cause.PAST_RETENTION.label()))
          .isEqualTo(2);
      assertThat(store.counter("pharos_store_appended_items_total", "signal", "traces"))
          .isEqualTo(3);
    }
  }

  @Test
  void aResendOfARequestOfWhichAPartIsStoredBringsTheRestAlone() {
    var key = new RequestKey(3, 3);
    SpanStore store = new SpanStore(disk, clock);
    List<CompletableFuture<Outcome>> parts =
        store.sendParts(spans(1, 10), TENANT, key, List.of(4, 10));
    assertThat(parts.get(0).join()).isEqualTo(Outcome.ACCEPTED);
    assertThat(parts.get(1).join()).isEqualTo(Outcome.ACCEPTED);
    var half = new RequestKey(4, 4);
    // Of this request the second part never comes.
    store.sendParts(spans(20, 10), TENANT, half, List.of(4)).get(0).join();
    for (int restart = 0; restart < 3; restart++) {
      if (restart == 1) {
        store.engine.cut();
      }
      store.close();
      disk = restart == 2 ? disk.restart() : disk.kill();
      store = new SpanStore(disk, clock);
    }
    assertThat(store.store(spans(1, 10), TENANT, key)).isEqualTo(Outcome.ACCEPTED);
    for (CompletableFuture<Outcome> part :
        store.sendParts(spans(20, 10), TENANT, half, List.of(2, 7, 10))) {
      assertThat(part.join()).isEqualTo(Outcome.ACCEPTED);
    }
    assertThat(store.store(spans(20, 10), TENANT, half)).isEqualTo(Outcome.ACCEPTED);
    var expected = new ArrayList<>(ids(1, 11));
    expected.addAll(ids(20, 30));
    assertThat(store.spanIds(TENANT)).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(store.counter("pharos_store_duplicate_items_total", "signal", "traces"))
        .isEqualTo(10 + 4 + 10);
    store.close();
  }

  @Test
  void aRequestOfWhichAPartWasRefusedIsStoredOnceByAResend() {
    var key = new RequestKey(3, 3);
    try (var store = new SpanStore(disk, clock)) {
      disk.onForce((site, name) -> dev.pharos.log.ForceHook.Outcome.FAIL);
      assertThat(store.sendParts(spans(1, 10), TENANT, key, List.of(4)).get(0).join().failure())
          .isPresent();
      disk.onForce((site, name) -> dev.pharos.log.ForceHook.Outcome.PROCEED);
      assertThat(store.store(spans(1, 10), TENANT, key)).isEqualTo(Outcome.ACCEPTED);
      assertThat(store.spanIds(TENANT)).containsExactlyInAnyOrderElementsOf(ids(1, 11));
    }
  }

  @Test
  void rejectsALargeItemAlone() {
    try (var store = new SpanStore(disk, clock)) {
      SpanBatch batch = spans(1, 2);
      batch.name()[0] = batch.symbols().intern("x".repeat(1 << 20) + "y");
      Outcome outcome = store.store(batch, TENANT, RequestKey.NONE);
      assertThat(outcome.reason()).isEqualTo("span of 1048577 bytes (limit: 1048576)");
      assertThat(store.spanIds(TENANT)).containsExactly(2L);
    }
  }

  @Test
  void resendIsStoredOnceBeforeAndAfterCutAndRestart() {
    SpanStore store = new SpanStore(disk, clock);
    var key = new RequestKey(5, 6);
    assertThat(store.store(spans(1, 3), TENANT, key)).isEqualTo(Outcome.ACCEPTED);
    assertThat(store.store(spans(1, 3), TENANT, key)).isEqualTo(Outcome.ACCEPTED);
    assertThat(store.spanIds(TENANT)).hasSize(3);
    store.engine.cut();
    assertThat(store.store(spans(1, 3), TENANT, key)).isEqualTo(Outcome.ACCEPTED);
    store.close();
    disk = disk.restart();
    try (var again = new SpanStore(disk, clock)) {
      assertThat(again.store(spans(1, 3), TENANT, key)).isEqualTo(Outcome.ACCEPTED);
      assertThat(again.spanIds(TENANT)).containsExactlyInAnyOrder(1L, 2L, 3L);
      assertThat(again.counter("pharos_store_duplicate_items_total", "signal", "traces"))
          .isEqualTo(3);
    }
  }

  @Test
  void resendAfterTheWindowIsStoredAgain() {
    try (var store = new SpanStore(disk, clock)) {
      var key = new RequestKey(5, 6);
      store.store(spans(1, 3), TENANT, key);
      clock.advance(Duration.ofMinutes(13));
      store.engine.cut();
      store.store(spans(1, 3), TENANT, key);
      assertThat(store.spanIds(TENANT)).hasSize(6);
    }
  }

  @Test
  void manyThreadsAreAllAnsweredAndStoredOnce() throws InterruptedException {
    try (var store = new SpanStore(disk, clock)) {
      var outcomes = new ArrayList<CompletableFuture<Outcome>>();
      var threads = new ArrayList<Thread>();
      for (int t = 0; t < 8; t++) {
        int thread = t;
        threads.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      for (int i = 0; i < 100; i++) {
                        long first = 1 + thread * 1000L + i * 10;
                        var outcome =
                            store.send(spans(first, 10), TENANT, new RequestKey(9, first));
                        synchronized (outcomes) {
                          outcomes.add(outcome);
                        }
                        if (i % 10 == thread) {
                          store.send(spans(first, 10), TENANT, new RequestKey(9, first)).join();
                        }
                      }
                    }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      for (CompletableFuture<Outcome> outcome : outcomes) {
        assertThat(outcome.join()).isEqualTo(Outcome.ACCEPTED);
      }
      assertThat(store.spanIds(TENANT)).hasSize(8000).doesNotHaveDuplicates();
      assertThat(store.ledger.usedBytes()).isPositive();
      store.engine.cut();
      assertThat(store.spanIds(TENANT)).hasSize(8000).doesNotHaveDuplicates();
      assertThat(store.ledger.accounts())
          .filteredOn(account -> !account.name().equals("resends"))
          .allMatch(account -> account.usedBytes() == 0);
    }
  }

  @Test
  void retentionDropsOldDaysAndHidesOldBlocks() {
    try (var store = new SpanStore(disk, clock)) {
      store.store(spans(1, 2), TENANT, RequestKey.NONE);
      store.engine.cut();
      clock.advance(Duration.ofDays(2));
      store.store(spans(10, 2), TENANT, RequestKey.NONE);
      store.engine.cut();
      clock.advance(Duration.ofHours(25));
      assertThat(store.spanIds(TENANT)).containsExactlyInAnyOrder(10L, 11L);
      store.engine.tidy();
      assertThat(store.engine.segments()).hasSize(1);
      assertThat(disk.files("traces/segments/default/2026-11-21")).isEmpty();
      assertThat(store.counter("pharos_store_expired_rows_total", "signal", "traces")).isEqualTo(2);
    }
  }

  /// Segments on the disk, without their summaries.
  private List<String> segmentFiles() {
    return disk.files("traces/segments/default/2026-11-21").stream()
        .filter(name -> !name.endsWith(Summaries.SUFFIX))
        .toList();
  }

  @Test
  void planKeepsItsRowsThroughCutMergeAndRetention() {
    try (var store = new SpanStore(disk, clock)) {
      for (int i = 0; i < 12; i++) {
        store.store(spans(1 + 10 * i, 10), TENANT, RequestKey.NONE);
        store.engine.cut();
      }
      store.store(spans(121, 10), TENANT, RequestKey.NONE);
      var scan =
          new Scan(TENANT, Long.MIN_VALUE, Long.MAX_VALUE, Scan.Order.OLDEST_FIRST, List.of());
      try (var plan = store.reader.plan(scan)) {
        store.engine.cut();
        assertThat(store.engine.merge()).isTrue();
        clock.advance(Duration.ofDays(4));
        store.engine.tidy();
        var ids = new ArrayList<Long>();
        plan.blocks()
            .forEach(
                ref -> {
                  var column = ref.open().orElseThrow().column(Field.SPAN_ID);
                  for (int row = 0; row < column.rows(); row++) {
                    ids.add(column.value(row));
                  }
                });
        assertThat(ids).containsExactlyInAnyOrderElementsOf(ids(1, 131));
        assertThat(segmentFiles()).hasSize(12);
      }
      store.engine.tidy();
      assertThat(disk.files("traces/segments/default/2026-11-21")).isEmpty();
    }
  }

  @Test
  void smallBatchesAreJoinedAndTheirMemoryAccountedFor() {
    try (var store = new SpanStore(disk, clock)) {
      for (int i = 0; i < 50; i++) {
        store.store(spans(1 + i, 1), TENANT, RequestKey.NONE);
      }
      store.engine.tidy();
      var scan =
          new Scan(TENANT, Long.MIN_VALUE, Long.MAX_VALUE, Scan.Order.OLDEST_FIRST, List.of());
      assertThat(PlainSpanFormat.all(store.reader, scan)).hasSize(1);
      assertThat(store.spanIds(TENANT)).containsExactlyInAnyOrderElementsOf(ids(1, 51));
      store.engine.cut();
      assertThat(store.ledger.accounts())
          .filteredOn(account -> account.name().equals("head"))
          .allMatch(account -> account.usedBytes() == 0);
    }
  }

  @Test
  void traceComesOnceInOrderFromHeadAndSegments() {
    try (var store = new SpanStore(disk, clock)) {
      store.store(spans(30, 5), TENANT, RequestKey.NONE);
      store.engine.cut();
      store.store(spans(35, 5), TENANT, RequestKey.NONE);
      SpanBatch again = TestSpans.of(32, 1, clock.nanos() + 2);
      store.store(again, TENANT, RequestKey.NONE);
      SpanBatch trace = store.reader.trace(TENANT, 7, 4, Long.MIN_VALUE, Long.MAX_VALUE);
      assertThat(BatchTexts.of(trace)).hasSize(10).doesNotHaveDuplicates();
      assertThat(LongStream.of(trace.startNanos()).limit(trace.rows()).boxed().toList()).isSorted();
      assertThat(store.reader.trace(OTHER, 7, 4, Long.MIN_VALUE, Long.MAX_VALUE).rows()).isZero();
    }
  }

  @Test
  void headIsCutWhenItIsLargeOrIdleOrOld() {
    var config =
        new EngineConfig(
            100,
            Duration.ofSeconds(30),
            Duration.ofMinutes(10),
            Duration.ofDays(3),
            Duration.ZERO,
            1 << 20,
            1000,
            0,
            false);
    try (var store = new SpanStore(disk, clock, config, 64 << 20)) {
      assertThat(store.engine.isCutDue()).isFalse();
      store.store(spans(1, 50), TENANT, RequestKey.NONE);
      assertThat(store.engine.isCutDue()).isFalse();
      clock.advance(Duration.ofSeconds(31));
      assertThat(store.engine.isCutDue()).as("idle").isTrue();
      store.store(spans(60, 1), TENANT, RequestKey.NONE);
      assertThat(store.engine.isCutDue()).as("busy").isFalse();
      clock.advance(Duration.ofMinutes(10));
      store.store(spans(61, 1), TENANT, RequestKey.NONE);
      assertThat(store.engine.isCutDue()).as("old").isTrue();
      store.engine.cut();
      store.store(spans(100, 50), TENANT, RequestKey.NONE);
      assertThat(store.engine.isCutDue()).as("after the cut").isFalse();
      store.store(spans(200, 50), TENANT, RequestKey.NONE);
      assertThat(store.engine.isCutDue()).as("large").isTrue();
    }
  }

  @Test
  void resendWithinAParcelOfSeveralRequestsDropsItsRowsAlone() {
    try (var store = new SpanStore(disk, clock)) {
      store.store(spans(1, 2), TENANT, new RequestKey(1, 1));
      var first = new CompletableFuture<Outcome>();
      var second = new CompletableFuture<Outcome>();
      SpanBatch joined = spans(1, 4);
      store
          .engine
          .sink()
          .accept(
              Parcel.join(
                  joined,
                  List.of(
                      Parcel.of(
                          spans(1, 2), TENANT, new RequestKey(1, 1), new Pending(first::complete)),
                      Parcel.of(
                          spans(3, 2),
                          TENANT,
                          new RequestKey(1, 2),
                          new Pending(second::complete)))));
      assertThat(first.join()).isEqualTo(Outcome.ACCEPTED);
      assertThat(second.join()).isEqualTo(Outcome.ACCEPTED);
      assertThat(store.spanIds(TENANT)).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
    }
  }

  @Test
  void orphansGoAfterAnHour() {
    SpanStore store = new SpanStore(disk, clock);
    store.store(spans(1, 2), TENANT, RequestKey.NONE);
    store.engine.cut();
    try (var stray = disk.create("traces/segments/default/2026-11-21/00000000000000ff")) {
      stray.write(java.nio.ByteBuffer.wrap(new byte[3]), 0);
    }
    store.close();
    disk = disk.kill();
    try (var again = new SpanStore(disk, clock)) {
      again.engine.sweepOrphans();
      clock.advance(Duration.ofMinutes(59));
      again.engine.sweepOrphans();
      assertThat(segmentFiles()).hasSize(2);
      clock.advance(Duration.ofMinutes(1));
      again.engine.sweepOrphans();
      assertThat(segmentFiles()).hasSize(1);
      again.store(spans(10, 2), TENANT, RequestKey.NONE);
      again.engine.cut();
      assertThat(again.engine.segments())
          .extracting(segment -> segment.name())
          .anyMatch(name -> name.endsWith("0100"));
    }
  }
}
