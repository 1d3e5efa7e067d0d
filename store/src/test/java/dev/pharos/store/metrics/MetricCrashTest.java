package dev.pharos.store.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.log.CrashingUse;
import dev.pharos.log.DiskException;
import dev.pharos.log.PowerCut;
import dev.pharos.model.Labels;
import dev.pharos.model.Tenant;
import dev.pharos.store.engine.TestClock;
import dev.pharos.store.read.Matcher;
import dev.pharos.store.read.Series;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Power cuts while metrics are logged, cut, merged and expired. What every signal shares is tested with the engine.
class MetricCrashTest {
  private static final int SEEDS = 60;
  private static final int LIVES = 5;

  @Test
  void keepsEveryAcknowledgedSampleThroughPowerCuts() {
    for (int seed = 0; seed < SEEDS; seed++) {
      assertThat(new Scenario(seed).violation(new CrashingUse.Lives(0, LIVES, 60, 60, 500)))
          .as("seed %d", seed)
          .isEmpty();
    }
  }

  private static final class Scenario extends CrashingUse {
    private final TestClock clock = new TestClock();
    private long next;

    /// Times and values of the requests, of which each has one sample.
    private final Map<Long, Double> acknowledged = new HashMap<>();

    private final Map<Long, Double> sent = new HashMap<>();

    Scenario(int seed) {
      super(seed);
    }

    @Override
    protected void use(int steps) {
      var store = new MetricStore(disk(), clock);
      try {
        check(store);
        for (int step = 0; step < steps; step++) {
          step(store);
          disk().exists("metrics");
        }
      } finally {
        close(store);
      }
    }

    private static void close(MetricStore store) {
      try {
        store.close();
      } catch (PowerCut | DiskException expected) {
        // What it did not write is up to the next recovery.
      }
    }

    @Override
    public void finish() {
      try (var store = new MetricStore(disk(), clock)) {
        check(store);
        store.engine.cut();
        check(store);
      }
    }

    private void step(MetricStore store) {
      switch (random.nextInt(9)) {
        case 0, 1, 2 -> store.engine.cut();
        case 3 -> store.engine.merge();
        case 4 -> {
          clock.advance(Duration.ofHours(random.nextInt(40)));
          store.engine.tidy();
        }
        case 5 -> check(store);
        default -> send(store);
      }
    }

    private void send(MetricStore store) {
      // A time of its own for each sample, so that none replaces another.
      long millis = clock.nanos() / 1_000_000 - 100_000_000 + 7 * ++next;
      double value = random.nextInt(100) / 10.0;
      sent.put(millis, value);
      var metrics =
          new TestMetrics()
              .resource("service.name", "s")
              .gauge("g", "")
              .at(millis, value, "k", "v" + next % 3);
      if (store.store(metrics).failure().isEmpty()) {
        acknowledged.put(millis, value);
      }
    }

    private void check(MetricStore store) {
      long earliest = store.engine.earliestNanos();
      Map<Long, Double> there = new HashMap<>();
      for (Series series :
          store.reader.select(
              Tenant.DEFAULT,
              List.of(Matcher.equal(Labels.NAME, "g")),
              Long.MIN_VALUE,
              Long.MAX_VALUE)) {
        var samples = series.samples();
        for (int i = 0; i < samples.count(); i++) {
          assertThat(there.put(samples.millis()[i], samples.values()[i]))
              .as("twice at %d", samples.millis()[i])
              .isNull();
        }
      }
      acknowledged.forEach(
          (millis, value) -> {
            if (millis * 1_000_000 >= earliest) {
              assertThat(there).as("acknowledged").containsEntry(millis, value);
            }
          });
      assertThat(sent).as("samples somebody sent").containsAllEntriesOf(there);
      // What a query has shown must never be lost.
      acknowledged.putAll(there);
    }
  }
}
