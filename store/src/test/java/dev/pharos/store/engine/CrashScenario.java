package dev.pharos.store.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.log.CrashingUse;
import dev.pharos.log.DiskException;
import dev.pharos.log.PowerCut;
import dev.pharos.model.Outcome;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Tenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/// A store in use on a disk that fails, and what must be true after every recovery: rows that were acknowledged (or
/// that a query has shown) are there once, whatever their sender resent; rows of requests that were refused or in
/// flight are there once or not at all, and a request is there wholly or not at all, unless it came in parts.
final class CrashScenario extends CrashingUse {
  private static final Tenant[] TENANTS = {Tenant.DEFAULT, new Tenant("b")};
  private static final EngineConfig CONFIG =
      new EngineConfig(
          1_000_000,
          Duration.ofSeconds(30),
          Duration.ofMinutes(10),
          Duration.ofDays(2),
          Duration.ofMinutes(10),
          1 << 20,
          1000,
          0,
          false);

  private record Request(
      Tenant tenant,
      long firstId,
      int count,
      long startNanos,
      RequestKey key,
      long sentNanos,
      boolean inParts) {
    Set<Long> ids() {
      var ids = new HashSet<Long>();
      for (int i = 0; i < count; i++) {
        ids.add(firstId + i);
      }
      return ids;
    }
  }

  private final TestClock clock = new TestClock();
  private final List<Request> safe = new ArrayList<>();
  private final List<Request> open = new ArrayList<>();
  private long nextId = 1;
  private final Set<String> sites = new TreeSet<>();

  CrashScenario(long seed) {
    super(seed);
  }

  /// Names of all sites that asked for a force so far.
  Set<String> sites() {
    return sites;
  }

  @Override
  protected void use(int steps) {
    SpanStore store = open();
    try {
      check(store);
      for (int i = 0; i < steps; i++) {
        step(store);
        disk().exists("traces");
      }
    } finally {
      close(store);
      disk().sites().forEach(site -> sites.add(site.name()));
    }
  }

  private SpanStore open() {
    return new SpanStore(disk(), clock, CONFIG, 64 << 20);
  }

  private static void close(SpanStore store) {
    try {
      store.close();
    } catch (PowerCut | DiskException expected) {
      // Its threads have ended; what it did not write is up to the next recovery.
    }
  }

  @Override
  public void finish() {
    try (SpanStore store = open()) {
      check(store);
    }
  }

  private void step(SpanStore store) {
    switch (random.nextInt(14)) {
      case 0, 1 -> attempt(() -> store.engine.cut());
      case 2 -> attempt(() -> store.engine.merge());
      case 3 -> {
        if (random.nextInt(4) == 0) {
          clock.advance(Duration.ofHours(7));
        }
        attempt(store.engine::tidy);
      }
      case 4 -> attempt(store.engine::sweepOrphans);
      case 5 -> resend(store);
      case 6 -> {
        letForcesFail();
        any(store);
        letForcesBe();
      }
      case 7 -> {
        disk().capacityBytes(disk().usedBytes() + random.nextInt(1500));
        any(store);
        disk().capacityBytes(Long.MAX_VALUE);
      }
      case 8 -> check(store);
      default -> send(store);
    }
  }

  private void any(SpanStore store) {
    switch (random.nextInt(4)) {
      case 0 -> attempt(() -> store.engine.cut());
      case 1 -> attempt(() -> store.engine.merge());
      case 2 -> attempt(store.engine::tidy);
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

  private void send(SpanStore store) {
    Map<Request, CompletableFuture<Outcome>> sent = new HashMap<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      int count = 1 + random.nextInt(3);
      long start = clock.nanos() - random.nextInt(30) * 3_600_000_000_000L;
      var request =
          new Request(
              TENANTS[random.nextInt(2)],
              nextId,
              count,
              start,
              new RequestKey(1, nextId),
              clock.nanos(),
              count > 1 && random.nextInt(4) == 0);
      nextId += count;
      open.add(request);
      sent.put(request, send(store, request));
    }
    sent.forEach(this::settle);
  }

  /// Sends a request as a whole or, where that is its way, in two parts cut anywhere.
  private CompletableFuture<Outcome> send(SpanStore store, Request request) {
    var spans = TestSpans.of(request.firstId, request.count, request.startNanos);
    if (!request.inParts || random.nextInt(4) == 0) {
      return store.send(spans, request.tenant, request.key);
    }
    int at = 1 + random.nextInt(request.count - 1);
    List<CompletableFuture<Outcome>> parts =
        store.sendParts(spans, request.tenant, request.key, List.of(at, request.count));
    return parts.get(0).thenCombine(parts.get(1), (a, b) -> a.failure().isPresent() ? a : b);
  }

  private void settle(Request request, CompletableFuture<Outcome> outcome) {
    if (outcome.join().failure().isEmpty()) {
      open.remove(request);
      if (!safe.contains(request)) {
        safe.add(request);
      }
    }
  }

  /// Sends a request again that was acknowledged, or whose fate is open.
  private void resend(SpanStore store) {
    List<Request> known = random.nextBoolean() || open.isEmpty() ? safe : open;
    if (known.isEmpty()) {
      return;
    }
    Request request = known.get(known.size() - 1 - random.nextInt(Math.min(known.size(), 4)));
    if (clock.nanos() - request.sentNanos < Duration.ofMinutes(9).toNanos()) {
      settle(request, send(store, request));
    }
  }

  private void check(SpanStore store) {
    long earliest = store.engine.earliestNanos();
    for (Tenant tenant : TENANTS) {
      List<Long> ids = store.spanIds(tenant);
      var there = new HashSet<>(ids);
      assertThat(ids).as("rows of %s", tenant).hasSize(there.size());
      for (Request request : List.copyOf(safe)) {
        if (request.tenant.equals(tenant)) {
          if (request.startNanos >= earliest) {
            assertThat(there).as("acknowledged rows of %s", tenant).containsAll(request.ids());
          }
          there.removeAll(request.ids());
        }
      }
      for (Request request : List.copyOf(open)) {
        if (request.tenant.equals(tenant) && request.inParts) {
          there.removeAll(request.ids());
        } else if (request.tenant.equals(tenant) && there.contains(request.firstId)) {
          assertThat(there).as("request in flight, as a whole").containsAll(request.ids());
          there.removeAll(request.ids());
          open.remove(request);
          safe.add(request);
        }
      }
      assertThat(there).as("rows nobody sent").isEmpty();
    }
  }
}
