package dev.pharos.api.pharos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.api.ApiServer;
import dev.pharos.api.StoredTelemetry;
import dev.pharos.query.ScanPool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Comparisons, heat maps, structures and analyses of five hundred spans, of which one in ten is slow and fails.
class CompareApiTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long BASE = ApiServer.NOW - 600;

  @TempDir static Path directory;

  private static StoredTelemetry stored;
  private static ApiServer server;

  @BeforeAll
  static void serve() {
    var spans = new ArrayList<SentSpan>();
    for (int i = 1; i <= 500; i++) {
      boolean bad = i % 10 == 0;
      spans.add(
          new SentSpan(
              Map.of("service.name", "shop", "cloud.region", bad ? "south" : "north"),
              i,
              i,
              i % 2,
              "GET",
              2,
              bad,
              (BASE + i) * SECOND,
              bad ? 900_000_000L : 1_000_000L + i,
              Map.of("zone", bad ? "south-1" : "<b>\\u0000", "order", "o-" + i)));
    }
    stored = new StoredTelemetry(directory).spans(SentSpan.otlp(spans));
    var routes =
        new ArrayList<>(
            new CompareApi(stored.traces(), ScanPool.NONE, ApiServer.TENANTS, ApiServer.slots())
                .routes(""));
    routes.addAll(
        new HeatMapApi(stored.traces(), ScanPool.NONE, ApiServer.TENANTS, ApiServer.slots())
            .routes(""));
    routes.addAll(
        new StructureApi(stored.traces(), ScanPool.NONE, ApiServer.TENANTS, ApiServer.slots())
            .routes(""));
    routes.addAll(
        new TraceAnalysisApi(stored.traces(), ApiServer.TENANTS, ApiServer.slots()).routes(""));
    routes.addAll(
        new TraceSketchApi(stored.traces(), ApiServer.TENANTS, ApiServer.slots()).routes(""));
    server = new ApiServer(routes);
  }

  @AfterAll
  static void stop() {
    server.close();
    stored.close();
  }

  private static JsonNode compare(String... more) {
    var parameters = new ArrayList<>(List.of("start", "" + BASE, "end", Long.toString(BASE + 600)));
    parameters.addAll(List.of(more));
    return server.get("/api/v1/compare", parameters.toArray(String[]::new)).json();
  }

  @Test
  void ranksWhatSetsErrorsApart() {
    JsonNode json = compare("by", "errors");
    assertThat(json.path("inside").asInt()).isEqualTo(50);
    assertThat(json.path("outside").asInt()).isEqualTo(450);
    assertThat(json.path("by").asString()).isEqualTo("errors");
    assertThat(json.path("leastNanos").isNull()).isTrue();
    JsonNode row = json.path("rows").get(0);
    assertThat(row.path("scope").asString()).isEqualTo("resource");
    assertThat(row.path("key").asString()).isEqualTo("cloud.region");
    assertThat(row.path("value").asString()).isEqualTo("south");
    assertThat(row.path("type").asString()).isEqualTo("string");
    assertThat(row.path("inside").asDouble()).isEqualTo(1);
    assertThat(row.path("difference").asDouble()).isEqualTo(1);
    assertThat(row.path("values")).hasSize(2);
    assertThat(row.path("same").get(0).path("key").asString()).isEqualTo("zone");
    assertThat(row.path("same").get(1).path("key").asString()).isEqualTo("status");
    assertThat(json.path("tested").asInt() - json.path("hidden").asInt()).isEqualTo(3);
    assertThat(json.path("cost").path("rows").asInt()).isGreaterThanOrEqualTo(500);
  }

  @Test
  void countsErrorsBeforeATimeAmongTheRest() {
    JsonNode json = compare("by", "errors", "since", "" + (BASE + 401));
    assertThat(json.path("inside").asInt()).isEqualTo(10);
    assertThat(json.path("outside").asInt()).isEqualTo(490);
    JsonNode row = json.path("rows").get(0);
    assertThat(row.path("key").asString()).isEqualTo("cloud.region");
    assertThat(row.path("outside").asDouble()).isEqualTo(40 / 490.0);
    assertThat(compare("by", "errors", "since", "soon").path("error").asString())
        .startsWith("since: ");
  }

  @Test
  void takesABoxAndAFilter() {
    JsonNode json =
        compare(
            "by",
            "box",
            "q",
            "{ span.order != \"o-10\" }",
            "leastNanos",
            "500000000",
            "boxStart",
            "" + (BASE + 1),
            "boxEnd",
            "" + (BASE + 101));
    assertThat(json.path("inside").asInt()).isEqualTo(9);
    assertThat(json.path("outside").asInt()).isEqualTo(490);
    assertThat(json.path("leastNanos").asLong()).isEqualTo(500_000_000);
    assertThat(compare("by", "slow", "of", "roots").path("inside").asInt()).isEqualTo(0);
  }

  @Test
  void setsWhatAnotherFilterTakesAgainstTheRest() {
    JsonNode json =
        compare("by", "filter", "q", "{ status = error }", "inside", "{ span.order =~ \"o-.00\" }");
    assertThat(json.path("by").asString()).isEqualTo("filter");
    assertThat(json.path("inside").asInt()).isEqualTo(5);
    assertThat(json.path("outside").asInt()).isEqualTo(45);
    assertThat(compare("by", "filter", "inside", "{ }").path("outside").asInt()).isZero();
  }

  @Test
  void namesTheFilterThatIsWrong() {
    JsonNode syntax = compare("by", "filter", "inside", "{ status = error && }");
    assertThat(syntax.path("error").asString()).startsWith("inside: ");
    assertThat(syntax.path("position").path("line").asInt()).isEqualTo(1);
    assertThat(syntax.path("position").path("column").asInt()).isEqualTo(21);
    assertThat(compare("by", "filter", "inside", "{ } | count() > 1").path("error").asString())
        .startsWith("inside: not a filter of spans");
    assertThat(compare("by", "filter").path("error").asString())
        .isEqualTo("inside: \"\" (expected: a TraceQL filter of spans, { … })");
  }

  @Test
  void putsTracesTogether() {
    JsonNode json =
        server
            .get(
                "/api/v1/structure",
                "start",
                "" + BASE,
                "end",
                "" + (BASE + 600),
                "q",
                "{ status = error }")
            .json();
    assertThat(json.path("traces").asInt()).isEqualTo(50);
    assertThat(json.path("oneIn").asInt()).isEqualTo(1);
    assertThat(json.path("spans").asInt()).isEqualTo(50);
    assertThat(json.path("selfNanos").asLong()).isEqualTo(45_000_000_000L);
    assertThat(json.path("found").asInt()).isEqualTo(1);
    assertThat(json.path("complete").asBoolean()).isTrue();
    JsonNode node = json.path("nodes").get(0);
    assertThat(node.path("parent").asInt()).isEqualTo(-1);
    assertThat(node.path("service").asString()).isEqualTo("shop");
    assertThat(node.path("name").asString()).isEqualTo("GET");
    assertThat(node.path("kind").asString()).isEqualTo("server");
    assertThat(node.path("spans").asInt()).isEqualTo(50);
    assertThat(node.path("traces").asInt()).isEqualTo(50);
    assertThat(node.path("errors").asInt()).isEqualTo(50);
    assertThat(node.path("nanos").asLong()).isEqualTo(45_000_000_000L);
    assertThat(node.path("traceId").asString()).hasSize(32);
    assertThat(node.path("spanId").asString()).hasSize(16);
  }

  @Test
  void drawsAHeatMap() {
    JsonNode json =
        server
            .get("/api/v1/heatmap", "start", "" + BASE, "end", "" + (BASE + 600), "rows", "10")
            .json();
    assertThat(json.path("total").asInt()).isEqualTo(500);
    assertThat(json.path("edgesNanos")).hasSize(11);
    assertThat(json.path("counts")).hasSize(10);
    assertThat(json.path("counts").get(0)).hasSize(90);
    long slowest = 0;
    for (JsonNode cell : json.path("counts").get(9)) {
      slowest += cell.asLong();
    }
    assertThat(slowest).isEqualTo(50);
  }

  @Test
  void analysesATrace() {
    JsonNode json = server.get("/api/v1/traces/" + "%032x".formatted(10)).json();
    String span = "%016x".formatted(10);
    assertThat(json.path("spans").asInt()).isEqualTo(1);
    assertThat(json.path("durationNanos").asLong()).isEqualTo(900_000_000);
    assertThat(json.path("criticalPath").get(0).path("spanId").asString()).isEqualTo(span);
    assertThat(json.path("errorOrigin").asString()).isEqualTo(span);
    assertThat(json.path("services").get(0).path("service").asString()).isEqualTo("shop");
    assertThat(server.get("/api/v1/traces/" + "f".repeat(32)).status()).isEqualTo(404);
    assertThat(server.get("/api/v1/traces/nonsense").status()).isEqualTo(400);
  }

  @Test
  void drawsManyTracesInSmallAndLeavesOutWhatIsNotThere() {
    String ids = "%032x,%032x,%s".formatted(10, 11, "f".repeat(32));
    JsonNode json = server.get("/api/v1/sketches", "ids", ids).json();
    assertThat(json.path("traces")).hasSize(2);
    JsonNode first = json.path("traces").get(0);
    assertThat(first.path("traceId").asString()).isEqualTo("%032x".formatted(10));
    assertThat(first.path("durationNanos").asLong()).isEqualTo(900_000_000);
    assertThat(first.path("bars").get(0).path("service").asString()).isEqualTo("shop");
    assertThat(first.path("bars").get(0).path("toNanos").asLong()).isEqualTo(900_000_000);
    assertThat(server.get("/api/v1/sketches").json().path("error").asString())
        .isEqualTo("ids: 0 ids of traces (expected: 1 to 100, with commas between)");
  }

  @Test
  void saysWhatWasExpected() {
    assertThat(compare("by", "magic").path("error").asString())
        .isEqualTo("by: \"magic\" (expected: box, errors, filter or slow)");
    assertThat(compare("by", "slow", "of", "leaves").path("error").asString())
        .isEqualTo("of: \"leaves\" (expected: spans or roots)");
    assertThat(compare("by", "box", "leastNanos", "much").path("error").asString())
        .isEqualTo("leastNanos: \"much\" (expected: a whole number)");
    ApiServer.Answer syntax =
        server.get(
            "/api/v1/heatmap", "start", "" + BASE, "end", "" + (BASE + 1), "q", "{ status = }");
    assertThat(syntax.status()).isEqualTo(400);
    assertThat(syntax.json().path("position").path("column").asInt()).isPositive();
    assertThat(
            server.get("/api/v1/heatmap", "start", "2", "end", "1").json().path("error").asString())
        .contains("expected: after start");
  }
}
