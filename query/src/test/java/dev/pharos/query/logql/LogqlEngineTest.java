package dev.pharos.query.logql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.model.Labels;
import dev.pharos.query.Contexts;
import dev.pharos.query.QueryError;
import dev.pharos.query.QueryException;
import dev.pharos.query.memory.LogRecord;
import dev.pharos.query.memory.MemoryLogs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogqlEngineTest {
  private static final long S = 1_000_000_000L;
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final Map<String, Object> WEB =
      Map.of("service.name", "web", "k8s.pod.name", "web-1", "host.name", "h1", "env", "p");

  private static LogRecord record(Map<String, Object> resource, long seconds, Object body) {
    return new LogRecord(resource, "", Map.of(), seconds * S, 0, "", body, "", "");
  }

  private static LogRecord web(long seconds, Object body) {
    return record(WEB, seconds, body);
  }

  private static LogqlResult.Streams lines(String query, LogRecord... records) {
    var request =
        new LogqlRequest.Range(query, 0, 1000 * S, S, 100, LogqlRequest.Direction.BACKWARD);
    try (var context = Contexts.create()) {
      return (LogqlResult.Streams) engine(records).query(request, context);
    }
  }

  private static LogqlResult.Matrix range(
      String query, long start, long end, long step, LogRecord... records) {
    var request =
        new LogqlRequest.Range(
            query, start * S, end * S, step * S, 100, LogqlRequest.Direction.BACKWARD);
    try (var context = Contexts.create()) {
      return (LogqlResult.Matrix) engine(records).query(request, context);
    }
  }

  private static LogqlResult instant(String query, LogRecord... records) {
    try (var context = Contexts.create()) {
      return engine(records).query(new LogqlRequest.Instant(query, 60 * S), context);
    }
  }

  private static List<LogqlResult.Sample> vector(String query, LogRecord... records) {
    return ((LogqlResult.Vector) instant(query, records)).samples();
  }

  private static LogqlEngine engine(LogRecord... records) {
    return new LogqlEngine(new MemoryLogs(List.of(List.of(records))));
  }

  private static List<String> texts(LogqlResult.Streams result) {
    return result.streams().stream()
        .flatMap(s -> s.entries().stream())
        .map(LogqlResult.Entry::line)
        .toList();
  }

  private static LogqlResult.Entry only(LogqlResult.Streams result) {
    assertThat(result.streams()).hasSize(1);
    assertThat(result.streams().getFirst().entries()).hasSize(1);
    return result.streams().getFirst().entries().getFirst();
  }

  @Test
  void showsIndexedAttributesAsLabelsAndTheRestAsMetadata() {
    var record =
        new LogRecord(
            WEB,
            "lib",
            Map.of("http.route", "/x", "n", 5L, "m", Map.of("a", Map.of("b", true))),
            S,
            17,
            "ERROR",
            "boom",
            TRACE,
            "00f067aa0ba902b7");
    LogqlResult.Streams result = lines("{service_name=\"web\"}", record);
    assertThat(result.streams().getFirst().labels())
        .isEqualTo(Labels.of("service_name", "web", "k8s_pod_name", "web-1"));
    assertThat(only(result).metadata())
        .containsEntry("host_name", "h1")
        .containsEntry("env", "p")
        .containsEntry("scope_name", "lib")
        .containsEntry("http_route", "/x")
        .containsEntry("n", "5")
        .containsEntry("m_a_b", "true")
        .containsEntry("severity_number", "17")
        .containsEntry("severity_text", "ERROR")
        .containsEntry("trace_id", TRACE)
        .containsEntry("span_id", "00f067aa0ba902b7")
        .containsEntry("detected_level", "error");
    assertThat(only(result).parsed()).isEmpty();
    assertThat(result.merged().getFirst().labels().get("trace_id")).isEqualTo(TRACE);
  }

  @Test
  void findsAServiceNameThatIsMissing() {
    assertThat(
            texts(
                lines(
                    "{service_name=\"unknown_service\"}",
                    record(Map.of("host.name", "h"), 1, "a"))))
        .containsExactly("a");
    assertThat(texts(lines("{service_name=\"x\"}", record(Map.of("job", "x"), 1, "a"))))
        .containsExactly("a");
    assertThat(
            texts(
                lines(
                    "{service_name=\"y\"}",
                    record(Map.of("job", "x", "container.name", "y"), 1, "a"))))
        .containsExactly("a");
  }

  @Test
  void matchesSelectorsWholeAndAbsentLabelsAsEmpty() {
    LogRecord[] records = {web(1, "a"), record(Map.of("service.name", "payments"), 2, "b")};
    assertThat(texts(lines("{service_name=~\"pay\"}", records))).isEmpty();
    assertThat(texts(lines("{service_name=~\"(?i)PAY.*\"}", records))).containsExactly("b");
    assertThat(texts(lines("{service_name=~\".+\", k8s_pod_name=\"\"}", records)))
        .containsExactly("b");
    assertThat(texts(lines("{service_name=~\".+\", k8s_pod_name!=\"\"}", records)))
        .containsExactly("a");
  }

  @Test
  void filtersLines() {
    LogRecord line = web(1, "GET /Cart 200 ip=10.1.2.3");
    for (String kept :
        List.of(
            "|~ \"(?i)cart\"",
            "|= \"\"",
            "|~ \"C.rt\"",
            "!~ \"5..\"",
            "|= \"GET\" != \"500\"",
            "|= \"POST\" or \"GET\"",
            "|~ \"P.ST\" or \"G.T\"")) {
      assertThat(texts(lines("{service_name=\"web\"} " + kept, line))).as(kept).hasSize(1);
    }
    for (String dropped :
        List.of("|= \"cart\"", "!= \"POST\" or \"GET\"", "|= \"GET\" != \"200\"")) {
      assertThat(texts(lines("{service_name=\"web\"} " + dropped, line))).as(dropped).isEmpty();
    }
  }

  @Test
  void searchesABodyThatIsAMapAsJson() {
    LogRecord map = web(1, Map.of("user", "ann"));
    assertThat(
            texts(
                lines(
                    "{service_name=\"web\"} |= \"\\\"user\\\":\\\"ann\\\"\" | json | user=\"ann\"",
                    map)))
        .containsExactly("{\"user\":\"ann\"}");
  }

  @Test
  void readsLabelsFromJson() {
    String json =
        "{\"a\":{\"b\":1,\"c d\":\"x\"},\"ok\":true,\"n\":null,\"arr\":[1],\"d\":1.50,\"9x\":1,\"a.b-c\":2,\"\":3,"
            + "\"d\":7,\"env\":\"q\",\"service_name\":\"s\",\"u\":\"\\u00e9\\n\"}";
    assertThat(only(lines("{service_name=\"web\"} | json", web(1, json))).parsed())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "a_b",
                "1",
                "a_c_d",
                "x",
                "ok",
                "true",
                "d",
                "1.50",
                "_9x",
                "1",
                "a_b_c",
                "2",
                "env_extracted",
                "q",
                "service_name_extracted",
                "s",
                "u",
                "é\n"));
  }

  @Test
  void readsJsonPaths() {
    LogRecord line = web(1, "{\"a\":{\"b\":1},\"arr\":[5,{\"x\":2}],\"n\":null}");
    assertThat(
            only(lines(
                    "{service_name=\"web\"} | json x=\"a.b\", y=\"arr[0]\", z=\"a\", v=\"arr[1].x\", w=\"no\", n",
                    line))
                .parsed())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("x", "1", "y", "5", "z", "{\"b\":1}", "v", "2", "w", "", "n", ""));
    assertThat(only(lines("{service_name=\"web\"} | json x=\"a\"", web(1, ""))).parsed()).isEmpty();
  }

  @Test
  void keepsLinesThatAreNotJsonWithAnError() {
    var entry = only(lines("{service_name=\"web\"} | json", web(1, "{\"a\":1,\"b\":tru}")));
    assertThat(entry.parsed())
        .containsEntry("a", "1")
        .containsEntry("__error__", "JSONParserErr")
        .containsKey("__error_details__");
    assertThat(texts(lines("{service_name=\"web\"} | json | __error__=\"\"", web(1, "plain"))))
        .isEmpty();
    assertThat(
            texts(
                lines(
                    "{service_name=\"web\"} | json | __error__=\"JSONParserErr\"",
                    web(1, "plain"))))
        .hasSize(1);
    assertThat(
            only(lines(
                    "{service_name=\"web\"} | json | drop __error__, __error_details__ | logfmt",
                    web(1, "a=1")))
                .parsed())
        .isEqualTo(Map.of("a", "1"));
  }

  @Test
  void readsLabelsFromLogfmt() {
    LogRecord line = web(1, "a=1 b=\"x y\" c= d a=2");
    assertThat(only(lines("{service_name=\"web\"} | logfmt", line)).parsed())
        .isEqualTo(Map.of("a", "1", "b", "x y"));
    assertThat(only(lines("{service_name=\"web\"} | logfmt --keep-empty", line)).parsed())
        .isEqualTo(Map.of("a", "1", "b", "x y", "c", "", "d", ""));
    assertThat(only(lines("{service_name=\"web\"} | logfmt s, t=\"b\"", line)).parsed())
        .isEqualTo(Map.of("s", "", "t", "x y"));
    LogRecord open = web(1, "a=1 b=\"open");
    assertThat(only(lines("{service_name=\"web\"} | logfmt", open)).parsed())
        .isEqualTo(Map.of("a", "1"));
    assertThat(only(lines("{service_name=\"web\"} | logfmt --strict", open)).parsed())
        .containsEntry("a", "1")
        .containsEntry("__error__", "LogfmtParserErr");
    assertThat(only(lines("{service_name=\"web\"} | logfmt", web(1, "=x k=v=w ok=1"))).parsed())
        .isEqualTo(Map.of("ok", "1"));
  }

  @Test
  void filtersByLabels() {
    LogRecord line = web(1, "status=500 took=1500ms size=3mb code=200.0 n=1e3 word=x ip=10.1.2.3");
    for (String kept :
        List.of(
            "status>=500",
            "took>1s",
            "size>1MB",
            "code=200",
            "n=1000",
            "missing!=\"a\"",
            "missing=~\".*\"",
            "status=\"500\" or word>1",
            "word=\"y\" or status=\"500\" and n=1000",
            "env=\"p\", k8s_pod_name=\"web-1\"",
            "ip=ip(\"10.0.0.0/8\")",
            "word=~\"x|y\"",
            "took<1d")) {
      var entry = only(lines("{service_name=\"web\"} | logfmt | " + kept, line));
      assertThat(entry.parsed()).as(kept).doesNotContainKey("__error__");
    }
    for (String dropped :
        List.of(
            "status>500",
            "missing>1",
            "missing=~\".+\"",
            "code=\"200\"",
            "word=~\"xx|yy\"",
            "ip!=ip(\"10.0.0.0/8\")",
            "word=\"y\" and status=\"500\"")) {
      assertThat(texts(lines("{service_name=\"web\"} | logfmt | " + dropped, line)))
          .as(dropped)
          .isEmpty();
    }
    assertThat(
            only(lines("{service_name=\"web\"} | logfmt | word>1 or status=\"500\"", line))
                .parsed())
        .containsEntry("__error__", "LabelFilterErr");
  }

  @Test
  void findsLinesOfATraceWhereverItsIdStands() {
    LogRecord field = new LogRecord(WEB, "", Map.of(), S, 0, "", "field", TRACE, "");
    LogRecord attribute =
        new LogRecord(WEB, "", Map.of("trace.id", TRACE), 2 * S, 0, "", "attribute", "", "");
    LogRecord json = web(3, "{\"trace_id\":\"" + TRACE + "\"}");
    LogRecord other =
        new LogRecord(WEB, "", Map.of(), 4 * S, 0, "", "other", TRACE.replace('4', '5'), "");
    LogRecord[] all = {field, attribute, json, other};
    assertThat(texts(lines("{service_name=\"web\"} | trace_id=\"" + TRACE + "\"", all)))
        .containsExactly("attribute", "field");
    assertThat(texts(lines("{service_name=\"web\"} | json | trace_id=\"" + TRACE + "\"", all)))
        .containsExactly((String) json.body(), "attribute", "field");
  }

  @Test
  void dropsAndKeepsLabels() {
    LogRecord line = web(1, "a=1 b=2");
    assertThat(only(lines("{service_name=\"web\"} | logfmt | drop a, env", line)).parsed())
        .isEqualTo(Map.of("b", "2"));
    assertThat(only(lines("{service_name=\"web\"} | logfmt | drop a=\"2\"", line)).parsed())
        .isEqualTo(Map.of("a", "1", "b", "2"));
    var kept = lines("{service_name=\"web\"} | logfmt | keep a", line);
    assertThat(kept.merged().getFirst().labels()).isEqualTo(Labels.of("a", "1"));
  }

  @Test
  void limitsAndOrdersLinesAndDropsEqualOnes() {
    LogRecord[] records = {
      web(1, "a"), web(2, "b"), web(2, "b"), web(2, "c"), web(3, "d"), web(1000, "end")
    };
    var forward =
        new LogqlRequest.Range(
            "{service_name=\"web\"}", S, 1000 * S, S, 3, LogqlRequest.Direction.FORWARD);
    try (var context = Contexts.create()) {
      assertThat(texts((LogqlResult.Streams) engine(records).query(forward, context)))
          .containsExactly("a", "b", "c");
    }
    assertThat(texts(lines("{service_name=\"web\"}", records))).containsExactly("d", "b", "c", "a");
  }

  @Test
  void countsInWindowsOpenOnTheLeft() {
    LogRecord[] records = new LogRecord[7];
    for (int i = 0; i < 7; i++) {
      records[i] = web(i * 10L, "line " + i);
    }
    assertThat(vector("sum(count_over_time({service_name=\"web\"}[30s]))", records))
        .containsExactly(new LogqlResult.Sample(Labels.EMPTY, 3));
    assertThat(vector("sum(rate({service_name=\"web\"}[30s]))", records).getFirst().value())
        .isEqualTo(0.1);
    assertThat(
            vector("sum(bytes_over_time({service_name=\"web\"}[30s] offset 10s))", records)
                .getFirst()
                .value())
        .isEqualTo(18);
    assertThat(vector("sum(count_over_time({service_name=\"web\"}[0s]))", records)).isEmpty();
    var matrix = range("sum(count_over_time({service_name=\"web\"}[10s]))", 5, 95, 20, records);
    assertThat(matrix.series().getFirst().timeNanos()).containsExactly(0, 20 * S, 40 * S, 60 * S);
    assertThat(matrix.series().getFirst().values()).containsExactly(1, 1, 1, 1);
  }

  @Test
  void keepsMetadataAndParsedLabelsInSeries() {
    LogRecord[] records = {
      web(50, "{\"a\":\"1\"}"), web(51, "{\"a\":\"2\"}"), web(52, "{\"a\":\"2\"}")
    };
    assertThat(vector("count_over_time({service_name=\"web\"} | json [1m])", records))
        .hasSize(2)
        .allSatisfy(s -> assertThat(s.labels().get("host_name")).isEqualTo("h1"));
    assertThat(vector("sum by (a) (count_over_time({service_name=\"web\"} | json [1m]))", records))
        .containsExactly(
            new LogqlResult.Sample(Labels.of("a", "1"), 1),
            new LogqlResult.Sample(Labels.of("a", "2"), 2));
    assertThat(
            vector(
                "topk(1, sum by (a) (count_over_time({service_name=\"web\"} | json [1m])))",
                records))
        .containsExactly(new LogqlResult.Sample(Labels.of("a", "2"), 2));
    assertThat(
            vector(
                "max without (a) (sum by (a,env) (count_over_time({service_name=\"web\"} | json [1m])))",
                records))
        .containsExactly(new LogqlResult.Sample(Labels.of("env", "p"), 2));
  }

  @Test
  void refusesAMetricOverLinesInError() {
    assertThatThrownBy(
            () -> vector("count_over_time({service_name=\"web\"} | json [1m])", web(50, "plain")))
        .hasMessageContaining("pipeline error")
        .hasMessageContaining("JSONParserErr")
        .hasMessageContaining("__error__=\"\"");
    assertThat(
            vector(
                "sum(count_over_time({service_name=\"web\"} | json | __error__=\"\" [1m]))",
                web(50, "plain")))
        .isEmpty();
  }

  @Test
  void computesWithNumbersAndVectors() {
    LogRecord[] records = {web(50, "a"), web(51, "b")};
    assertThat(((LogqlResult.Scalar) instant("1+2*3^2")).value()).isEqualTo(19);
    assertThat(((LogqlResult.Scalar) instant("7==7")).value()).isEqualTo(1);
    assertThat(((LogqlResult.Scalar) instant("10 / 0")).value()).isInfinite();
    assertThat(vector("vector(1)+vector(1)"))
        .containsExactly(new LogqlResult.Sample(Labels.EMPTY, 2));
    String count = "sum by (k8s_pod_name) (count_over_time({service_name=\"web\"}[1m]))";
    Labels pod = Labels.of("k8s_pod_name", "web-1");
    assertThat(vector(count + " > 1", records)).containsExactly(new LogqlResult.Sample(pod, 2));
    assertThat(vector("1 < " + count, records)).containsExactly(new LogqlResult.Sample(pod, 2));
    assertThat(vector(count + " > bool 2", records))
        .containsExactly(new LogqlResult.Sample(pod, 0));
    assertThat(vector(count + " > 2", records)).isEmpty();
    assertThat(vector(count + " / 0", records).getFirst().value()).isNaN();
    assertThat(vector(count + " / " + count, records))
        .containsExactly(new LogqlResult.Sample(pod, 1));
    assertThat(vector(count + " or vector(0)", records))
        .containsExactly(new LogqlResult.Sample(Labels.EMPTY, 0), new LogqlResult.Sample(pod, 2));
    assertThat(vector(count + " and on() vector(0)", records)).hasSize(1);
    assertThat(vector(count + " unless on() vector(0)", records)).isEmpty();
    assertThat(
            vector(
                    "label_replace(" + count + ", \"n\", \"$1\", \"k8s_pod_name\", \"web-(.*)\")",
                    records)
                .getFirst()
                .labels())
        .isEqualTo(Labels.of("k8s_pod_name", "web-1", "n", "1"));
    assertThat(
            vector("absent_over_time({service_name=\"none\", k8s_pod_name=~\".*\"}[1m])", records))
        .containsExactly(new LogqlResult.Sample(Labels.of("service_name", "none"), 1));
  }

  private static String sumBy(String labels) {
    return "sum by (" + labels + ") (count_over_time({service_name=\"web\"} | json [1m]))";
  }

  @Test
  void findsTheSeriesOfTwoSidesByTheirLabels() {
    LogRecord[] records = {
      web(50, "{\"a\":\"1\",\"b\":\"x\"}"),
      web(51, "{\"a\":\"1\",\"b\":\"y\"}"),
      web(52, "{\"a\":\"2\",\"b\":\"y\"}")
    };
    assertThat(vector(sumBy("a,b") + " / on (a) group_left () " + sumBy("a"), records))
        .containsExactly(
            new LogqlResult.Sample(Labels.of("a", "1", "b", "x"), 0.5),
            new LogqlResult.Sample(Labels.of("a", "1", "b", "y"), 0.5),
            new LogqlResult.Sample(Labels.of("a", "2", "b", "y"), 1));
    assertThat(vector(sumBy("a") + " > on (a) group_right () " + sumBy("a,b"), records))
        .containsExactly(
            new LogqlResult.Sample(Labels.of("a", "1", "b", "x"), 2),
            new LogqlResult.Sample(Labels.of("a", "1", "b", "y"), 2));
    assertThat(vector(sumBy("a") + " / on () group_left () vector(0)", records))
        .hasSize(2)
        .allSatisfy(sample -> assertThat(sample.value()).isNaN());
    assertThatThrownBy(() -> vector(sumBy("b") + " / on () " + sumBy("a"), records))
        .hasMessageContaining("found duplicate series")
        .hasMessageContaining("many-to-many matching not allowed");
    assertThatThrownBy(() -> vector(sumBy("a") + " / on () vector(1)", records))
        .hasMessageContaining("multiple matches for labels");
  }

  @Test
  void aggregatesAndRanksSeries() {
    LogRecord[] records = {
      web(50, "{\"a\":\"1\"}"),
      web(51, "{\"a\":\"2\"}"),
      web(52, "{\"a\":\"2\"}"),
      web(53, "{\"a\":\"2\"}")
    };
    for (String expected : List.of("avg 2", "min 1", "max 3", "count 2", "stddev 1", "stdvar 1")) {
      String function = expected.substring(0, expected.indexOf(' '));
      double value = Double.parseDouble(expected.substring(function.length()));
      assertThat(vector(function + "(" + sumBy("a") + ")", records))
          .as(function)
          .containsExactly(new LogqlResult.Sample(Labels.EMPTY, value));
    }
    for (String ranked : List.of("sort_desc(", "topk(2, ", "topk(3, ")) {
      assertThat(vector(ranked + sumBy("a") + ")", records))
          .as(ranked)
          .extracting(LogqlResult.Sample::value)
          .containsExactly(3.0, 1.0);
    }
    assertThat(vector("bottomk(1, " + sumBy("a") + ")", records))
        .containsExactly(new LogqlResult.Sample(Labels.of("a", "1"), 1));
  }

  @Test
  void answersGrafanasHealthCheck() {
    assertThat(vector("vector(1)+vector(1)"))
        .containsExactly(new LogqlResult.Sample(Labels.EMPTY, 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{a=\"b\"} | line_format \"x\"", "{a=\"b\"} | regexp \"(?P<x>.)\"",
            "{a=\"b\"} | pattern \"<x> \"", "{a=\"b\"} | unpack",
        "{a=\"b\"} | label_format x=y", "{a=\"b\"} | decolorize", "{a=\"b\"} |> \"x<_>\"",
            "{a=\"b\"} |= ip(\"1.2.3.4\")",
        "sum_over_time({a=\"b\"} | unwrap x [1m])", "rate({a=\"b\"} | unwrap x [1m])",
            "approx_topk(1, rate({a=\"b\"}[1m]))"
      })
  void refusesByNameWhatItCannotRunYet(String query) {
    assertThatThrownBy(() -> lines(query))
        .isInstanceOfSatisfying(
            QueryException.class,
            e -> assertThat(e.error()).isInstanceOf(QueryError.Unsupported.class))
        .hasMessageEndingWith("is not supported yet");
  }

  @Test
  void refusesWhatLokiRefuses() {
    assertThatThrownBy(() -> instant("{service_name=\"web\"}"))
        .hasMessageContaining("log queries are not supported as an instant");
    assertThatThrownBy(() -> range("vector(1)", 0, 20_000, 1))
        .hasMessageContaining("11,000 points");
    assertThat(lines("{service_name=\"web\"}").streams()).isEmpty();
  }
}
