package dev.pharos.store.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.log.PowerCutDisk;
import dev.pharos.model.Labels;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.Outcome;
import dev.pharos.model.Tenant;
import dev.pharos.store.engine.TestClock;
import dev.pharos.store.read.Matcher;
import dev.pharos.store.read.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StoredMetricsTest {
  private static final double STALE = Double.longBitsToDouble(Samples.STALE_BITS);

  private final TestClock clock = new TestClock();
  private PowerCutDisk disk = new PowerCutDisk(1);

  private long now() {
    return clock.nanos() / 1_000_000;
  }

  private static void check(Outcome outcome) {
    assertThat(outcome).isEqualTo(Outcome.ACCEPTED);
  }

  /// What was stored, row by row: of several samples of a series at one time the first counts.
  private static final class Oracle {
    private final Map<String, TreeMap<Long, Double>> series = new TreeMap<>();

    void add(String labels, long millis, double value) {
      series.computeIfAbsent(labels, ignored -> new TreeMap<>()).putIfAbsent(millis, value);
    }

    Map<String, List<String>> samples(long from, long to) {
      Map<String, List<String>> all = new TreeMap<>();
      series.forEach(
          (labels, samples) -> {
            var texts = new ArrayList<String>();
            samples
                .subMap(from, true, to, true)
                .forEach((millis, value) -> texts.add(MetricStore.text(millis, value)));
            if (!texts.isEmpty()) {
              all.put(labels, texts);
            }
          });
      return all;
    }
  }

  private static double value(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> STALE;
      case 1 -> random.nextGaussian();
      case 2 -> Double.longBitsToDouble(0x7ff8000000000000L | random.nextInt(1000));
      case 3 -> random.nextInt(2) == 0 ? -0.0 : Double.POSITIVE_INFINITY;
      case 4 -> random.nextInt(1000) / 100.0;
      default -> random.nextInt(10);
    };
  }

  @Test
  void givesTheSameSamplesFromHeadSegmentsAfterMergesAndAfterRestarts() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var oracle = new Oracle();
    long start = now();
    var store = new MetricStore(disk, clock);
    for (int step = 0; step < 150; step++) {
      var metrics = new TestMetrics().resource("service.name", "shop").gauge("load", "");
      for (int i = 1 + random.nextInt(40); i > 0; i--) {
        String host = "h" + random.nextInt(5);
        // Thirty hours back to now, coarse enough that times come twice.
        long millis = start - 1000L * 60 * random.nextInt(1800);
        double value = value(random);
        metrics.at(millis, value, "host", host);
        oracle.add("load{host=\"" + host + "\", job=\"shop\"}", millis, value);
      }
      check(store.store(metrics));
      switch (random.nextInt(8)) {
        case 0, 1 -> store.engine.cut();
        case 2 -> store.engine.merge();
        case 3 -> {
          store.close();
          disk = disk.kill();
          store = new MetricStore(disk, clock);
        }
        default -> {}
      }
      if (step % 7 == 0) {
        long from = start - 1000L * 60 * random.nextInt(1800);
        long to = from + 1000L * 60 * random.nextInt(600);
        assertThat(store.samples(from, to))
            .as("seed %d step %d", seed, step)
            .isEqualTo(oracle.samples(from, to));
      }
    }
    assertThat(store.samples())
        .as("seed %d", seed)
        .isEqualTo(oracle.samples(Long.MIN_VALUE, Long.MAX_VALUE));
    store.engine.cut();
    while (store.engine.merge()) {}
    assertThat(store.samples())
        .as("seed %d", seed)
        .isEqualTo(oracle.samples(Long.MIN_VALUE, Long.MAX_VALUE));
    store.close();
  }

  @Test
  void ofTwoSamplesAtOneTimeTheOneLoggedFirstCountsWhereverTheyAre() {
    long at = now() - 60_000;
    try (var store = new MetricStore(disk, clock)) {
      for (int i = 1; i <= 30; i++) {
        check(store.store(new TestMetrics().gauge("g", "").at(at, i).at(at + i, i)));
        if (i % 2 == 0) {
          store.engine.cut();
          assertThat(store.only("g").values()[0]).isEqualTo(1);
        }
      }
      while (store.engine.merge()) {}
      assertThat(store.engine.segments()).hasSizeLessThan(5);
      assertThat(MetricStore.texts(store.only("g")))
          .startsWith(at + "=1.0", at + 1 + "=1.0")
          .hasSize(31);
    }
  }

  @Test
  void keepsNativeHistogramsThroughCutsAndMerges() {
    long at = now() - 60_000;
    try (var store = new MetricStore(disk, clock)) {
      var expected = new ArrayList<String>();
      for (int i = 0; i < 24; i++) {
        var metrics =
            new TestMetrics()
                .metric(MetricBatch.EXPONENTIAL_HISTOGRAM, "h", "s")
                .exponential(at + i, i % 5 == 0 ? 3 : 2, -3, new long[] {i, 0, 0, 0, 0, i + 2});
        if (i == 7) {
          metrics.stale();
        }
        check(store.store(metrics));
        expected.add(text(store.only("h_seconds"), i));
        store.engine.cut();
      }
      assertThat(store.engine.merge()).isTrue();
      Samples samples = store.only("h_seconds");
      var found = new ArrayList<String>();
      for (int i = 0; i < samples.count(); i++) {
        found.add(text(samples, i));
      }
      assertThat(found).isEqualTo(expected);
      assertThat(Samples.isStale(samples.values()[7])).isTrue();
    }
  }

  private static String text(Samples samples, int i) {
    var h = samples.histograms()[i];
    return h == null
        ? "number"
        : "%d %s %s %s %s %s %s %s"
            .formatted(
                h.schema(),
                h.count(),
                Long.toHexString(Double.doubleToRawLongBits(h.sum())),
                h.zeroCount(),
                h.zeroThreshold(),
                List.of(h.positive().offsets()[0], h.positive().lengths()[0]),
                Arrays.toString(h.positive().counts()),
                h.hint());
  }

  @Test
  void findsSeriesByLabelsAndByResource() {
    long at = now() - 1000;
    try (var store = new MetricStore(disk, clock)) {
      for (int i = 0; i < 2; i++) {
        check(
            store.store(
                new TestMetrics()
                    .resource("service.name", "a", "k8s.pod.name", "a-1")
                    .gauge("up", "")
                    .at(at + i, 1, "zone", "x")
                    .resource("service.name", "b", "k8s.pod.name", "b-1")
                    .gauge("up", "")
                    .at(at + i, 1, "zone", "y")
                    .resource("service.name", "c")
                    .gauge("other", "")
                    .at(at + i, 1)));
        assertThat(names(store, Matcher.equal("zone", "x")))
            .containsExactly("up{job=\"a\", zone=\"x\"}");
        assertThat(store.select(Matcher.equal("zone", "x")).getFirst())
            .satisfies(one -> assertThat(one.resourceAttribute("k8s.pod.name")).isEqualTo("a-1"))
            .satisfies(one -> assertThat(one.resourceAttribute("k8s.node.name")).isEmpty());
        assertThat(names(store, Matcher.equal("zone", "")))
            .containsExactly(
                "other{job=\"c\"}",
                "target_info{job=\"a\", k8s_pod_name=\"a-1\"}",
                "target_info{job=\"b\", k8s_pod_name=\"b-1\"}");
        assertThat(names(store, Matcher.notEqual("zone", "x"), Matcher.equal(Labels.NAME, "up")))
            .containsExactly("up{job=\"b\", zone=\"y\"}");
        assertThat(
                names(
                    store,
                    Matcher.equal(Labels.NAME, "up"),
                    Matcher.equal("resource.k8s.pod.name", "b-1")))
            .containsExactly("up{job=\"b\", zone=\"y\"}");
        assertThat(
                names(
                    store, Matcher.equal(Labels.NAME, "up"), Matcher.equal("k8s_pod_name", "b-1")))
            .isEmpty();
        store.engine.cut();
      }
      assertThat(store.reader.labelNames(Tenant.DEFAULT, List.of(), at, at))
          .containsExactly("__name__", "job", "k8s_pod_name", "zone");
      assertThat(store.reader.labelValues(Tenant.DEFAULT, "job", List.of(), at, at))
          .containsExactly("a", "b", "c");
      assertThat(store.reader.labelValues(Tenant.DEFAULT, "job", List.of(), at + 10, at + 20))
          .isEmpty();
      assertThat(store.reader.metadata(Tenant.DEFAULT))
          .extracting(family -> family.name() + " " + family.type())
          .containsExactly("other gauge", "target_info gauge", "up gauge");
    }
  }

  private static List<String> names(MetricStore store, Matcher... matchers) {
    return store.select(matchers).stream().map(series -> series.labels().toString()).toList();
  }

  @Test
  void samplesPastRetentionGoWithTheirDay() {
    long old = now();
    try (var store = new MetricStore(disk, clock)) {
      check(store.store(new TestMetrics().gauge("g", "").at(old, 1)));
      store.engine.cut();
      clock.advance(Duration.ofDays(20));
      check(store.store(new TestMetrics().gauge("g", "").at(now(), 2)));
      store.engine.cut();
      store.engine.tidy();
      assertThat(store.samples()).containsEntry("g{}", List.of(old + "=1.0", now() + "=2.0"));
      clock.advance(Duration.ofDays(11));
      assertThat(store.only("g").values()).containsExactly(2);
      store.engine.tidy();
      assertThat(store.engine.segments()).hasSize(1);
    }
  }

  @Test
  void seriesWithoutSamplesLeaveTheHead() {
    try (var store = new MetricStore(disk, clock)) {
      for (int i = 0; i < 100; i++) {
        check(
            store.store(
                new TestMetrics().resource("service.name", "s" + i).gauge("g", "").at(now(), i)));
      }
      store.engine.cut();
      long held = store.head.usedBytes();
      store.engine.tidy();
      assertThat(store.head.usedBytes()).isEqualTo(held);
      clock.advance(Duration.ofHours(1));
      store.engine.tidy();
      assertThat(store.head.usedBytes()).isLessThan(held / 5);
      check(
          store.store(
              new TestMetrics().resource("service.name", "s7").gauge("g", "").at(now(), 7)));
      assertThat(store.only("g", "job", "s7").count()).isEqualTo(2);
    }
  }
}
