package dev.pharos.components.prometheus;

import static dev.pharos.components.Running.config;
import static dev.pharos.components.Running.setup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.components.Answer;
import dev.pharos.components.Samples;
import dev.pharos.components.listener.Listeners;
import dev.pharos.model.Outcome;
import dev.pharos.model.Parcel;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Registry;
import dev.pharos.pipeline.component.ComponentException;
import dev.pharos.pipeline.component.Exporter;
import dev.pharos.transport.Headers;
import dev.pharos.transport.HttpCall;
import dev.pharos.transport.HttpClientSettings;
import dev.pharos.transport.HttpResponse;
import dev.pharos.transport.Transport;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PrometheusExporterTest {
  private final Transport transport = Transport.open(2);
  private final Listeners listeners = new Listeners(transport);
  private Instant now = Instant.parse("2026-11-21T00:00:00Z");
  private Exporter exporter;

  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return InstantSource.fixed(now).withZone(zone);
        }

        @Override
        public Instant instant() {
          return now;
        }
      };

  @AfterEach
  void close() {
    listeners.close();
    transport.close();
  }

  private void open(String yaml) {
    exporter =
        new PrometheusFactory(listeners)
            .create(
                setup("prometheus", new Registry(), clock),
                config(PrometheusConfig.SCHEMA, "endpoint: 127.0.0.1:0\n" + yaml));
    listeners.open();
  }

  private Outcome take(String metrics) throws Exception {
    String json =
        """
        {"resourceMetrics":[{"resource":{"attributes":[
            {"key":"service.name","value":{"stringValue":"shop"}},
            {"key":"service.instance.id","value":{"stringValue":"i1"}},
            {"key":"host.name","value":{"stringValue":"h"}}]},
          "scopeMetrics":[{"scope":{"name":"lib","version":"1"},"metrics":[%s]}]}]}"""
            .formatted(metrics);
    var answer = new Answer();
    exporter
        .sinks()
        .metrics()
        .orElseThrow()
        .accept(
            Parcel.of(
                Samples.metrics(json), Tenant.DEFAULT, RequestKey.NONE, answer.acknowledgement()));
    return answer.get();
  }

  private HttpResponse scrape(String accept) throws Exception {
    try (var client = transport.httpClient(HttpClientSettings.DEFAULT)) {
      HttpCall call =
          HttpCall.get(URI.create("http://" + listeners.addresses().get(0) + "/metrics"))
              .withHeaders(Headers.of("accept", accept));
      return client.send(call).get(20, TimeUnit.SECONDS);
    }
  }

  private String text() throws Exception {
    HttpResponse response = scrape("text/plain");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers().first("content-type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    return response.body().text();
  }

  private static String sum(String name, int temporality, long time, String value) {
    return """
        {"name":"%s","unit":"s","description":"d","sum":{"aggregationTemporality":%d,"isMonotonic":true,"dataPoints":[
          {"timeUnixNano":"%d","asDouble":%s,"attributes":[{"key":"http.method","value":{"stringValue":"G\\"ET"}}]}]}}"""
        .formatted(name, temporality, time, value);
  }

  private static String histogram(int temporality, long time, String exemplars) {
    return """
        {"name":"latency","unit":"ms","histogram":{"aggregationTemporality":%d,"dataPoints":[
          {"timeUnixNano":"%d","count":"6","sum":10.5,"bucketCounts":["1","2","3"],"explicitBounds":[1,2.5]%s}]}}"""
        .formatted(temporality, time, exemplars);
  }

  @Test
  void showsCountersAndTheirTarget() throws Exception {
    open("");
    assertThat(take(sum("cpu.time", 2, 1_000_000, "1234567"))).isEqualTo(Outcome.ACCEPTED);
    assertThat(text())
        .isEqualTo(
            """
        # HELP cpu_time_seconds_total d
        # TYPE cpu_time_seconds_total counter
        cpu_time_seconds_total{http_method="G\\"ET",instance="i1",job="shop",otel_scope_name="lib",\
        otel_scope_schema_url="",otel_scope_version="1"} 1.234567e+06
        # HELP target_info Target metadata
        # TYPE target_info gauge
        target_info{host_name="h",instance="i1",job="shop"} 1
        """);
  }

  @Test
  void showsHistogramsSummariesAndGauges() throws Exception {
    open("without_scope_info: true");
    take(
        histogram(2, 1, "")
            + """
        ,{"name":"quantiles","summary":{"dataPoints":[{"timeUnixNano":"1","count":"2","sum":5,
           "quantileValues":[{"quantile":0.5,"value":2}]}]}},
        {"name":"used","unit":"1","gauge":{"dataPoints":[{"timeUnixNano":"1","asDouble":0.5}]}},
        {"name":"exp","exponentialHistogram":{"aggregationTemporality":2,"dataPoints":[
           {"timeUnixNano":"1","count":"4","sum":8,"zeroCount":"1","positive":{"bucketCounts":["3"]}}]}}""");
    assertThat(text().replace("instance=\"i1\",job=\"shop\"", "L"))
        .contains(
            """
            # TYPE exp histogram
            exp_bucket{L,le="+Inf"} 4
            exp_sum{L} 8
            exp_count{L} 4
            """)
        .contains(
            """
            # TYPE latency_milliseconds histogram
            latency_milliseconds_bucket{L,le="1"} 1
            latency_milliseconds_bucket{L,le="2.5"} 3
            latency_milliseconds_bucket{L,le="+Inf"} 6
            latency_milliseconds_sum{L} 10.5
            latency_milliseconds_count{L} 6
            """)
        .contains("quantiles{L,quantile=\"0.5\"} 2\nquantiles_sum{L} 5\nquantiles_count{L} 2\n")
        .contains("# TYPE used_ratio gauge\nused_ratio{L} 0.5\n");
  }

  @Test
  void addsDeltasUp() throws Exception {
    open("without_scope_info: true");
    for (int i = 1; i <= 3; i++) {
      take(sum("c", 1, i, "2") + "," + histogram(1, i, ""));
    }
    assertThat(text())
        .contains("c_seconds_total{http_method=\"G\\\"ET\",instance=\"i1\",job=\"shop\"} 6\n")
        .contains("le=\"2.5\"} 9\n")
        .contains("latency_milliseconds_count{instance=\"i1\",job=\"shop\"} 18\n");
  }

  @Test
  void keepsTheLatestValue() throws Exception {
    open("");
    take(sum("c", 2, 5, "10"));
    take(sum("c", 2, 4, "9"));
    assertThat(text()).contains("} 10\n").doesNotContain("} 9\n");
  }

  @Test
  void forgetsSeriesWithoutNewPoints() throws Exception {
    open("metric_expiration: 1m");
    take(sum("a", 2, 1, "1"));
    now = now.plusSeconds(40);
    take(sum("b", 2, 1, "1"));
    now = now.plusSeconds(40);
    assertThat(text()).contains("b_seconds_total").doesNotContain("a_seconds_total");
    now = now.plusSeconds(61);
    assertThat(text()).isEmpty();
  }

  @Test
  void writesTimesNamespacesAndConstantLabels() throws Exception {
    open(
        "send_timestamps: true\nnamespace: test-space\nconst_labels: {label1: value1, 'another label': spaced value}\n"
            + "resource_to_telemetry_conversion: {enabled: true}\nadd_metric_suffixes: false\nwithout_scope_info: true\n");
    take(sum("cpu.time", 2, 1_700_000_000_123_456_789L, "3"));
    assertThat(text())
        .contains(
            "test_space_cpu_time{another_label=\"spaced value\",host_name=\"h\",http_method=\"G\\\"ET\","
                + "instance=\"i1\",job=\"shop\",label1=\"value1\",service_instance_id=\"i1\",service_name=\"shop\"} 3 1700000000123\n");
  }

  @Test
  void offersOpenMetricsWithExemplars() throws Exception {
    open("enable_open_metrics: true\nwithout_scope_info: true\n");
    take(
        sum("c", 2, 1, "3")
            + ","
            + histogram(
                2,
                1,
                """
        ,"exemplars":[{"timeUnixNano":"1500000000","asDouble":2,"traceId":"0102030405060708090a0b0c0d0e0f10",
           "spanId":"0102030405060708"}]"""));
    HttpResponse response = scrape("application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
    assertThat(response.headers().first("content-type"))
        .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
    assertThat(response.body().text())
        .contains("# TYPE c_seconds counter\nc_seconds_total{")
        .contains("} 3.0\n")
        .contains(
            "le=\"2.5\"} 3 # {span_id=\"0102030405060708\",trace_id=\"0102030405060708090a0b0c0d0e0f10\"} 2.0 1.500\n")
        .contains("le=\"1.0\"} 1\n")
        .endsWith("# EOF\n");
    assertThat(text()).doesNotContain("trace_id").doesNotContain("EOF");
  }

  @Test
  void rejectsAloneWhatHasNoPlace() throws Exception {
    open("");
    String falling =
        """
        {"name":"f","sum":{"aggregationTemporality":1,"dataPoints":[{"timeUnixNano":"1","asInt":"1"}]}}""";
    Outcome outcome = take(falling + "," + sum("c", 2, 1, "3"));
    assertThat(outcome.rejectedItems()).isEqualTo(1);
    assertThat(outcome.reason()).contains("f", "delta");
    assertThat(text()).contains("c_seconds_total").doesNotContain("\nf{");
    Outcome other =
        take(
            """
        {"name":"c_seconds_total","gauge":{"dataPoints":[{"timeUnixNano":"1","asInt":"1"}]}}""");
    assertThat(other.rejectedItems()).isEqualTo(1);
    assertThat(other.reason()).contains("another type");
  }

  @Test
  void dropsSeriesThatHaveEnded() throws Exception {
    open("");
    take("{\"name\":\"g\",\"gauge\":{\"dataPoints\":[{\"timeUnixNano\":\"1\",\"asInt\":\"1\"}]}}");
    assertThat(text()).contains("\ng{");
    take("{\"name\":\"g\",\"gauge\":{\"dataPoints\":[{\"timeUnixNano\":\"2\",\"flags\":1}]}}");
    assertThat(text()).doesNotContain("\ng{");
  }

  @Test
  void quotesNamesThatAreNotTranslated() throws Exception {
    open("translation_strategy: NoTranslation\nwithout_scope_info: true\n");
    take(sum("cpu.time", 2, 1, "3"));
    assertThat(text())
        .contains(
            "# TYPE \"cpu.time\" counter\n{\"cpu.time\",\"http.method\"=\"G\\\"ET\",instance=\"i1\"");
  }

  @Test
  void needsAnEndpoint() {
    var factory = new PrometheusFactory(listeners);
    assertThatThrownBy(
            () ->
                factory.create(
                    setup("prometheus", new Registry()), config(PrometheusConfig.SCHEMA, "")))
        .isInstanceOf(ComponentException.class)
        .hasMessageContaining("endpoint");
  }
}
