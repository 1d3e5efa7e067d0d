package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.log.CrashingUse;
import dev.pharos.log.DiskException;
import dev.pharos.log.PowerCut;
import dev.pharos.model.Outcome;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Signal;
import dev.pharos.model.Tenant;
import dev.pharos.store.delete.Deletion;
import dev.pharos.store.delete.RowMatcher;
import dev.pharos.store.engine.SignalEngine;
import dev.pharos.store.engine.TestClock;
import dev.pharos.store.read.Matcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The whole store with its own formats in use on a disk that fails, and what must be true after every recovery: rows
/// that were acknowledged (or that a query has shown) are there once, rows of requests that were refused or in flight
/// are there wholly or not at all, rows whose deletion returned are gone, those of a deletion in flight are all there
/// or all gone, and summaries say what rows say.
final class StoreCrashScenario extends CrashingUse {
  private static final Duration RETENTION = Duration.ofDays(2);

  /// A request and its fate.
  private static final class Sent {
    final Signal signal;
    final long firstId;
    final int count;
    final int user;
    final long nanos;
    boolean safe;

    Sent(Signal signal, long firstId, int count, int user, long nanos) {
      this.signal = signal;
      this.firstId = firstId;
      this.count = count;
      this.user = user;
      this.nanos = nanos;
    }

    Set<Long> ids() {
      var ids = new HashSet<Long>();
      for (int i = 0; i < count; i++) {
        ids.add(firstId + i);
      }
      return ids;
    }
  }

  /// A deletion that has not returned.
  private record Unsure(Signal signal, List<Sent> rows) {}

  private final long seed;
  private final TestClock clock = new TestClock();
  private final List<Sent> sent = new ArrayList<>();
  private final List<Unsure> unsure = new ArrayList<>();
  private long next = 1;

  StoreCrashScenario(long seed) {
    super(seed);
    this.seed = seed;
  }

  private Store open() {
    StoreConfig manual = StoreOnDisk.manual();
    var config =
        new StoreConfig(
            RETENTION,
            RETENTION,
            RETENTION,
            0,
            manual.resendWindow(),
            manual.maxItemBytes(),
            0,
            manual.cutRows(),
            manual.shares(),
            false);
    return StoreOnDisk.open(disk(), clock, config, seed);
  }

  @Override
  protected void use(int steps) {
    Store store = open();
    try {
      check(store);
      for (int i = 0; i < steps; i++) {
        step(store);
        disk().exists("traces");
      }
    } finally {
      close(store);
    }
  }

  private static void close(Store store) {
    try {
      store.close();
    } catch (PowerCut | RuntimeException expected) {
      // Its threads have ended; what it did not write is up to the next recovery.
    }
  }

  /// Looks before and after all is written as segments.
  @Override
  public void finish() {
    try (Store store = open()) {
      check(store);
      for (SignalEngine<?> engine : engines(store)) {
        engine.cut();
        while (engine.merge()) {}
      }
      check(store);
    }
  }

  private static List<SignalEngine<?>> engines(Store store) {
    return List.of(store.traceEngine(), store.logEngine(), store.metricEngine());
  }

  private void step(Store store) {
    SignalEngine<?> engine = engines(store).get(random.nextInt(3));
    switch (random.nextInt(12)) {
      case 0, 1 -> attempt(engine::cut);
      case 2, 3 -> attempt(engine::merge);
      case 4 -> {
        if (random.nextInt(4) == 0) {
          clock.advance(Duration.ofHours(7));
        }
        attempt(engine::tidy);
      }
      case 5 -> delete(store);
      case 6 -> {
        if (random.nextInt(4) == 0) {
          check(store);
        }
      }
      case 7 -> {
        letForcesFail();
        attempt(random.nextBoolean() ? engine::cut : engine::merge);
        letForcesBe();
      }
      case 8 -> {
        disk().capacityBytes(disk().usedBytes() + random.nextInt(3000));
        attempt(random.nextBoolean() ? engine::cut : engine::merge);
        disk().capacityBytes(Long.MAX_VALUE);
      }
      default -> send(store);
    }
  }

  private static void attempt(Runnable work) {
    try {
      work.run();
    } catch (DiskException expected) {
      // Tried again by a later step.
    }
  }

