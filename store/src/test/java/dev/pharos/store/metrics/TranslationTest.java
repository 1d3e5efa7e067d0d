package dev.pharos.store.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.log.PowerCutDisk;
import dev.pharos.model.Labels;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.Outcome;
import dev.pharos.model.Tenant;
import dev.pharos.model.ValueType;
import dev.pharos.store.engine.TestClock;
import dev.pharos.store.read.Matcher;
import dev.pharos.store.read.Samples;
import dev.pharos.store.read.Series;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What points become, seen through the reader.
class TranslationTest {
  private final TestClock clock = new TestClock();
  private final MetricStore store = new MetricStore(new PowerCutDisk(1), clock);
  private final long at = clock.nanos() / 1_000_000 - 60_000;

  @AfterEach
  void close() {
    store.close();
  }

  private List<String> series(TestMetrics metrics) {
    assertThat(store.store(metrics)).isEqualTo(Outcome.ACCEPTED);
    return store.select().stream().map(each -> each.labels().toString()).toList();
  }

  private String value(String name, String... labels) {
    return MetricStore.texts(store.only(name, labels)).toString();
  }

  @Test
  void namesJobAndInstanceByTheResourceBeforeTheAttributes() {
    assertThat(
            series(
                new TestMetrics()
                    .resource(
                        "service.name",
                        "cart",
                        "service.namespace",
                        "shop",
                        "service.instance.id",
                        "i-1")
                    .gauge("queue.length", "")
                    .at(at, 1, "job", "mine", "instance", "mine")))
        .containsExactly("queue_length{instance=\"i-1\", job=\"shop/cart\"}");
  }

  @Test
  void writesTargetInfoForResourcesThatSayMore() {
    assertThat(
            series(
                new TestMetrics()
                    .resource("service.name", "cart", "host.name", "h1")
                    .gauge("g", "")
                    .at(at, 1)
                    .at(at + 400_000, 2)))
        .containsExactly("g{job=\"cart\"}", "target_info{host_name=\"h1\", job=\"cart\"}");
    assertThat(value("target_info", "host_name", "h1", "job", "cart"))
        .isEqualTo(
            List.of(
                    at + "=1.0",
                    at + 150_000 + "=1.0",
                    at + 300_000 + "=1.0",
                    at + 400_000 + "=1.0")
                .toString());
  }

  @Test
  void writesNoTargetInfoWithoutJobAndInstanceOrWithoutMore() {
    assertThat(
            series(
                new TestMetrics()
                    .resource("host.name", "h1")
                    .gauge("a", "")
                    .at(at, 1)
                    .resource("service.name", "cart")
                    .gauge("b", "")
                    .at(at, 1)))
        .containsExactly("a{}", "b{job=\"cart\"}");
  }

  @Test
  void namesCountersGaugesAndSums() {
    assertThat(
            series(
                new TestMetrics()
                    .counter("http.requests", "1")
                    .atInt(at, 3)
                    .gauge("cache.hits", "1")
                    .at(at, 0.5)
                    .metric(MetricBatch.SUM, "in.flight", "{request}")
                    .atInt(at, 2)
                    .gauge("memory.used", "By")
                    .at(at, 7)))
        .containsExactly(
            "cache_hits_ratio{}", "http_requests_total{}", "in_flight{}", "memory_used_bytes{}");
    assertThat(value("http_requests_total")).isEqualTo("[" + at + "=3.0]");
    assertThat(store.reader.metadata(Tenant.DEFAULT))
        .extracting(
            family ->
                String.join(
                    "|",
                    family.name(),
                    family.type(),
                    family.unit(),
                    family.original(),
                    family.help()))
        .containsExactly(
            "cache_hits_ratio|gauge||cache.hits|What cache.hits is",
            "http_requests_total|counter||http.requests|What http.requests is",
            "in_flight|gauge||in.flight|What in.flight is",
            "memory_used_bytes|gauge|bytes|memory.used|What memory.used is");
  }

