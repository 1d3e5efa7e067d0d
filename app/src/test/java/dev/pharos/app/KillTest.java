package dev.pharos.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.Signal;
import dev.pharos.transport.Transport;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Real `kill -9` of the real process under load of all three signals, by OTLP over HTTP and over gRPC. Half of the
/// senders never send anything twice: what was acknowledged to them is stored, once. The others send again what was not
/// acknowledged: each item is stored once.
///
/// `-Dpharos.kills=50` sets the number of kills, `-Dpharos.seed` when they come.
class KillTest {
  private static final int KILLS = Integer.getInteger("pharos.kills", 6);
  private static final long SEED =
      Long.getLong("pharos.seed", new SplittableRandom().nextLong() & 0xffff_ffffL);

  private static final Duration LOAD = Duration.ofSeconds(3);

  @TempDir Path directory;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Transport transport = Transport.open(1);
  private final HttpClient client = HttpClient.newHttpClient();
  private final Gate gate = new Gate(transport);
  private final List<Sender> senders = new ArrayList<>();
  private final StoredItems stored = new StoredItems(client);
  private long restartNanos;

  /// By signal, the items found by the last look.
  private final Map<Signal, Long> found = new EnumMap<>(Signal.class);

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void storesOnceWhateverWasAcknowledgedBeforeAKill() throws InterruptedException {
    List<Thread> threads = startSenders();
    try {
      PharosProcess life = start();
      for (int kill = 1; kill <= KILLS; kill++) {
        life = loadAndKill(life);
        assertStored(life, true);
      }
      gate.open(life);
      gate.finish();
      for (Thread thread : threads) {
        assertThat(thread.join(Duration.ofSeconds(60))).as("seed %d: a sender ends", SEED).isTrue();
      }
      life.kill();
      life = start();
      assertStored(life, false);
      assertEverythingResentIsStored();
      assertThat(stored.logRows(life))
          .as("seed %d: log records stored, equal ones that answers show once among them", SEED)
          .isEqualTo(found(Signal.LOGS));
      assertThat(stored.spanRows(life))
          .as("seed %d: spans stored, equal ones that answers show once among them", SEED)
          .isEqualTo(found(Signal.TRACES));
      life.close();
    } finally {
      gate.finish();
      gate.close();
      transport.close();
    }
    report();
  }

  private PharosProcess start() {
    return PharosProcess.startIn(List.of(), directory, PharosProcess.WITHOUT_ITSELF);
  }

  private List<Thread> startSenders() {
    long now = Clock.systemUTC().millis();
    List<Thread> threads = new ArrayList<>();
    for (Signal signal : Signal.values()) {
      for (boolean grpc : new boolean[] {false, true}) {
        for (boolean resends : new boolean[] {false, true}) {
          var sender = new Sender(senders.size() + 1, signal, grpc, resends, gate, client, now);
          senders.add(sender);
          threads.add(Thread.ofVirtual().start(sender));
        }
      }
    }
    return threads;
  }

  private PharosProcess loadAndKill(PharosProcess life) {
    gate.open(life);
    long until = acknowledged() + random.nextLong(100, 15_000);
    long began = System.nanoTime();
    while (acknowledged() < until && System.nanoTime() - began < LOAD.toNanos()) {
      LockSupport.parkNanos(1_000_000);
    }
    // Acknowledgements must not be what the kill comes after.
    LockSupport.parkNanos(random.nextLong(10_000_000));
    life.kill();
    gate.close();
    long killed = System.nanoTime();
    PharosProcess next = start();
    restartNanos = Math.max(restartNanos, System.nanoTime() - killed);
    return next;
  }

  private long found(Signal signal) {
    return found.getOrDefault(signal, 0L);
  }

  private long acknowledged() {
    return senders.stream().mapToLong(Sender::acknowledged).sum();
  }

  /// @param lately only what was sent since the last time
  private void assertStored(PharosProcess life, boolean lately) {
    found.clear();
    for (Sender sender : senders) {
      assertThat(sender.problem()).as("seed %d: %s", SEED, sender).isEmpty();
      Sender.Sent sent = lately ? sender.since() : sender.all();
      BitSet lost = sent.acknowledged();
      StoredItems.Found items = stored.of(life, sender, sent);
      lost.andNot(items.items());
      assertThat(lost)
          .as("seed %d: acknowledged to %s and lost", SEED, sender)
          .isEqualTo(new BitSet());
      assertThat(items.twice())
          .as("seed %d: %s, stored twice", SEED, sender)
          .isEqualTo(new BitSet());
      found.merge(sender.signal(), (long) items.items().cardinality(), Long::sum);
      if (lately) {
        sender.seen();
      }
    }
  }

  private void assertEverythingResentIsStored() {
    for (Sender sender : senders) {
      assertThat(sender.acknowledged()).as("seed %d: %s", SEED, sender).isPositive();
      if (sender.resends()) {
        assertThat(sender.acknowledged()).as("seed %d: %s", SEED, sender).isEqualTo(sender.sent());
      }
    }
  }

  private void report() {
    long sent = senders.stream().mapToLong(Sender::sent).sum();
    long resent = senders.stream().mapToLong(Sender::resentRequests).sum();
    System.out.printf(
        "KillTest: seed %d, %d kills, %,d items acknowledged of %,d, none lost, none twice; %,d requests sent again;"
            + " slowest restart %d ms%n",
        SEED, KILLS + 1, acknowledged(), sent, resent, restartNanos / 1_000_000);
  }
}
