package dev.pharos.api.tempo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.api.ApiServer;
import dev.pharos.api.ApiServer.Answer;
import dev.pharos.api.StoredTelemetry;
import dev.pharos.api.Traces;
import dev.pharos.model.SpanBatch;
import dev.pharos.query.ScanPool;
import dev.pharos.wire.otlp.OtlpCodec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class TempoApiTest {
  private static final String START = Long.toString(ApiServer.NOW - 3600);
  private static final String END = Long.toString(ApiServer.NOW);
  private static final String UNKNOWN = "ffffffffffffffffffffffffffffffff";

  @TempDir static Path directory;

  private static StoredTelemetry stored;
  private static ApiServer server;

  @BeforeAll
  static void serve() {
    stored = new StoredTelemetry(directory).spans(Traces.otlp());
    server =
        new ApiServer(
            new TempoApi(
                    stored.traces(), ScanPool.NONE, ApiServer.TENANTS, ApiServer.slots(), "test")
                .routes(""));
  }

  @AfterAll
  static void stop() {
    server.close();
    stored.close();
  }

  private static JsonNode json(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.type()).startsWith("application/json");
    return answer.json();
  }

  private static void assertRefused(Answer answer, String message) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.type()).startsWith("text/plain");
    assertThat(answer.text()).contains(message);
  }

  @Test
  void passesGrafanasHealthCheck() {
    Answer echo = server.get("/api/echo");

    assertThat(echo.status()).isEqualTo(200);
    assertThat(echo.text()).isEqualTo("echo");
    assertThat(json(server.get("/api/status/buildinfo")).get("version").asString())
        .isEqualTo("3.0.0");
  }

  @Test
  void answersATraceAsProtobufWithinAResponseInV2() {
    Answer answer = server.getWith("Accept", "application/protobuf", "/api/v2/traces/" + Traces.ID);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.type()).isEqualTo("application/protobuf");
    byte[] body = answer.body();
    assertThat(body[0]).as("field 1, length-delimited").isEqualTo((byte) 0x0a);
    int lengthBytes = 1;
    while (body[lengthBytes] < 0) {
      lengthBytes++;
    }
    SpanBatch spans =
        OtlpCodec.TRACES.decode(Arrays.copyOfRange(body, 1 + lengthBytes, body.length)).batch();
    assertThat(spans.rows()).isEqualTo(2);
  }

  @Test
  void answersATraceAsProtobufInV1() {
    Answer answer = server.getWith("Accept", "application/protobuf", "/api/traces/" + Traces.ID);

    assertThat(answer.type()).isEqualTo("application/protobuf");
    assertThat(OtlpCodec.TRACES.decode(answer.body()).batch().rows()).isEqualTo(2);
  }

  @Test
  void answersATraceAsJson() {
    JsonNode v1 = json(server.get("/api/traces/" + Traces.ID, "start", START, "end", END));
    JsonNode v2 = json(server.get("/api/v2/traces/" + Traces.ID));

    assertThat(v1.propertyNames()).containsExactly("batches");
    assertThat(v1.get("batches").size()).isEqualTo(2);
    assertThat(v2.propertyNames()).containsExactly("trace", "metrics");
    JsonNode span =
        v2.get("trace").get("resourceSpans").get(0).get("scopeSpans").get(0).get("spans").get(0);
    assertThat(span.get("name").asString()).isEqualTo("POST /pay");
    assertThat(span.get("startTimeUnixNano").isString()).isTrue();
    // Protobuf's own mapping, unlike OTLP's: ids are bytes in base64, enums have names.
    assertThat(Base64.getDecoder().decode(span.get("traceId").asString()))
        .isEqualTo(HexFormat.of().parseHex(Traces.ID));
    assertThat(Base64.getDecoder().decode(span.get("spanId").asString())).hasSize(8);
    assertThat(span.get("kind").asString()).isEqualTo("SPAN_KIND_SERVER");
  }

  @Test
  void findsATraceByAnIdWithoutItsLeadingZeros() {
    assertThat(
            json(server.get("/api/traces/" + Traces.ID.replaceFirst("^0+", "")))
                .get("batches")
                .size())
        .isEqualTo(2);
  }

  @Test
  void answersAnUnknownTraceWith404InV1AndEmptyInV2() {
    assertThat(server.get("/api/traces/" + UNKNOWN).status()).isEqualTo(404);
    assertThat(server.get("/api/v2/traces/" + UNKNOWN).text())
        .isEqualTo("{\"trace\":{},\"metrics\":{}}");
    assertThat(
            server.getWith("Accept", "application/protobuf", "/api/v2/traces/" + UNKNOWN).status())
        .isEqualTo(200);
    assertRefused(server.get("/api/v2/traces/not-hex"), "id: \"not-hex\"");
  }

  @Test
  void findsTracesWithTheirSpans() {
    JsonNode found =
        json(
            server.get(
                "/api/search",
                "q",
                "{ resource.service.name = \"shop\" && span.http.status_code = 500 }",
                "limit",
                "20",
                "spss",
                "3",
                "start",
                START,
                "end",
                END));

    assertThat(found.get("traces").size()).isOne();
    JsonNode trace = found.get("traces").get(0);
    assertThat(trace.get("traceID").asString()).isEqualTo(Traces.ID.replaceFirst("^0+", ""));
    assertThat(trace.get("rootServiceName").asString()).isEqualTo("shop");
    assertThat(trace.get("rootTraceName").asString()).isEqualTo("POST /pay");
    assertThat(trace.get("startTimeUnixNano").asString())
        .isEqualTo(ApiServer.NOW - 60 + "000001000");
    assertThat(trace.get("durationMs").isNumber()).isTrue();
    assertThat(trace.get("durationMs").asInt()).isEqualTo(250);
    assertThat(trace.get("serviceStats").toString())
        .isEqualTo("{\"db\":{\"spanCount\":1},\"shop\":{\"spanCount\":1,\"errorCount\":1}}");
    JsonNode set = trace.get("spanSets").get(0);
    assertThat(trace.get("spanSet")).isEqualTo(set);
    assertThat(set.get("matched").asInt()).isOne();
    JsonNode span = set.get("spans").get(0);
    assertThat(span.get("spanID").asString()).isEqualTo(Traces.ROOT);
    assertThat(span.get("durationNanos").asString()).isEqualTo("250000000");
    assertThat(span.get("attributes").toString())
        .contains("{\"key\":\"http.status_code\",\"value\":{\"intValue\":\"500\"}}");
    assertThat(found.get("metrics").isObject()).isTrue();
  }

  @Test
  void findsByLegacyTagsAndDurations() {
    assertThat(
            json(server.get("/api/search", "tags", "service.name=sho http.route=\"/pay\""))
                .get("traces")
                .size())
        .isOne();
    assertThat(json(server.get("/api/search", "tags", "service.name=SHO")).get("traces").isEmpty())
        .isTrue();
    assertThat(
            json(server.get("/api/search", "minDuration", "200ms", "maxDuration", "300ms"))
                .get("traces")
                .size())
        .isOne();
    assertThat(json(server.get("/api/search", "minDuration", "300ms")).get("traces").isEmpty())
        .isTrue();
    assertThat(json(server.get("/api/search", "tags", "http.status_code=500")).get("traces").size())
        .isOne();
    assertThat(json(server.get("/api/search")).get("traces").size()).isOne();
  }

  @Test
  void answersNoTracesAsAnEmptyList() {
    assertThat(json(server.get("/api/search", "q", "{ name = \"none\" }")).get("traces").toString())
        .isEqualTo("[]");
  }

  @Test
  void listsTagsByScopeAndFlat() {
    JsonNode scopes =
        json(server.get("/api/v2/search/tags", "limit", "5000", "start", START, "end", END))
            .get("scopes");
    JsonNode resource = json(server.get("/api/v2/search/tags", "scope", "resource")).get("scopes");
    JsonNode flat = json(server.get("/api/search/tags")).get("tagNames");

    assertThat(scopes.valueStream().map(scope -> scope.get("name").asString()))
        .contains("resource", "span", "event", "intrinsic");
    assertThat(resource.toString())
        .isEqualTo("[{\"name\":\"resource\",\"tags\":[\"host\",\"service.name\"]}]");
    assertThat(flat.valueStream().map(JsonNode::asString))
        .contains("service.name", "http.status_code");
  }

  @Test
  void listsTagValuesWithTheirTypes() {
    assertThat(
            json(server.get("/api/v2/search/tag/resource.service.name/values"))
                .get("tagValues")
                .toString())
        .isEqualTo(
            "[{\"type\":\"string\",\"value\":\"db\"},{\"type\":\"string\",\"value\":\"shop\"}]");
    assertThat(
            json(server.get(
                    "/api/v2/search/tag/resource.service.name/values",
                    "q",
                    "{ kind = client && name = }"))
                .get("tagValues")
                .toString())
        .isEqualTo("[{\"type\":\"string\",\"value\":\"db\"}]");
    assertThat(json(server.get("/api/v2/search/tag/status/values")).get("tagValues").toString())
        .contains("{\"type\":\"keyword\",\"value\":\"error\"}");
    assertThat(
            json(server.get("/api/v2/search/tag/span.http.status_code/values"))
                .get("tagValues")
                .toString())
        .isEqualTo("[{\"type\":\"int\",\"value\":\"500\"}]");
    assertThat(json(server.get("/api/search/tag/service.name/values")).toString())
        .isEqualTo("{\"tagValues\":[\"db\",\"shop\"]}");
  }

  @Test
  void refusesInPlainTextWhatIsWrong() {
    assertRefused(server.get("/api/search", "q", "{ name = "), "parse error");
    assertRefused(server.get("/api/search", "q", "{}", "limit", "0"), "invalid limit");
    assertRefused(server.get("/api/search", "q", "{}", "spss", "101"), "invalid spss");
    assertRefused(server.get("/api/search", "q", "{}", "start", "1"), "start/end");
    assertRefused(
        server.get("/api/search", "q", "{}", "start", "2", "end", "1"), "start must be before end");
    assertRefused(
        server.get("/api/search", "q", "{}", "start", "x", "end", "1"), "invalid start: \"x\"");
    assertRefused(
        server.get("/api/search", "q", "{}", "start", "1", "end", "99999999999999"), "invalid end");
    assertRefused(server.get("/api/v2/search/tags", "scope", "x"), "invalid scope: x");
    assertRefused(server.get("/api/search", "tags", "\"a"), "invalid tags");
  }

  @Test
  void answersWhatIsNotThereYetWith404() {
    assertThat(server.get("/api/metrics/query_range", "q", "{} | rate()").status()).isEqualTo(404);
  }
}
