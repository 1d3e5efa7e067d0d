package dev.pharos.store.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.log.ForceHook;
import dev.pharos.log.PowerCutDisk;
import dev.pharos.model.Outcome;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Tenant;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class SlowForceTest {
  private final TestClock clock = new TestClock();
  private final PowerCutDisk disk = new PowerCutDisk(3);
  private final CountDownLatch reached = new CountDownLatch(1);
  private final Semaphore let = new Semaphore(0);

  private void holdCommits() {
    disk.onForce(
        (site, name) -> {
          if (site.name().equals("log.commit")) {
            reached.countDown();
            let.acquireUninterruptibly();
          }
          return ForceHook.Outcome.PROCEED;
        });
  }

  @Test
  void requestsThatArriveDuringAForceShareTheNextOne() throws InterruptedException {
    try (var store = new SpanStore(disk, clock)) {
      holdCommits();
      var outcomes = new ArrayList<CompletableFuture<Outcome>>();
      outcomes.add(
          store.send(TestSpans.of(1, 1, clock.nanos()), Tenant.DEFAULT, new RequestKey(1, 1)));
      reached.await();
      // Small ones and large ones, of which the first thousands of rows are prepared ahead.
      for (int i = 2; i <= 128; i++) {
        int spans = i % 10 == 0 ? 500 : 10;
        outcomes.add(
            store.send(
                TestSpans.of(i * 1000L, spans, clock.nanos()),
                Tenant.DEFAULT,
                new RequestKey(1, i)));
      }
      assertThat(outcomes).noneMatch(CompletableFuture::isDone);
      assertThat(store.spanIds(Tenant.DEFAULT)).as("rows not forced yet").isEmpty();
      let.release(1000);
      for (CompletableFuture<Outcome> outcome : outcomes) {
        assertThat(outcome.join()).isEqualTo(Outcome.ACCEPTED);
      }
      // The third holds what was being prepared when the first force ended.
      assertThat(store.counter("pharos_store_commits_total", "signal", "traces")).isBetween(2L, 3L);
    }
  }

  @Test
  void resendDuringTheForceWaitsForTheFirstAndIsStoredOnce() throws InterruptedException {
    try (var store = new SpanStore(disk, clock)) {
      holdCommits();
      var key = new RequestKey(7, 7);
      var first = store.send(TestSpans.of(1, 3, clock.nanos()), Tenant.DEFAULT, key);
      reached.await();
      var resend = store.send(TestSpans.of(1, 3, clock.nanos()), Tenant.DEFAULT, key);
      assertThat(resend).isNotDone();
      let.release(1000);
      assertThat(first.join()).isEqualTo(Outcome.ACCEPTED);
      assertThat(resend.join()).isEqualTo(Outcome.ACCEPTED);
      assertThat(store.spanIds(Tenant.DEFAULT)).containsExactlyInAnyOrder(1L, 2L, 3L);
    }
  }

  @Test
  void resendOfARequestWhoseForceFailedIsStored() {
    try (var store = new SpanStore(disk, clock)) {
      disk.onForce(
          (site, name) ->
              site.name().equals("log.commit")
                  ? ForceHook.Outcome.FAIL
                  : ForceHook.Outcome.PROCEED);
      var key = new RequestKey(7, 7);
      assertThat(
              store
                  .store(TestSpans.of(1, 3, clock.nanos()), Tenant.DEFAULT, key)
                  .failure()
                  .orElseThrow()
                  .retryable())
          .isTrue();
      assertThat(store.spanIds(Tenant.DEFAULT)).isEmpty();
      disk.onForce((site, name) -> ForceHook.Outcome.PROCEED);
      assertThat(store.store(TestSpans.of(1, 3, clock.nanos()), Tenant.DEFAULT, key))
          .isEqualTo(Outcome.ACCEPTED);
      assertThat(store.spanIds(Tenant.DEFAULT)).containsExactlyInAnyOrder(1L, 2L, 3L);
    }
  }
}
