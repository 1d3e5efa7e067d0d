package dev.pharos.components.otlp.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pharos.pipeline.config.ComponentId;
import dev.pharos.pipeline.config.ConfigLoader;
import dev.pharos.pipeline.config.Problem;
import dev.pharos.pipeline.config.Problems;
import dev.pharos.pipeline.config.schema.Decoding;
import dev.pharos.pipeline.config.settings.KeepaliveServerSettings;
import dev.pharos.pipeline.config.settings.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpReceiverConfigTest {
  private final Problems problems = new Problems();

  private OtlpReceiverConfig decode(String yaml) {
    ConfigLoader loader =
        new ConfigLoader(_ -> Optional.empty(), Path.of(""), Map.of("test:x", yaml), Set.of());
    return OtlpReceiverConfig.SCHEMA
        .decode(
            loader.load(List.of("test:x"), List.of()).root(),
            new Decoding("receivers::otlp", problems))
        .orElseThrow();
  }

  private OtlpReceiverConfig file(String name) throws Exception {
    for (Path dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
      Path candidate = dir.resolve("shared/conformance/collector/otlpreceiver").resolve(name);
      if (Files.exists(candidate)) {
        return decode(Files.readString(candidate));
      }
    }
    assertThat(System.getenv("CI"))
        .as("conformance data is not at hand on CI")
        .isNotEqualTo("true");
    assumeTrue(false, "conformance data is not at hand");
    throw new AssertionError("unreachable");
  }

  private List<String> errors() {
    return problems.errors().stream().map(Problem::toString).toList();
  }

  @Test
  void listensWhereTheCollectorDoesByDefault() throws Exception {
    OtlpReceiverConfig config = file("default.yaml");
    assertThat(config.grpc().orElseThrow().endpoint()).isEqualTo("localhost:4317");
    OtlpReceiverConfig.Http http = config.http().orElseThrow();
    assertThat(http.server().endpoint()).isEqualTo("localhost:4318");
    assertThat(http.server().maxRequestBodySize()).isEqualTo(20 << 20);
    assertThat(http.server().readHeaderTimeout()).isZero();
    assertThat(http.server().writeTimeout()).isZero();
    assertThat(http.server().idleTimeout()).isZero();
    assertThat(List.of(http.tracesUrlPath(), http.metricsUrlPath(), http.logsUrlPath()))
        .containsExactly("/v1/traces", "/v1/metrics", "/v1/logs");
    assertThat(errors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"only_http.yaml", "only_http_null.yaml", "only_http_empty_map.yaml"})
  void turnsOnHttpAlone(String name) throws Exception {
    OtlpReceiverConfig config = file(name);
    assertThat(config.grpc()).isEmpty();
    assertThat(config.http().orElseThrow().server().endpoint()).isEqualTo("localhost:4318");
    assertThat(errors()).isEmpty();
  }

  @Test
  void turnsOnGrpcAlone() throws Exception {
    OtlpReceiverConfig config = file("only_grpc.yaml");
    assertThat(config.grpc()).isPresent();
    assertThat(config.http()).isEmpty();
    assertThat(errors()).isEmpty();
  }

  @Test
  void readsEverySetting() throws Exception {
    OtlpReceiverConfig config = file("config.yaml");
    assertThat(errors()).isEmpty();
    var grpc = config.grpc().orElseThrow();
    assertThat(grpc.tls().orElseThrow().material().certFile()).isEqualTo("test.crt");
    assertThat(grpc.maxRecvMsgSizeMib()).isEqualTo(32);
    assertThat(grpc.maxConcurrentStreams()).isEqualTo(16);
    assertThat(grpc.readBufferSize()).isEqualTo(1024);
    assertThat(grpc.keepalive())
        .contains(
            new KeepaliveServerSettings(
                Duration.ofSeconds(11),
                Duration.ofSeconds(12),
                Duration.ofSeconds(13),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                true));
    OtlpReceiverConfig.Http http = config.http().orElseThrow();
    assertThat(http.server().auth().orElseThrow().authenticator())
        .contains(ComponentId.parse("test"));
    assertThat(http.server().cors().orElseThrow().allowedOrigins())
        .containsExactly("https://*.test.com", "https://test.com");
    assertThat(http.server().cors().orElseThrow().maxAgeSeconds()).isEqualTo(7200);
    assertThat(List.of(http.tracesUrlPath(), http.metricsUrlPath(), http.logsUrlPath()))
        .containsExactly("/traces", "/v2/metrics", "/log/ingest");
  }

  @Test
  void listensOnSocketFiles() throws Exception {
    OtlpReceiverConfig config = file("uds.yaml");
    assertThat(errors()).isEmpty();
    assertThat(config.grpc().orElseThrow().transport()).isEqualTo(Transport.UNIX);
    assertThat(config.http().orElseThrow().server().endpoint()).isEqualTo("/tmp/http_otlp.sock");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bad_no_proto_config.yaml | 1:11: receivers::otlp::protocols: must specify at least one protocol",
        "bad_proto_config.yaml | 2:3: receivers::otlp::protocols: unknown key \"thrift\" (expected: one of grpc, http)",
        "typo_default_proto_config.yaml | 4:3: receivers::otlp::protocols: unknown key \"htttp\"; did you mean "
            + "\"http\"?",
        "invalid_traces_path.yaml | 3:22: receivers::otlp::protocols::http::traces_url_path: \":invalid\" "
            + "(expected: a path",
        "invalid_metrics_path.yaml | http::metrics_url_path: \":invalid\" (expected: a path",
        "invalid_logs_path.yaml | http::logs_url_path: \":invalid\" (expected: a path",
        "invalid_profiles_path.yaml | 3:5: receivers::otlp::protocols::http: unknown key \"profiles_url_path\""
      })
  void refusesWhatTheCollectorRefuses(String name, String message) throws Exception {
    file(name);
    assertThat(errors()).singleElement().asString().contains(message);
  }

  @Test
  void namesTheMistypedEndpoint() {
    decode("protocols:\n  grpc:\n    endpont: localhost:4317\n");
    assertThat(errors())
        .singleElement()
        .asString()
        .startsWith(
            "test:x:3:5: receivers::otlp::protocols::grpc: unknown key \"endpont\"; did you mean \"endpoint\"?");
  }
}