  private void send(Store store) {
    Signal signal = Signal.values()[random.nextInt(3)];
    int count = signal == Signal.METRICS ? 1 : 1 + random.nextInt(6);
    var request =
        new Sent(
            signal,
            next,
            count,
            random.nextInt(3),
            clock.nanos() - random.nextInt(30) * 3_600_000_000_000L);
    next += count;
    sent.add(request);
    if (hand(store, request).failure().isEmpty()) {
      request.safe = true;
    }
  }

  private static Outcome hand(Store store, Sent request) {
    var key = new RequestKey(7, request.firstId);
    String user = "u" + request.user;
    return switch (request.signal) {
      case TRACES ->
          StoreOnDisk.send(
              store.traces(),
              StoredRows.spans(request.ids(), user, request.nanos),
              Tenant.DEFAULT,
              key);
      case LOGS ->
          StoreOnDisk.send(
              store.logs(),
              StoredRows.logs(request.ids(), user, request.nanos),
              Tenant.DEFAULT,
              key);
      case METRICS ->
          StoreOnDisk.send(
              store.metrics(),
              // A time of its own for each sample, so that none replaces another.
              Gauges.of(
                  "g", user, "s", request.nanos / 1_000_000 + request.firstId, request.firstId),
              Tenant.DEFAULT,
              key);
    };
  }

  private void delete(Store store) {
    Signal signal = Signal.values()[random.nextInt(3)];
    int user = random.nextInt(3);
    var matcher =
        new RowMatcher(
            signal == Signal.METRICS ? RowMatcher.Subject.LABEL : RowMatcher.Subject.ATTRIBUTE,
            "user",
            Matcher.Kind.EQUAL,
            "u" + user);
    // What is open now is decided first, so that a deletion in flight is about rows that were
    // there.
    check(store);
    List<Sent> rows =
        sent.stream()
            .filter(each -> each.signal == signal && each.user == user && each.safe)
            .toList();
    var pending = new Unsure(signal, rows);
    unsure.add(pending);
    try {
      store.delete(
          signal, new Deletion(Tenant.DEFAULT, List.of(matcher), Long.MIN_VALUE, Long.MAX_VALUE));
    } catch (DiskException e) {
      // Whether it is on disk is open until the next recovery.
      return;
    }
    unsure.remove(pending);
    sent.removeAll(rows);
  }

  private void check(Store store) {
    for (Signal signal : Signal.values()) {
      check(store, signal);
    }
    StoredRows.checkSummaries(store, clock.nanos());
  }

  private void check(Store store, Signal signal) {
    long earliest =
        switch (signal) {
          case TRACES -> store.traceEngine().earliestNanos();
          case LOGS -> store.logEngine().earliestNanos();
          case METRICS -> store.metricEngine().earliestNanos();
        };
    List<Long> found = StoredRows.ids(store, signal);
    var there = new HashSet<>(found);
    assertThat(found).as("%s once", signal).hasSameSizeAs(there);
    decide(signal, there, earliest);
    for (Sent request : List.copyOf(sent)) {
      if (request.signal != signal) {
        continue;
      }
      Optional<Unsure> deletion =
          unsure.stream().filter(each -> each.rows.contains(request)).findFirst();
      boolean isThere = there.contains(request.firstId);
      if (deletion.isEmpty() && request.safe && request.nanos >= earliest) {
        assertThat(there).as("acknowledged %s", signal).containsAll(request.ids());
      }
      if (isThere) {
        assertThat(there).as("%s of a request, as a whole", signal).containsAll(request.ids());
        request.safe = true;
      }
      there.removeAll(request.ids());
    }
    assertThat(there).as("%s that nobody sent, or that were deleted", signal).isEmpty();
  }

  /// A deletion in flight has happened or not, for all its rows; while its outcome is open in memory too, rows are
  /// there.
  private void decide(Signal signal, Set<Long> there, long earliest) {
    for (Unsure deletion : List.copyOf(unsure)) {
      List<Sent> visible =
          deletion.rows.stream()
              .filter(each -> sent.contains(each) && each.nanos >= earliest)
              .toList();
      if (deletion.signal != signal || visible.isEmpty()) {
        continue;
      }
      long left = visible.stream().filter(each -> there.contains(each.firstId)).count();
      assertThat(left)
          .as("requests of a deletion of %s in flight, of %d", signal, visible.size())
          .isIn(0L, (long) visible.size());
      if (left == 0) {
        sent.removeAll(deletion.rows);
        unsure.remove(deletion);
      }
    }
  }
}
