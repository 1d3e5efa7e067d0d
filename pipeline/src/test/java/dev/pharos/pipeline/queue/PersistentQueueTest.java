package dev.pharos.pipeline.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.log.Disk;
import dev.pharos.log.DiskException;
import dev.pharos.log.DurableLog;
import dev.pharos.log.ForceHook;
import dev.pharos.log.FrameVisitor;
import dev.pharos.log.LogOptions;
import dev.pharos.log.PowerCut;
import dev.pharos.log.PowerCutDisk;
import dev.pharos.model.Client;
import dev.pharos.model.Failure;
import dev.pharos.model.LogBatch;
import dev.pharos.model.Metadata;
import dev.pharos.model.Outcome;
import dev.pharos.model.Parcel;
import dev.pharos.model.Pending;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Account;
import dev.pharos.observe.Cause;
import dev.pharos.observe.Ledger;
import dev.pharos.observe.Registry;
import dev.pharos.pipeline.config.ConfigNode;
import dev.pharos.pipeline.config.Problems;
import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.schema.Decoding;
import dev.pharos.pipeline.config.settings.QueueSettings;
import dev.pharos.pipeline.config.settings.RetrySettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Queues on a disk that fails, and through power cuts.
@Timeout(60)
class PersistentQueueTest {
  private static final Failure AWAY = Failure.retryable(Cause.UNREACHABLE, "away");

  private record DiskStorage(Disk disk) implements QueueStorage {
    @Override
    public DurableLog open(String queue, FrameVisitor visitor) {
      var options = new LogOptions(3000, 500, 1, new Random(3));
      return DurableLog.open(disk, "queue", options, 1, visitor);
    }
  }

  private final Account memory = new Ledger(64 << 20).open("queued", 1);
  private final Set<Long> delivered = ConcurrentHashMap.newKeySet();
  private final Queue<Integer> sizes = new ConcurrentLinkedQueue<>();
  private volatile double failing;

  private static <C> C config(ConfigSchema<C> schema, String yaml) {
    Problems problems = new Problems();
    C config = schema.decode(ConfigNode.of(yaml), new Decoding("x", problems)).orElseThrow();
    assertThat(problems.errors()).isEmpty();
    return config;
  }

  private PersistentQueue<LogBatch> queue(Disk disk, long seed) {
    return queue(disk, seed, "{storage: file_storage, num_consumers: 3, queue_size: 50}");
  }

  private PersistentQueue<LogBatch> queue(Disk disk, long seed, String settings) {
    QueueSettings policy = config(QueueSettings.SCHEMA, settings);
    RetrySettings retry =
        config(
            RetrySettings.SCHEMA,
            "{initial_interval: 1ms, max_interval: 1ms, max_elapsed_time: 0s}");
    var random = new Random(seed);
    var sending =
        new ExportQueue<LogBatch>(
            "test",
            "logs",
            policy.behindStorage(),
            retry,
            Duration.ofSeconds(1),
            (cargo, tenant, timeout) -> {
              synchronized (random) {
                if (random.nextDouble() < failing) {
                  return new SendResult.Failed(AWAY);
                }
              }
              LogBatch batch = cargo.batch();
              assertThat(tenant).isEqualTo(new Tenant("t" + batch.timeNanos()[0] % 2));
              sizes.add(batch.rows());
              for (int row = 0; row < batch.rows(); row++) {
                delivered.add(batch.timeNanos()[row]);
              }
              return SendResult.ALL;
            },
            new Ledger(Long.MAX_VALUE).open("unlimited", 1),
            new Random(seed),
            new Registry());
    return new PersistentQueue<>("test", "logs", policy, new DiskStorage(disk), sending, memory);
  }

  private static CompletableFuture<Outcome> give(PersistentQueue<LogBatch> queue, long id) {
    return give(queue, id, Client.NONE);
  }

  private static CompletableFuture<Outcome> give(
      PersistentQueue<LogBatch> queue, long id, Client client) {
    var batch = new LogBatch();
    batch.resources().add(0, 0, 0);
    batch.resources().attributes().endParent();
    batch.scopes().add(0, 0, 0, 0);
    batch.scopes().attributes().endParent();
    batch.timeNanos()[batch.addRow()] = id;
    batch.attributes().endParent();
    var outcome = new CompletableFuture<Outcome>();
    queue.accept(
        Parcel.of(batch, new Tenant("t" + id % 2), RequestKey.NONE, new Pending(outcome::complete))
            .with(client));
    return outcome;
  }

