package dev.pharos.store.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.log.PowerCutDisk;
import dev.pharos.model.Labels;
import dev.pharos.model.Outcome;
import dev.pharos.store.engine.TestClock;
import dev.pharos.store.read.Matcher;
import dev.pharos.store.read.Samples;
import dev.pharos.store.read.Series;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// What readers see while others write, cut and merge.
class MetricSnapshotTest {
  private static final int SERIES = 8;
  private static final int BATCHES = 400;

  @Test
  void readersSeeBatchesWhollyAndNoneTwice() {
    var clock = new TestClock();
    long start = clock.nanos() / 1_000_000 - 3_600_000;
    try (var store = new MetricStore(new PowerCutDisk(1), clock)) {
      var done = new AtomicBoolean();
      var reading = CompletableFuture.supplyAsync(() -> read(store, done));
      for (int i = 0; i < BATCHES; i++) {
        var metrics = new TestMetrics().gauge("g", "");
        for (int k = 0; k < SERIES; k++) {
          metrics.at(start + i, i, "k", "v" + k);
        }
        assertThat(store.store(metrics)).isEqualTo(Outcome.ACCEPTED);
        if (i % 10 == 9) {
          store.engine.cut();
        }
        if (i % 50 == 49) {
          store.engine.merge();
          store.engine.tidy();
        }
      }
      done.set(true);
      assertThat(reading.join()).isGreaterThan(2);
    }
  }

  /// Reads until the writer is done.
  ///
  /// @return how often
  private static int read(MetricStore store, AtomicBoolean done) {
    int reads = 0;
    int seen = 0;
    boolean last = false;
    while (!last) {
      last = done.get();
      List<Series> all = store.select(Matcher.equal(Labels.NAME, "g"));
      int count = all.isEmpty() ? 0 : all.get(0).samples().count();
      for (Series series : all) {
        Samples samples = series.samples();
        assertThat(samples.count()).isEqualTo(count);
        for (int i = 0; i < count; i++) {
          assertThat(samples.values()[i]).isEqualTo(i);
        }
      }
      assertThat(all).hasSize(count == 0 ? 0 : SERIES);
      assertThat(count).isGreaterThanOrEqualTo(seen);
      seen = count;
      reads++;
    }
    assertThat(seen).isEqualTo(BATCHES);
    return reads;
  }
}
