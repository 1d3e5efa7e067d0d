package dev.pharos.api.jaeger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.api.ApiServer;
import dev.pharos.api.ApiServer.Answer;
import dev.pharos.api.StoredTelemetry;
import dev.pharos.api.Traces;
import dev.pharos.query.ScanPool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class JaegerApiTest {
  private static final long START_MICROS = (ApiServer.NOW - 60) * 1_000_000;

  @TempDir static Path directory;

  private static StoredTelemetry stored;
  private static ApiServer server;

  @BeforeAll
  static void serve() {
    stored = new StoredTelemetry(directory).spans(Traces.otlp());
    server =
        new ApiServer(
            new JaegerApi(stored.traces(), ScanPool.NONE, ApiServer.TENANTS, ApiServer.slots())
                .routes(""));
  }

  @AfterAll
  static void stop() {
    server.close();
    stored.close();
  }

  private static JsonNode data(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.type()).startsWith("application/json");
    assertThat(answer.json().propertyNames())
        .containsExactly("data", "total", "limit", "offset", "errors");
    assertThat(answer.json().get("errors").isNull()).isTrue();
    return answer.json().get("data");
  }

  private static void assertRefused(Answer answer, int status, String message) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.type()).startsWith("application/json");
    assertThat(answer.json().get("data").isNull()).isTrue();
    JsonNode error = answer.json().get("errors").get(0);
    assertThat(error.get("code").asInt()).isEqualTo(status);
    assertThat(error.get("msg").asString()).contains(message);
  }

  @Test
  void listsServicesInOrder() {
    assertThat(data(server.get("/api/services")).toString()).isEqualTo("[\"db\",\"shop\"]");
  }

  @Test
  void listsOperationsOfAService() {
    assertThat(data(server.get("/api/services/shop/operations")).toString())
        .isEqualTo("[\"POST /pay\"]");
    assertThat(data(server.get("/api/services/none/operations")).toString()).isEqualTo("[]");
    assertThat(data(server.get("/api/operations", "service", "db")).toString())
        .isEqualTo("[{\"name\":\"SELECT\",\"spanKind\":\"client\"}]");
    assertThat(
            data(server.get("/api/operations", "service", "db", "spanKind", "server")).toString())
        .isEqualTo("[]");
    assertRefused(server.get("/api/operations"), 400, "'service'");
  }

  @Test
  void answersATraceWithItsProcesses() {
    JsonNode data = data(server.get("/api/traces/" + Traces.ID));

    assertThat(data.size()).isOne();
    JsonNode trace = data.get(0);
    assertThat(trace.get("traceID").asString()).isEqualTo(Traces.ID);
    assertThat(trace.get("spans").size()).isEqualTo(2);
    JsonNode root = trace.get("spans").get(0);
    assertThat(root.get("operationName").asString()).isEqualTo("POST /pay");
    assertThat(root.get("startTime").asLong()).isEqualTo(START_MICROS + 1);
    assertThat(root.get("duration").asLong()).isEqualTo(250_000);
    assertThat(root.get("references").toString()).isEqualTo("[]");
    JsonNode process = trace.get("processes").get(root.get("processID").asString());
    assertThat(process.toString())
        .isEqualTo(
            "{\"serviceName\":\"shop\",\"tags\":[{\"key\":\"host\",\"type\":\"string\",\"value\":\"h1\"}]}");
  }

  @Test
  void mapsAttributesKindStatusAndScopeToTypedTags() {
    JsonNode tags =
        data(server.get("/api/traces/" + Traces.ID)).get(0).get("spans").get(0).get("tags");

    assertThat(tags.valueStream().map(JsonNode::toString))
        .containsExactlyInAnyOrder(
            "{\"key\":\"http.status_code\",\"type\":\"int64\",\"value\":500}",
            "{\"key\":\"share\",\"type\":\"float64\",\"value\":0.5}",
            "{\"key\":\"retried\",\"type\":\"bool\",\"value\":true}",
            "{\"key\":\"http.route\",\"type\":\"string\",\"value\":\"/pay\"}",
            "{\"key\":\"otel.scope.name\",\"type\":\"string\",\"value\":\"http\"}",
            "{\"key\":\"otel.scope.version\",\"type\":\"string\",\"value\":\"1.2\"}",
            "{\"key\":\"span.kind\",\"type\":\"string\",\"value\":\"server\"}",
            "{\"key\":\"otel.status_code\",\"type\":\"string\",\"value\":\"ERROR\"}",
            "{\"key\":\"otel.status_description\",\"type\":\"string\",\"value\":\"card refused\"}",
            "{\"key\":\"error\",\"type\":\"bool\",\"value\":true}");
  }

  @Test
  void mapsEventsToLogsAndParentsAndLinksToReferences() {
    JsonNode spans = data(server.get("/api/traces/" + Traces.ID)).get(0).get("spans");

    assertThat(spans.get(0).get("logs").toString())
        .isEqualTo(
            "[{\"timestamp\":"
                + (START_MICROS + 100_000)
                + ",\"fields\":[{\"key\":\"event\",\"type\":\"string\",\"value\":\"exception\"},"
                + "{\"key\":\"exception.type\",\"type\":\"string\",\"value\":\"Refused\"}]}]");
    assertThat(spans.get(1).get("references").toString())
        .isEqualTo(
            "[{\"refType\":\"CHILD_OF\",\"traceID\":\""
                + Traces.ID
                + "\",\"spanID\":\""
                + Traces.ROOT
                + "\"},"
                + "{\"refType\":\"FOLLOWS_FROM\",\"traceID\":\"0af7651916cd43dd8448eb211c80319c\",\"spanID\":\""
                + Traces.ROOT
                + "\"}]");
  }

  @Test
  void findsATraceByAShortIdAndWithinMicroseconds() {
    String id = Traces.ID.replaceFirst("^0+", "");

    assertThat(
            data(server.get(
                    "/api/traces/" + id,
                    "start",
                    "" + START_MICROS,
                    "end",
                    "" + (START_MICROS + 1_000_000)))
                .size())
        .isOne();
    assertRefused(
        server.get("/api/traces/" + id, "start", "" + (START_MICROS + 1_000_000)),
        404,
        "trace not found");
  }

  private static int found(String... parameters) {
    var all = new ArrayList<>(List.of("service", "shop"));
    all.addAll(List.of(parameters));
    return data(server.get("/api/traces", all.toArray(String[]::new))).size();
  }

  @Test
  void findsWholeTracesOfAService() {
    JsonNode data =
        data(
            server.get(
                "/api/traces",
                "service",
                "db",
                "limit",
                "20",
                "lookback",
                "1h",
                "start",
                "" + START_MICROS,
                "end",
                "" + ApiServer.NOW * 1_000_000));

    assertThat(data.size()).isOne();
    assertThat(data.get(0).get("spans").size()).isEqualTo(2);
    assertThat(found("end", "" + START_MICROS)).isZero();
  }

  @Test
  void findsByOperationTagsAndDurationOfOneSpan() {
    assertThat(found("operation", "POST /pay")).isOne();
    assertThat(found("operation", "SELECT")).isZero();
    assertThat(found("tags", "{\"http.status_code\":\"500\",\"error\":\"true\"}")).isOne();
    assertThat(found("tags", "{\"http.status_code\":\"200\"}")).isZero();
    assertThat(found("tag", "http.route:/pay", "tag", "retried:true", "tag", "span.kind:server"))
        .isOne();
    assertThat(found("tag", "http.route:\" || true || .x = \"")).isZero();
    assertThat(found("minDuration", "249.5ms", "maxDuration", "0.25s")).isOne();
    assertThat(found("minDuration", "1m0.5s")).isZero();
  }

  @Test
  void findsTracesByTheirIds() {
    assertThat(data(server.get("/api/traces", "traceID", Traces.ID, "traceID", "ffff")).size())
        .isOne();
  }

  @Test
  void refusesAWrongSearch() {
    assertRefused(server.get("/api/traces"), 400, "parameter 'service' is required");
    assertRefused(
        server.get("/api/traces", "service", "a", "tags", "{\"n\":1}"),
        400,
        "malformed 'tags' parameter");
    assertRefused(
        server.get("/api/traces", "service", "a", "tags", "{"), 400, "malformed 'tags' parameter");
    assertRefused(
        server.get("/api/traces", "service", "a", "tag", "k"),
        400,
        "malformed 'tag' parameter, expecting key:value");
    assertRefused(
        server.get("/api/traces", "service", "a", "minDuration", "5"), 400, "'minDuration': \"5\"");
    assertRefused(
        server.get("/api/traces", "service", "a", "minDuration", "2s", "maxDuration", "1s"),
        400,
        "'maxDuration' should be greater than 'minDuration'");
    assertRefused(server.get("/api/traces", "service", "a", "limit", "0"), 400, "'limit'");
  }

  @Test
  void refusesWhatIsNoTraceIdOrTime() {
    assertRefused(server.get("/api/traces/ffff"), 404, "trace not found");
    assertRefused(server.get("/api/traces/xyz"), 400, "\"xyz\"");
    assertRefused(server.get("/api/traces/1", "start", "soon"), 400, "'start'");
    assertRefused(server.get("/api/traces/1", "start", "9223372036854775807"), 400, "'start'");
  }
}
