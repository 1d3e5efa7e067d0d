package dev.pharos.pipeline.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.Cargo;
import dev.pharos.model.Failure;
import dev.pharos.model.LogBatch;
import dev.pharos.model.Outcome;
import dev.pharos.model.Parcel;
import dev.pharos.model.Patience;
import dev.pharos.model.Pending;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Account;
import dev.pharos.observe.Cause;
import dev.pharos.observe.Ledger;
import dev.pharos.observe.Registry;
import dev.pharos.pipeline.config.settings.BatchSettings;
import dev.pharos.pipeline.config.settings.QueueSettings;
import dev.pharos.pipeline.config.settings.RetrySettings;
import dev.pharos.pipeline.config.settings.Sizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Random queues under several senders, with patience and without, before a backend with random faults, stopped while
/// they are in use: every item is refused, sent or counted as failed, once, and a tenant's items go in their order.
@Timeout(60)
class ExportQueueFaultsTest {
  private static final int SENDERS = 3;
  private static final int PARCELS = 150;

  /// One random queue and all that becomes of what is given to it.
  private static final class Life {
    private final Random random;
    private final Registry registry = new Registry();
    private final Account memory = new Ledger(1 << 20).open("queued", 1);
    private final QueueSettings settings;
    private final Map<Tenant, List<Long>> taken = new HashMap<>();
    private final AtomicLong failed = new AtomicLong();
    private final ExportQueue<LogBatch> queue;

    Life(long seed) {
      random = new Random(seed);
      Sizer sizer = Sizer.values()[random.nextInt(3)];
      int unit = sizer == Sizer.REQUESTS ? 1 : sizer == Sizer.ITEMS ? 5 : 5_000;
      Optional<BatchSettings> batch =
          random.nextInt(3) > 0
              ? Optional.empty()
              : Optional.of(
                  new BatchSettings(Duration.ofMillis(1), Sizer.ITEMS, 10, 15, List.of()));
      settings =
          new QueueSettings(
              true,
              1 + random.nextInt(2),
              (long) unit * (1 + random.nextInt(40)),
              sizer,
              random.nextInt(3) == 0,
              random.nextInt(4) == 0,
              Optional.empty(),
              batch);
      var retry =
          new RetrySettings(
              random.nextBoolean(), Duration.ZERO, 0, 1, Duration.ZERO, Duration.ofMillis(2));
      queue =
          new ExportQueue<>(
              "test", "logs", settings, retry, Duration.ZERO, this::send, memory, random, registry);
      queue.start();
    }

    private SendResult send(Cargo<LogBatch> cargo, Tenant tenant, Duration timeout) {
      int dice = random.nextInt(10);
      if (dice == 0) {
        return new SendResult.Failed(Failure.permanent(Cause.REFUSED_DOWNSTREAM, "never"));
      }
      if (dice < 3) {
        return new SendResult.Failed(Failure.retryable(Cause.UNREACHABLE, "busy"));
      }
      LogBatch batch = cargo.batch();
      synchronized (taken) {
        List<Long> times = taken.computeIfAbsent(tenant, ignored -> new ArrayList<>());
        for (int row = 0; row < batch.items(); row++) {
          times.add(batch.timeNanos()[row]);
        }
      }
      return SendResult.ALL;
    }

    /// Gives parcels of one tenant whose rows have rising times; the result is the items that were accepted.
    private long give(Tenant tenant, Random dice) {
      List<CompletableFuture<Outcome>> answers = new ArrayList<>();
      List<Integer> sizes = new ArrayList<>();
      boolean patient = dice.nextBoolean();
      long time = 0;
      for (int i = 0; i < PARCELS; i++) {
        int items = 1 + dice.nextInt(6);
        LogBatch batch = QueueCase.batch(items);
        for (int row = 0; row < items; row++) {
          batch.timeNanos()[row] = time++;
        }
        var answer = new CompletableFuture<Outcome>();
        answers.add(answer);
        sizes.add(items);
        Parcel<LogBatch> parcel =
            Parcel.of(batch, tenant, RequestKey.NONE, new Pending(answer::complete));
        if (patient) {
          long longest = dice.nextInt(20) == 0 ? 1_000_000 : 3_600_000_000_000L;
          queue.accept(parcel, new Patience(20, System.nanoTime() + longest));
        } else {
          queue.accept(parcel);
        }
      }
      long accepted = 0;
      for (int i = 0; i < PARCELS; i++) {
        boolean refused =
            answers.get(i).orTimeout(20, TimeUnit.SECONDS).join().failure().isPresent();
        accepted += refused ? 0 : sizes.get(i);
      }
      return accepted;
    }

    private long counted(String name) {
      return registry
          .text()
          .lines()
          .filter(line -> line.startsWith("pharos_exporter_" + name))
          .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    }
  }

  @Test
  void losesNothingUncountedAndKeepsTheOrder() throws Exception {
    long seed = new Random().nextLong();
    var seeds = new Random(seed);
    for (int round = 0; round < 60; round++) {
      var life = new Life(seeds.nextLong());
      String when = "seed " + seed + " round " + round + " " + life.settings;
      var accepted = new AtomicLong();
      List<Thread> senders = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        var tenant = new Tenant("t" + i);
        var dice = new Random(seeds.nextLong());
        senders.add(Thread.ofPlatform().start(() -> accepted.addAndGet(life.give(tenant, dice))));
      }
      if (seeds.nextBoolean()) {
        for (Thread sender : senders.subList(0, 1)) {
          sender.join();
        }
      }
      life.queue.stop();
      for (Thread sender : senders) {
        sender.join();
      }
      long taken = life.taken.values().stream().mapToLong(List::size).sum();
      assertThat(life.counted("sent_items")).as(when).isEqualTo(taken);
      if (life.settings.waitForResult()) {
        // Of a request that was split a part may have been taken.
        assertThat(accepted.get()).as(when).isLessThanOrEqualTo(taken);
      } else {
        assertThat(accepted.get()).as(when).isEqualTo(taken + life.counted("failed_items"));
      }
      assertThat(life.counted("queue_size")).as(when).isZero();
      assertThat(life.memory.usedBytes()).as(when).isZero();
      if (life.settings.numConsumers() == 1 && !life.settings.blockOnOverflow()) {
        life.taken.values().forEach(times -> assertThat(times).as(when).isSorted());
      }
    }
  }
}
