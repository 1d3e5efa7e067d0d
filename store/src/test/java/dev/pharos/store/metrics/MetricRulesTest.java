package dev.pharos.store.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.log.PowerCutDisk;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.Outcome;
import dev.pharos.model.Parcel;
import dev.pharos.model.Pending;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Tenant;
import dev.pharos.model.binary.Batches;
import dev.pharos.observe.Cause;
import dev.pharos.store.engine.Rejections;
import dev.pharos.store.engine.RowLimits;
import dev.pharos.store.engine.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MetricRulesTest {
  private static final long NOW_MILLIS = 1_800_000_000_000L;
  private static final RowLimits LIMITS =
      RowLimits.at(NOW_MILLIS * 1_000_000, Duration.ofDays(30).toNanos(), 300);

  private final Rejections rejections = new Rejections();

  private void check(TestMetrics metrics) {
    new MetricRules().check(metrics.batch, LIMITS, rejections);
  }

  @Test
  void refusesTemporalitiesThatAreNotCumulative() {
    check(
        new TestMetrics()
            .counter("a", "")
            .temporality(1)
            .at(NOW_MILLIS, 1)
            .at(NOW_MILLIS, 2)
            .metric(MetricBatch.HISTOGRAM, "h", "")
            .temporality(0)
            .histogram(NOW_MILLIS, 1, new double[0], new long[0])
            .gauge("g", "")
            .at(NOW_MILLIS, 1));
    assertThat(rejections.causes()).containsOnlyKeys(0, 1, 2).containsValue(Cause.TEMPORALITY);
    assertThat(rejections.reason(Cause.TEMPORALITY))
        .contains("\"a\" has delta temporality", "expected: cumulative");
  }

  @Test
  void refusesMetricsWithoutData() {
    check(
        new TestMetrics().metric(MetricBatch.NONE, "nothing", "").gauge("g", "").at(NOW_MILLIS, 1));
    assertThat(rejections.rowless()).isEqualTo(1);
    assertThat(rejections.causes()).isEmpty();
    assertThat(rejections.reason(Cause.MALFORMED_METRIC)).contains("\"nothing\" has no data");
  }

  @Test
  void tellsTheRequestOfAMetricWithoutDataInAJoinedParcel() {
    var clock = new TestClock();
    Map<String, Outcome> outcomes = new TreeMap<>();
    var parcels = new ArrayList<Parcel<MetricBatch>>();
    for (String service : List.of("a", "b", "c")) {
      var metrics = new TestMetrics().resource("service.name", service);
      metrics.gauge("g", "").at(clock.millis(), 1);
      if (service.equals("b")) {
        metrics.metric(MetricBatch.NONE, "nothing", "");
      }
      var pending = new Pending(outcome -> outcomes.put(service, outcome));
      parcels.add(Parcel.of(metrics.batch, Tenant.DEFAULT, RequestKey.NONE, pending));
    }
    MetricBatch joined = Batches.concat(parcels.stream().map(Parcel::batch).toList());
    try (var store = new MetricStore(new PowerCutDisk(1), clock)) {
      store.engine.sink().accept(Parcel.join(joined, parcels));
    }
    assertThat(outcomes.values())
        .extracting(Outcome::rejectedItems)
        .as("of a, b and c")
        .containsExactly(0L, 1L, 0L);
  }

  @Test
  void refusesBucketCountsThatDoNotMatchBounds() {
    check(
        new TestMetrics()
            .metric(MetricBatch.HISTOGRAM, "h", "")
            .histogram(NOW_MILLIS, 1, new double[] {1, 2}, new long[] {1, 2})
            .histogram(NOW_MILLIS, 1, new double[] {1}, new long[] {1, 2})
            .histogram(NOW_MILLIS, 1, new double[0], new long[0])
            .histogram(NOW_MILLIS, 1, new double[] {1}, new long[0])
            .stale());
    assertThat(rejections.causes()).containsOnlyKeys(0);
    assertThat(rejections.reason(Cause.MALFORMED_METRIC)).contains("2 bucket counts and 2 bounds");
  }

  @Test
  void refusesScalesThatPrometheusHasNot() {
    check(
        new TestMetrics()
            .metric(MetricBatch.EXPONENTIAL_HISTOGRAM, "e", "")
            .exponential(NOW_MILLIS, -5, 0, new long[] {1})
            .exponential(NOW_MILLIS, -4, 0, new long[] {1}));
    assertThat(rejections.causes()).containsOnlyKeys(0);
    assertThat(rejections.reason(Cause.MALFORMED_METRIC))
        .contains("scale -5 (expected: -4 or more)");
  }

  @Test
  void refusesTimesOutOfRangeAndLargePoints() {
    long day = 86_400_000;
    check(
        new TestMetrics()
            .gauge("g", "")
            .at(NOW_MILLIS + day + 1, 1)
            .at(NOW_MILLIS + day, 1)
            .at(NOW_MILLIS - 30 * day - 1, 1)
            .at(NOW_MILLIS - 30 * day, 1)
            .at(NOW_MILLIS, 1, "a", "x".repeat(400)));
    assertThat(rejections.causes()).containsOnlyKeys(0, 2, 4);
    assertThat(rejections.causes().values())
        .containsExactly(Cause.TOO_FAR_AHEAD, Cause.PAST_RETENTION, Cause.TOO_LARGE);
  }
}