  @Test
  void makesBucketsSumAndCountOfHistograms() {
    assertThat(
            series(
                new TestMetrics()
                    .metric(MetricBatch.HISTOGRAM, "latency", "s")
                    .histogram(
                        at,
                        12.5,
                        new double[] {0.005, 1, 10},
                        new long[] {2, 3, 0, 4},
                        "route",
                        "/")))
        .containsExactly(
            "latency_seconds_bucket{le=\"+Inf\", route=\"/\"}",
                "latency_seconds_bucket{le=\"0.005\", route=\"/\"}",
            "latency_seconds_bucket{le=\"1\", route=\"/\"}",
                "latency_seconds_bucket{le=\"10\", route=\"/\"}",
            "latency_seconds_count{route=\"/\"}", "latency_seconds_sum{route=\"/\"}");
    assertThat(value("latency_seconds_bucket", "le", "0.005", "route", "/"))
        .isEqualTo("[" + at + "=2.0]");
    assertThat(value("latency_seconds_bucket", "le", "10", "route", "/"))
        .isEqualTo("[" + at + "=5.0]");
    assertThat(value("latency_seconds_bucket", "le", "+Inf", "route", "/"))
        .isEqualTo("[" + at + "=9.0]");
    assertThat(value("latency_seconds_sum", "route", "/")).isEqualTo("[" + at + "=12.5]");
    assertThat(store.reader.metadata(Tenant.DEFAULT))
        .extracting(family -> family.name() + " " + family.type())
        .containsExactly("latency_seconds histogram");
  }

  @Test
  void makesTheInfiniteBucketOfAHistogramWithoutBuckets() {
    assertThat(
            series(
                new TestMetrics()
                    .metric(MetricBatch.HISTOGRAM, "h", "")
                    .histogram(at, 1, new double[0], new long[0])))
        .containsExactly("h_bucket{le=\"+Inf\"}", "h_count{}", "h_sum{}");
  }

  @Test
  void makesQuantilesOfSummaries() {
    assertThat(
            series(
                new TestMetrics()
                    .metric(MetricBatch.SUMMARY, "s", "")
                    .summary(at, 9, 4.5, new double[] {0.5, 0.99}, new double[] {0.25, 1.5})))
        .containsExactly("s{quantile=\"0.5\"}", "s{quantile=\"0.99\"}", "s_count{}", "s_sum{}");
    assertThat(value("s", "quantile", "0.99")).isEqualTo("[" + at + "=1.5]");
    assertThat(value("s_count")).isEqualTo("[" + at + "=9.0]");
  }

  @Test
  void makesNativeHistogramsOfExponentialOnes() {
    series(
        new TestMetrics()
            .metric(MetricBatch.EXPONENTIAL_HISTOGRAM, "e", "")
            .exponential(at, 3, -2, new long[] {1, 0, 2, 0, 0, 0, 5}));
    var histogram = store.only("e").histograms()[0];
    assertThat(histogram).isNotNull();
    assertThat(histogram.schema()).isEqualTo(3);
    assertThat(histogram.zeroThreshold()).isEqualTo(1e-128);
    assertThat(histogram.zeroCount()).isEqualTo(3);
    assertThat(histogram.count()).isEqualTo(11);
    assertThat(histogram.positive().offsets()).containsExactly(-1, 3);
    assertThat(histogram.positive().lengths()).containsExactly(3, 1);
    assertThat(histogram.positive().counts()).containsExactly(1, 0, 2, 5);
  }

  @Test
  void bringsScalesAboveEightDown() {
    series(
        new TestMetrics()
            .metric(MetricBatch.EXPONENTIAL_HISTOGRAM, "e", "")
            .exponential(at, 10, -3, new long[] {1, 2, 3, 4, 5, 6, 7, 8}));
    var histogram = store.only("e").histograms()[0];
    assertThat(histogram).isNotNull();
    assertThat(histogram.schema()).isEqualTo(8);
    // Indexes -3 to 4 by fours: -1 (-3, -2, -1), 0 (0 to 3), 1 (4), each one further in Prometheus.
    assertThat(histogram.positive().offsets()).containsExactly(0);
    assertThat(histogram.positive().counts()).containsExactly(1 + 2 + 3, 4 + 5 + 6 + 7, 8);
  }

  @Test
  void marksSeriesThatEnded() {
    series(
        new TestMetrics()
            .gauge("g", "")
            .at(at, 1)
            .at(at + 1, 0)
            .stale()
            .metric(MetricBatch.HISTOGRAM, "h", "")
            .histogram(at, 1, new double[] {1}, new long[] {1, 1})
            .stale());
    assertThat(value("g")).isEqualTo("[" + at + "=1.0, " + (at + 1) + "=7ff0000000000002]");
    for (Series series : store.select(Matcher.notEqual(Labels.NAME, "g"))) {
      assertThat(Samples.isStale(series.samples().values()[0]))
          .as(series.labels().toString())
          .isTrue();
    }
  }