  @Test
  void deliversThroughPowerCutsEverythingThatWasAcknowledged() throws Exception {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 40; round++) {
      delivered.clear();
      var disk = new PowerCutDisk(random.nextLong());
      Set<Long> acknowledged = new HashSet<>();
      long next = 1;
      for (int life = 0; life < 4; life++) {
        failing = random.nextDouble();
        disk.cutAt(1 + random.nextInt(120));
        try {
          PersistentQueue<LogBatch> queue = queue(disk, random.nextLong());
          queue.start();
          Map<Long, CompletableFuture<Outcome>> given = new HashMap<>();
          for (int i = random.nextInt(30); i > 0; i--) {
            given.put(next, give(queue, next));
            next++;
            if (random.nextInt(3) == 0) {
              given.get(next - 1).get(20, TimeUnit.SECONDS);
            }
          }
          for (Map.Entry<Long, CompletableFuture<Outcome>> one : given.entrySet()) {
            if (one.getValue().get(20, TimeUnit.SECONDS).failure().isEmpty()) {
              acknowledged.add(one.getKey());
            }
          }
          failing = 0;
          queue.stop();
        } catch (PowerCut | DiskException expected) {
          // The end of this life.
        }
        disk = random.nextInt(3) == 0 ? disk.kill() : disk.restart();
      }
      failing = 0;
      PersistentQueue<LogBatch> last = queue(disk, seed);
      last.start();
      awaitDelivered(acknowledged, "seed " + seed + " round " + round);
      last.stop();
    }
  }

  @Test
  void refusesWhatItCannotForceAndGoesOnAfterwards() throws Exception {
    var disk = new PowerCutDisk(5);
    PersistentQueue<LogBatch> queue = queue(disk, 5);
    queue.start();
    disk.onForce((site, name) -> ForceHook.Outcome.FAIL);
    Failure failure = give(queue, 1).get(20, TimeUnit.SECONDS).failure().orElseThrow();
    assertThat(failure.cause()).isEqualTo(Cause.STORAGE);
    assertThat(failure.retryable()).isTrue();
    disk.onForce((site, name) -> ForceHook.Outcome.PROCEED);
    assertThat(give(queue, 2).get(20, TimeUnit.SECONDS)).isEqualTo(Outcome.ACCEPTED);
    awaitDelivered(Set.of(2L), "after a failed force");
    queue.stop();
    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void stillKnowsAfterARestartWhatIsToBeKeptApart() throws Exception {
    String settings =
        "{storage: file_storage, batch: {flush_timeout: 1h, min_size: 2, partition: {metadata_keys: [X-Shop]}}}";
    var disk = new PowerCutDisk(7);
    failing = 1;
    PersistentQueue<LogBatch> queue = queue(disk, 7, settings);
    queue.start();
    for (long id = 2; id <= 8; id += 2) {
      Client client = shop(id % 4 == 0 ? "four" : "");
      give(queue, id, client).get(20, TimeUnit.SECONDS);
    }
    give(queue, 10, Client.NONE).get(20, TimeUnit.SECONDS);
    queue.stop();
    assertThat(sizes).isEmpty();
    failing = 0;
    PersistentQueue<LogBatch> next = queue(disk, 7, settings);
    next.start();
    next.stop();
    assertThat(delivered).containsExactlyInAnyOrder(2L, 4L, 6L, 8L, 10L);
    assertThat(sizes).containsExactlyInAnyOrder(2, 2, 1);
  }

  private static Client shop(String name) {
    return Client.of(
        Metadata.of(
            each -> {
              each.accept("x-shop", name);
              each.accept("authorization", "secret");
            }));
  }

  private void awaitDelivered(Set<Long> expected, String when) {
    long until = System.nanoTime() + 20_000_000_000L;
    while (!delivered.containsAll(expected)) {
      assertThat(System.nanoTime()).as("%s: %s of %s", when, delivered, expected).isLessThan(until);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
