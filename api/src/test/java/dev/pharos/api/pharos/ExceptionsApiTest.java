package dev.pharos.api.pharos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.api.ApiServer;
import dev.pharos.api.StoredTelemetry;
import dev.pharos.query.ScanPool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Exceptions of forty spans, one a second, of which every fourth threw.
class ExceptionsApiTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long BASE = ApiServer.NOW - 600;

  @TempDir static Path directory;

  private static StoredTelemetry stored;
  private static ApiServer server;

  @BeforeAll
  static void serve() {
    var spans = new StringJoiner(",");
    for (int i = 1; i <= 40; i++) {
      spans.add(
          """
          {"traceId":"%032x","spanId":"%016x","name":"GET %d","startTimeUnixNano":"%d",\
          "endTimeUnixNano":"%d","events":[%s]}"""
              .formatted(
                  i,
                  i,
                  i % 2,
                  (BASE + i) * SECOND,
                  (BASE + i) * SECOND + 5,
                  i % 4 > 0
                      ? ""
                      : """
                        {"timeUnixNano":"%d","name":"exception","attributes":[\
                        {"key":"exception.type","value":{"stringValue":"Timeout"}},\
                        {"key":"exception.message","value":{"stringValue":"<b>late\\nat %d"}}]}"""
                          .formatted((BASE + i) * SECOND + 4_000_000, i)));
    }
    stored =
        new StoredTelemetry(directory)
            .spans(
                """
                {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name",\
                "value":{"stringValue":"shop"}}]},"scopeSpans":[{"spans":[%s]}]}]}"""
                    .formatted(spans));
    server =
        new ApiServer(
            new ExceptionsApi(stored.traces(), ScanPool.NONE, ApiServer.TENANTS, ApiServer.slots())
                .routes(""));
  }

  @AfterAll
  static void stop() {
    server.close();
    stored.close();
  }

  private static JsonNode exceptions(String... more) {
    var parameters = new ArrayList<>(List.of("start", "" + BASE, "end", Long.toString(BASE + 50)));
    parameters.addAll(List.of(more));
    return server.get("/api/v1/exceptions", parameters.toArray(String[]::new)).json();
  }

  @Test
  void groupsByTypeAndFirstLine() {
    JsonNode json = exceptions("points", "5");
    assertThat(json.path("total").asInt()).isEqualTo(10);
    assertThat(json.path("found").asInt()).isEqualTo(1);
    assertThat(json.path("complete").asBoolean()).isTrue();
    JsonNode group = json.path("groups").get(0);
    assertThat(group.path("type").asString()).isEqualTo("Timeout");
    assertThat(group.path("message").asString()).isEqualTo("<b>late");
    assertThat(group.path("others").asBoolean()).isFalse();
    assertThat(group.path("count").asInt()).isEqualTo(10);
    assertThat(group.path("firstSeen").asLong()).isEqualTo((BASE + 4) * 1000 + 4);
    assertThat(group.path("lastSeen").asLong()).isEqualTo((BASE + 40) * 1000 + 4);
    assertThat(group.path("traceId").asString()).isEqualTo("%032x".formatted(40));
    assertThat(group.path("spanId").asString()).isEqualTo("%016x".formatted(40));
    assertThat(group.path("services").get(0).path("service").asString()).isEqualTo("shop");
    assertThat(group.path("services").get(0).path("count").asInt()).isEqualTo(10);
    assertThat(group.path("counts").toString()).isEqualTo("[2,2,3,2,1]");
    assertThat(json.path("cost").path("rows").asInt()).isEqualTo(40);
  }

  @Test
  void takesAFilterAndSaysWhatIsWrongWithIt() {
    assertThat(exceptions("q", "{ name = \"GET 1\" }").path("total").asInt()).isZero();
    assertThat(exceptions("q", "{ duration > 1s }").path("groups")).isEmpty();
    assertThat(exceptions("q", "{ nam").path("position").path("line").asInt()).isEqualTo(1);
    assertThat(exceptions("limit", "0").path("error").asString()).startsWith("limit: ");
  }
}