  @Test
  void joinsLabelsThatFallTogetherInTheOrderOfTheirKeys() {
    assertThat(
            series(
                new TestMetrics()
                    .gauge("g", "")
                    .at(at, 1, "a_b", "3", "a.b", "2", "a-b", "1", "empty", "", "__name__", "x")))
        .containsExactly("g{a_b=\"1;2;3\"}");
  }

  @Test
  void writesValuesAsTheCollectorDoes() {
    byte[] bytes = "hi".getBytes(StandardCharsets.UTF_8);
    // [1, "<"] as an ArrayValue of two AnyValues.
    byte[] array = {0x0a, 2, 0x18, 1, 0x0a, 3, 0x0a, 1, '<'};
    // {"b": true, "a": 1.5} as a KeyValueList.
    byte[] map = {
      0x0a,
      7,
      0x0a,
      1,
      'b',
      0x12,
      2,
      0x10,
      1,
      0x0a,
      14,
      0x0a,
      1,
      'a',
      0x12,
      9,
      0x21,
      0,
      0,
      0,
      0,
      0,
      0,
      (byte) 0xf8,
      0x3f
    };
    assertThat(
            series(
                new TestMetrics()
                    .gauge("g", "")
                    .at(
                        at,
                        1,
                        "i",
                        7,
                        "f",
                        0.5,
                        "big",
                        1e21,
                        "small",
                        1.5e-7,
                        "t",
                        true,
                        "bytes",
                        bytes,
                        "array",
                        new TestMetrics.Encoded(ValueType.ARRAY, array),
                        "map",
                        new TestMetrics.Encoded(ValueType.MAP, map))))
        .containsExactly(
            "g{array=\"[1,\\\"\\\\u003c\\\"]\", big=\"1e+21\", bytes=\"aGk=\", f=\"0.5\", i=\"7\","
                + " map=\"{\\\"a\\\":1.5,\\\"b\\\":true}\", small=\"1.5e-7\", t=\"true\"}");
  }

  @Test
  void attributesInAnotherOrderAreTheSameSeries() {
    assertThat(
            series(
                new TestMetrics()
                    .gauge("g", "")
                    .at(at, 1, "a", "1", "b", "2")
                    .at(at + 1, 2, "b", "2", "a", "1")))
        .containsExactly("g{a=\"1\", b=\"2\"}");
    assertThat(value("g", "a", "1", "b", "2")).isEqualTo("[" + at + "=1.0, " + (at + 1) + "=2.0]");
  }

  @Test
  void hangsExemplarsOnTheBucketThatContainsThem() {
    series(
        new TestMetrics()
            .metric(MetricBatch.HISTOGRAM, "h", "")
            .histogram(at, 3, new double[] {1, 5}, new long[] {1, 1, 1})
            .exemplar(at - 5, 5, 0xab, 0xcd, "user", "u1")
            .exemplar(at - 4, 9, 0xac, 0, "long", "x".repeat(100)));
    assertThat(exemplars())
        .containsExactly(
            "h_bucket{le=\"+Inf\"} {trace_id=\"000000000000000000000000000000ac\"} 9.0",
            "h_bucket{le=\"5\"} {span_id=\"00000000000000cd\", trace_id=\"000000000000000000000000000000ab\", user=\"u1\"} 5.0");
    store.engine.cut();
    assertThat(exemplars()).hasSize(2);
  }

  @Test
  void traceIdsAmongAttributesBecomeExemplars() {
    assertThat(
            series(
                new TestMetrics()
                    .counter("c", "")
                    .at(at, 4, "trace_id", "abc", "span_id", "def", "k", "v")
                    .at(at + 1, 5, "trace_id", "abd", "k", "v")))
        .containsExactly("c_total{k=\"v\"}");
    assertThat(exemplars())
        .containsExactly(
            "c_total{k=\"v\"} {span_id=\"def\", trace_id=\"abc\"} 4.0",
            "c_total{k=\"v\"} {trace_id=\"abd\"} 5.0");
  }

  private List<String> exemplars() {
    return store
        .reader
        .exemplars(Tenant.DEFAULT, List.of(), Long.MIN_VALUE, Long.MAX_VALUE)
        .stream()
        .flatMap(
            each ->
                each.exemplars().stream()
                    .map(
                        exemplar ->
                            each.series() + " " + exemplar.labels() + " " + exemplar.value()))
        .toList();
  }
}
