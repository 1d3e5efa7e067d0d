package dev.pharos.store.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.log.DiskFullException;
import dev.pharos.log.PowerCutDisk;
import dev.pharos.model.Failure;
import dev.pharos.model.Outcome;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Cause;
import org.junit.jupiter.api.Test;

class FullDiskTest {
  private static final Tenant TENANT = Tenant.DEFAULT;

  private final TestClock clock = new TestClock();
  private final PowerCutDisk disk = new PowerCutDisk(3);

  private Outcome send(SpanStore store, long first) {
    return store.store(TestSpans.of(first, 10, clock.nanos()), TENANT, new RequestKey(1, first));
  }

  private static void assertDiskFull(Outcome outcome) {
    Failure failure = outcome.failure().orElseThrow();
    assertThat(failure.cause()).isEqualTo(Cause.DISK_FULL);
    assertThat(failure.retryable()).isTrue();
    assertThat(failure.retryAfter()).isPresent();
    assertThat(failure.message()).startsWith("the disk is full");
  }

  @Test
  void refusesWithTheReasonAndRecoversByItself() {
    try (var store = new SpanStore(disk, clock)) {
      assertThat(send(store, 1)).isEqualTo(Outcome.ACCEPTED);
      disk.capacityBytes(disk.usedBytes());
      assertDiskFull(send(store, 11));
      assertDiskFull(send(store, 11));
      assertThat(store.spanIds(TENANT)).hasSize(10);
      disk.capacityBytes(Long.MAX_VALUE);
      assertThat(send(store, 11)).isEqualTo(Outcome.ACCEPTED);
      assertThat(store.spanIds(TENANT)).hasSize(20).doesNotHaveDuplicates();
      assertThat(
              store.counter(
                  "pharos_store_refused_items_total", "signal", "traces", "cause", "disk_full"))
          .isEqualTo(20);
    }
  }

  @Test
  void failedCutKeepsTheRowsAndSucceedsLater() {
    try (var store = new SpanStore(disk, clock)) {
      send(store, 1);
      disk.capacityBytes(disk.usedBytes());
      assertThatThrownBy(store.engine::cut).isInstanceOf(DiskFullException.class);
      assertThat(store.spanIds(TENANT)).hasSize(10);
      disk.capacityBytes(Long.MAX_VALUE);
      send(store, 11);
      assertThat(store.engine.cut()).isTrue();
      assertThat(store.spanIds(TENANT)).hasSize(20).doesNotHaveDuplicates();
      assertThat(store.engine.segments()).hasSize(1);
    }
  }

  @Test
  void failedMergeKeepsItsInputs() {
    try (var store = new SpanStore(disk, clock)) {
      for (int i = 0; i < MergePolicy.FAN_IN; i++) {
        send(store, 1 + 10 * i);
        store.engine.cut();
      }
      disk.capacityBytes(disk.usedBytes());
      assertThatThrownBy(store.engine::merge).isInstanceOf(DiskFullException.class);
      assertThat(store.spanIds(TENANT)).hasSize(10 * MergePolicy.FAN_IN).doesNotHaveDuplicates();
      disk.capacityBytes(Long.MAX_VALUE);
      assertThat(store.engine.merge()).isTrue();
      assertThat(store.engine.segments()).hasSize(1);
      assertThat(store.spanIds(TENANT)).hasSize(10 * MergePolicy.FAN_IN).doesNotHaveDuplicates();
    }
  }

  @Test
  void headThatCannotBeCutRefusesAndSaysWhy() {
    try (var store = new SpanStore(disk, clock, SpanStore.CONFIG, 100_000)) {
      long first = 1;
      while (send(store, first).failure().isEmpty()) {
        first += 10;
      }
      Failure full = send(store, first).failure().orElseThrow();
      assertThat(full.cause()).isEqualTo(Cause.MEMORY);
      assertThat(full.message()).contains("the head of traces holds").contains("limit: 40000");
      disk.capacityBytes(disk.usedBytes() + 100);
      assertThatThrownBy(store.engine::cut).isInstanceOf(DiskFullException.class);
      assertDiskFull(send(store, first));
      disk.capacityBytes(Long.MAX_VALUE);
      store.engine.cut();
      assertThat(send(store, first)).isEqualTo(Outcome.ACCEPTED);
    }
  }

  @Test
  void keepsRoomFreeForCutsAndMerges() {
    var c = SpanStore.CONFIG;
    var config =
        new EngineConfig(
            c.cutRows(),
            c.cutIdle(),
            c.cutAge(),
            c.retention(),
            c.resendWindow(),
            c.maxItemBytes(),
            c.maxRequests(),
            10_000,
            false);
    try (var store = new SpanStore(disk, clock, config, 64 << 20)) {
      disk.capacityBytes(disk.usedBytes() + 9_999);
      assertDiskFull(send(store, 1));
      disk.capacityBytes(disk.usedBytes() + 20_000);
      assertThat(send(store, 1)).isEqualTo(Outcome.ACCEPTED);
    }
  }
}
