package dev.pharos.api.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.api.ApiServer;
import dev.pharos.api.ApiServer.Answer;
import dev.pharos.model.Labels;
import dev.pharos.model.NativeHistogram;
import dev.pharos.query.promql.PromEngine;
import dev.pharos.query.promql.PromOptions;
import dev.pharos.store.read.Exemplar;
import dev.pharos.store.read.MetricMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class PrometheusApiTest {
  private static final long NOW = ApiServer.NOW;
  private static final String SERIES = "http_requests_total";

  private static ApiServer server;

  @BeforeAll
  static void serve() {
    var series = new MemorySeries();
    for (int i = 0; i <= 60; i++) {
      series.add(
          Labels.of("__name__", SERIES, "job", "shop", "method", "GET"),
          (NOW - 600 + i * 10) * 1000,
          i * 10);
      series.add(
          Labels.of("__name__", SERIES, "job", "shop", "method", "POST"),
          (NOW - 600 + i * 10) * 1000,
          i);
    }
    series.add(Labels.of("__name__", "up", "k8s.pod.name", "a"), NOW * 1000, 1);
    series.add(Labels.of("__name__", "latency"), NOW * 1000, histogram());
    series.describe(new MetricMetadata(SERIES, "counter", "Requests.", "", "http.requests"));
    series.describe(new MetricMetadata("up", "gauge", "", "", "up"));
    series.exemplar(
        Labels.of("__name__", SERIES, "job", "shop", "method", "GET"),
        new Exemplar(
            Labels.of("trace_id", "0af7651916cd43dd8448eb211c80319c"), 0.25, NOW * 1000 - 500));
    var engine = new PromEngine(series, PromOptions.STANDARD);
    var api = new PrometheusApi(series, engine, ApiServer.TENANTS, ApiServer.slots(), "test");
    server = new ApiServer(api.routes(""));
  }

  /// Bounds 0.5, 1, 2, 4 with counts 2, 1 above zero, one below, and one at zero.
  private static NativeHistogram histogram() {
    return new NativeHistogram(
        0,
        5,
        6.5,
        0.001,
        1,
        new NativeHistogram.Spans(new int[] {0, 1}, new int[] {1, 1}, new double[] {2, 1}),
        new NativeHistogram.Spans(new int[] {1}, new int[] {1}, new double[] {1}),
        new double[0],
        NativeHistogram.ResetHint.UNKNOWN);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode data(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.type()).startsWith("application/json");
    assertThat(answer.json().get("status").asString()).isEqualTo("success");
    return answer.json().get("data");
  }

  private static void assertRefused(Answer answer, int status, String type, String error) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.type()).startsWith("application/json");
    assertThat(answer.json().get("status").asString()).isEqualTo("error");
    assertThat(answer.json().get("errorType").asString()).isEqualTo(type);
    assertThat(answer.json().get("error").asString()).contains(error);
  }

  @Test
  void passesGrafanasHealthCheck() {
    JsonNode data = data(server.post("/api/v1/query", "query", "1+1", "time", "4"));

    assertThat(data.toString()).isEqualTo("{\"resultType\":\"scalar\",\"result\":[4,\"2\"]}");
  }

  @Test
  void tellsAVersionAndNoFeaturesSoThatGrafanaSeesPrometheus() {
    JsonNode data = data(server.get("/api/v1/status/buildinfo"));

    assertThat(data.get("version").asString()).isEqualTo("3.14.0");
    assertThat(data.propertyNames())
        .containsExactly("version", "revision", "branch", "buildUser", "buildDate", "goVersion");
  }

  @Test
  void answersRulesAndAlertsEmpty() {
    assertThat(data(server.get("/api/v1/rules")).toString()).isEqualTo("{\"groups\":[]}");
    assertThat(data(server.get("/api/v1/alerts")).toString()).isEqualTo("{\"alerts\":[]}");
  }

  @Test
  void answersGrafanasProbeForExemplarsWhoseTimesAreMilliseconds() {
    Answer probe =
        server.post(
            "/api/v1/query_exemplars",
            "query",
            "test",
            "start",
            NOW - 3600 + "000",
            "end",
            NOW + "000");

    assertThat(data(probe).toString()).isEqualTo("[]");
  }

  @Test
  void answersExemplarsWithTheirTraceIds() {
    JsonNode data =
        data(
            server.post(
                "/api/v1/query_exemplars",
                "query",
                "rate(" + SERIES + "[5m])",
                "start",
                "" + (NOW - 60),
                "end",
                "" + NOW));

    assertThat(data.size()).isOne();
    assertThat(data.get(0).get("seriesLabels").get("method").asString()).isEqualTo("GET");
    assertThat(data.get(0).get("exemplars").toString())
        .isEqualTo(
            "[{\"labels\":{\"trace_id\":\"0af7651916cd43dd8448eb211c80319c\"},\"value\":\"0.25\",\"timestamp\":"
                + (NOW - 1)
                + ".5}]");
  }

  @Test
  void answersExemplarsOfAnExpressionWithoutSelectorWithNoContent() {
    Answer answer = server.get("/api/v1/query_exemplars", "query", "1+1");

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void answersAVectorInTheOrderOfLabels() {
    JsonNode data = data(server.post("/api/v1/query", "query", SERIES, "time", NOW + ".250"));

    assertThat(data.get("resultType").asString()).isEqualTo("vector");
    assertThat(data.get("result").size()).isEqualTo(2);
    assertThat(data.get("result").get(0).toString())
        .isEqualTo(
            "{\"metric\":{\"__name__\":\""
                + SERIES
                + "\",\"job\":\"shop\",\"method\":\"GET\"},\"value\":["
                + NOW
                + ".25,\"600\"]}");
  }

  @Test
  void answersAMatrixOnTheStepsAsked() {
    JsonNode data =
        data(
            server.post(
                "/api/v1/query_range",
                "query",
                "sum by (method) (rate(" + SERIES + "[1m]))",
                "start",
                "" + (NOW - 120),
                "end",
                "" + NOW,
                "step",
                "60"));

    assertThat(data.get("resultType").asString()).isEqualTo("matrix");
    assertThat(data.get("result").get(0).toString())
        .isEqualTo(
            "{\"metric\":{\"method\":\"GET\"},\"values\":["
                + "["
                + (NOW - 120)
                + ",\"1\"],["
                + (NOW - 60)
                + ",\"1\"],["
                + NOW
                + ",\"1\"]]}");
  }

  @Test
  void answersANativeHistogramWithItsBuckets() {
    JsonNode result =
        data(server.get("/api/v1/query", "query", "latency", "time", "" + NOW)).get("result");

    assertThat(result.get(0).get("histogram").get(1).toString())
        .isEqualTo(
            "{\"count\":\"5\",\"sum\":\"6.5\",\"buckets\":["
                + "[1,\"-2\",\"-1\",\"1\"],[3,\"-0.001\",\"0.001\",\"1\"],[0,\"0.5\",\"1\",\"2\"],[0,\"2\",\"4\",\"1\"]]}");
    assertThat(result.get(0).has("value")).isFalse();
  }

  @Test
  void answersTextsAndEmptyResultsAsTheirTypes() {
    assertThat(data(server.get("/api/v1/query", "query", "\"a\"", "time", "4")).toString())
        .isEqualTo("{\"resultType\":\"string\",\"result\":[4,\"a\"]}");
    assertThat(data(server.get("/api/v1/query", "query", "nothing")).toString())
        .isEqualTo("{\"resultType\":\"vector\",\"result\":[]}");
  }

  @Test
  void truncatesAResultToTheLimitAndSaysSo() {
    Answer answer = server.get("/api/v1/query", "query", SERIES, "limit", "1");

    assertThat(data(answer).get("result").size()).isOne();
    assertThat(answer.json().get("warnings").toString())
        .isEqualTo("[\"results truncated due to limit\"]");
    Answer range =
        server.get(
            "/api/v1/query_range",
            "query",
            SERIES,
            "limit",
            "1",
            "start",
            "" + (NOW - 60),
            "end",
            "" + NOW,
            "step",
            "15");
    assertThat(data(range).get("result").size()).isOne();
    assertThat(range.json().get("warnings").toString())
        .isEqualTo("[\"results truncated due to limit\"]");
  }

  @Test
  void listsLabelNamesValuesAndSeriesForTheMetricBrowser() {
    String[] common = {
      "start", "" + (NOW - 3600), "end", "" + NOW, "limit", "40000", "match[]", "{__name__!=\"\"}"
    };

    assertThat(data(server.post("/api/v1/labels", common)).toString())
        .isEqualTo("[\"__name__\",\"job\",\"k8s.pod.name\",\"method\"]");
    assertThat(data(server.get("/api/v1/label/__name__/values", common)).toString())
        .isEqualTo("[\"" + SERIES + "\",\"latency\",\"up\"]");
    assertThat(data(server.get("/api/v1/label/U__k8s_2e_pod_2e_name/values", common)).toString())
        .isEqualTo("[\"a\"]");
    assertThat(data(server.post("/api/v1/series", common)).size()).isEqualTo(4);
  }

  @Test
  void cutsListsAtTheLimitAndSaysSo() {
    Answer answer = server.get("/api/v1/label/__name__/values", "limit", "2");

    assertThat(data(answer).size()).isEqualTo(2);
    assertThat(answer.json().get("warnings").toString())
        .isEqualTo("[\"results truncated due to limit\"]");
    assertThat(data(server.get("/api/v1/labels", "limit", "0")).size()).isEqualTo(4);
  }

  @Test
  void answersMetadataByMetric() {
    assertThat(data(server.get("/api/v1/metadata", "metric", SERIES)).toString())
        .isEqualTo(
            "{\"" + SERIES + "\":[{\"type\":\"counter\",\"help\":\"Requests.\",\"unit\":\"\"}]}");
    assertThat(data(server.get("/api/v1/metadata", "limit", "1")).size()).isOne();
    assertThat(data(server.get("/api/v1/metadata")).size()).isEqualTo(2);
  }

  @Test
  void formatsAQuery() {
    assertThat(data(server.get("/api/v1/format_query", "query", "sum(  up ) by(a)")).asString())
        .isEqualTo("sum by (a) (up)");
  }

  @Test
  void answersLabelsWithEndBeforeStart() {
    assertThat(data(server.get("/api/v1/labels", "start", "" + NOW, "end", "1")).toString())
        .isEqualTo("[]");
  }

  @Test
  void takesTimesOutsideWhatCanBeStoredForListsAsNoBound() {
    assertThat(data(server.get("/api/v1/labels", "start", "-9e12", "end", "9e12")).size())
        .isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "1d, 1",
    "1h30m, 2",
    "300, 6",
    "0.5h, 0",
    "5f, 0",
    "NaN, 0",
  })
  void readsStepsAsDurationsOrSeconds(String step, int points) {
    String day =
        "1d".equals(step)
            ? "" + (NOW - 3600)
            : "1h30m".equals(step) ? "" + (NOW - 6000) : "" + (NOW - 1500);
    Answer answer =
        server.get(
            "/api/v1/query_range",
            "query",
            "vector(1)",
            "start",
            day,
            "end",
            "" + NOW,
            "step",
            step);
    if (points == 0) {
      assertRefused(
          answer,
          400,
          "bad_data",
          "invalid parameter \"step\": cannot parse \"" + step + "\" to a valid duration");
    } else {
      assertThat(data(answer).get("result").get(0).get("values").size()).isEqualTo(points);
    }
  }

  @Test
  void readsTimesAsRfc3339() {
    JsonNode data =
        data(server.get("/api/v1/query", "query", "time()", "time", "1970-01-01T01:00:00.5+01:00"));

    assertThat(data.get("result").toString()).isEqualTo("[0.5,\"0.5\"]");
  }

  @Test
  void refusesWrongParametersAsPrometheusDoes() {
    assertRefused(
        server.post("/api/v1/query", "query", "sum("),
        400,
        "bad_data",
        "invalid parameter \"query\": 1:5: parse error: ");
    assertRefused(
        server.get("/api/v1/query", "query", "up", "time", "1d"),
        400,
        "bad_data",
        "invalid parameter \"time\": cannot parse \"1d\" to a valid timestamp");
    assertRefused(
        server.get("/api/v1/query", "query", "up", "timeout", "x"),
        400,
        "bad_data",
        "invalid parameter \"timeout\": cannot parse \"x\" to a valid duration");
    assertRefused(
        server.get("/api/v1/query_range", "query", "up", "start", "5", "end", "4", "step", "1"),
        400,
        "bad_data",
        "invalid parameter \"end\": end timestamp must not be before start time");
    assertRefused(
        server.get("/api/v1/query_range", "query", "up", "start", "1", "end", "4", "step", "0"),
        400,
        "bad_data",
        "invalid parameter \"step\": zero or negative query resolution step widths are not accepted");
    assertRefused(
        server.get("/api/v1/query_range", "query", "up", "start", "0", "end", "11001", "step", "1"),
        400,
        "bad_data",
        "exceeded maximum resolution of 11,000 points per timeseries");
    assertRefused(server.get("/api/v1/series"), 400, "bad_data", "no match[] parameter provided");
    assertRefused(
        server.get("/api/v1/series", "match[]", "{"),
        400,
        "bad_data",
        "invalid parameter \"match[]\": 1:");
    assertRefused(
        server.get("/api/v1/labels", "limit", "-1"), 400, "bad_data", "limit must be non-negative");
  }

  @Test
  void answersAnErrorOfTheRunningQueryWith422() {
    assertRefused(
        server.get("/api/v1/query", "query", "up + on() group_left " + SERIES, "time", "" + NOW),
        422,
        "execution",
        "many-to-many");
  }

  @Test
  void answersAnUnknownPathAndMethodAsAServerDoes() {
    assertThat(server.get("/api/v1/nothing").status()).isEqualTo(404);
    assertThat(server.get("/api/v1/nothing").type()).startsWith("text/plain");
    assertThat(server.post("/api/v1/label/job/values").status()).isEqualTo(405);
  }
}
