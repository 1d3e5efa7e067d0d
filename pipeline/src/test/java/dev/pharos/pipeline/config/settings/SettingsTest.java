package dev.pharos.pipeline.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.pipeline.config.Problem;
import dev.pharos.pipeline.config.Problems;
import dev.pharos.pipeline.config.Yaml;
import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.schema.Decoding;
import dev.pharos.pipeline.config.schema.Header;
import dev.pharos.pipeline.config.schema.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private final Problems problems = new Problems();

  private <T> T decode(ConfigSchema<T> schema, String yaml) {
    return schema.decode(Yaml.root(yaml), new Decoding("x", problems)).orElseThrow();
  }

  private List<String> errors() {
    return problems.errors().stream().map(p -> p.path() + ": " + p.message()).toList();
  }

  @Test
  void retriesAsTheCollectorDoesByDefault() {
    assertThat(ExporterSettings.SCHEMA.defaults().retry())
        .isEqualTo(
            new RetrySettings(
                true,
                Duration.ofSeconds(5),
                0.5,
                1.5,
                Duration.ofSeconds(30),
                Duration.ofSeconds(300)));
    assertThat(ExporterSettings.SCHEMA.defaults().timeout()).isEqualTo(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{enabled: false, initial_interval: 10s, max_elapsed_time: 9s} | x::max_elapsed_time: must not be less "
            + "than initial_interval",
        "{max_elapsed_time: 20s} | x::max_elapsed_time: must not be less than max_interval",
        "{randomization_factor: 1.1} | x::randomization_factor: 1.1 (expected: from 0 to 1)",
        "{multiplier: -1} | x::multiplier: -1.0 (expected: at least 0)",
        "{max_interval: -1s} | x::max_interval: PT-1S (expected: not negative)"
      })
  void refusesImpossibleRetries(String yaml, String message) {
    decode(RetrySettings.SCHEMA, yaml);
    assertThat(errors()).containsExactly(message);
  }

  @Test
  void warnsOfWhatTheCollectorAcceptsSurprisingly() {
    decode(RetrySettings.SCHEMA, "{initial_interval: 40s}");
    decode(ExporterSettings.SCHEMA, "{timeout: -1s}");
    decode(HttpServerSettings.SCHEMA, "{endpoint: 'a:1', read_timeout: -1s}");
    assertThat(problems.errors()).isEmpty();
    assertThat(problems.warnings())
        .extracting(Problem::path)
        .containsExactlyInAnyOrder("x::initial_interval", "x::timeout", "x::read_timeout");
  }

  @Test
  void warnsOfWhatIsSetAndHasNoEffect() {
    decode(TlsClientSettings.SCHEMA, "{reload_interval: 1h, curve_preferences: [X25519]}");
    decode(HttpClientSettings.SCHEMA, "{disable_keep_alives: true, cookies: {enabled: true}}");
    assertThat(problems.errors()).isEmpty();
    assertThat(problems.warnings())
        .extracting(Problem::path)
        .containsExactlyInAnyOrder(
            "x::reload_interval", "x::curve_preferences", "x::disable_keep_alives", "x::cookies");
  }

  @Test
  void refusesLevelsThatACompressionDoesNotHave() {
    decode(HttpClientSettings.SCHEMA, "{compression: zstd, compression_params: {level: 11}}");
    assertThat(errors()).isEmpty();
    decode(HttpClientSettings.SCHEMA, "{compression: gzip, compression_params: {level: 11}}");
    assertThat(errors())
        .containsExactly("x::compression_params: level 11 of gzip (expected: up to 9)");
  }

  @Test
  void readsHeadersAsMapAndAsList() {
    List<Header> expected =
        List.of(new Header("a", Secret.of("1x")), new Header("b", Secret.of("2x")));
    assertThat(decode(GrpcClientSettings.SCHEMA, "{headers: {a: 1x, b: 2x}}").headers())
        .isEqualTo(expected);
    String list = "{headers: [{name: a, value: 1x}, {name: b, value: 2x}]}";
    assertThat(decode(HttpClientSettings.SCHEMA, list).headers()).isEqualTo(expected);
    assertThat(errors()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ca_file: a, ca_pem: b} | x::ca_file: is set together with ca_pem (expected: one of them)",
        "{cert_file: a} | x: TLS needs both a certificate and its key, or neither; key_file or key_pem is missing",
        "{min_version: '1.3', max_version: '1.2'} | x::max_version: 1.2 (expected: at least min_version, 1.3)",
        "{cipher_suites: [TLS_NONE]} | x::cipher_suites: TLS_NONE (expected: one that the JDK has, such as "
            + "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)",
        "{min_version: '2'} | x::min_version: \"2\" (expected: one of \"\", 1.0, 1.1, 1.2, 1.3)"
      })
  void refusesTlsThatCannotWork(String yaml, String message) {
    decode(TlsClientSettings.SCHEMA, yaml);
    assertThat(errors()).containsExactly(message);
  }

  @Test
  void needsACertificateToServeTls() {
    decode(GrpcServerSettings.SCHEMA, "{tls: }");
    assertThat(errors())
        .singleElement()
        .asString()
        .contains("a server needs cert_file and key_file");
  }

  @Test
  void takesOtherDefaultsFromTheComponent() {
    Map<String, String> defaults =
        Map.of("timeout", "30s", "compression", "gzip", "tls::insecure", "true");
    ConfigSchema<HttpClientSettings> otlp = HttpClientSettings.SCHEMA.withDefaults(defaults);
    HttpClientSettings settings = decode(otlp, "{endpoint: 'http://h:1', tls: {ca_file: f}}");
    assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.compression()).isEqualTo("gzip");
    assertThat(settings.tls().insecure()).isTrue();
    assertThat(settings.tls().material().caFile()).isEqualTo("f");
    ConfigSchema<HttpClientSettings> inlined = ConfigSchema.of(keys -> keys.inline(otlp));
    assertThat(decode(inlined, "{}").compression()).isEqualTo("gzip");
    assertThat(inlined.withDefaults(Map.of("compression", "zstd")).defaults().compression())
        .isEqualTo("zstd");
  }

  @Test
  void countsMessageSizesInMebibytes() {
    assertThat(
            decode(GrpcServerSettings.SCHEMA, "{max_recv_msg_size_mib: 32}").maxRecvMsgSizeBytes())
        .isEqualTo(32 << 20);
    assertThat(GrpcServerSettings.SCHEMA.defaults().maxRecvMsgSizeBytes()).isEqualTo(4 << 20);
    assertThat(decode(HttpServerSettings.SCHEMA, "{max_request_body_size: 0}").maxRequestBodySize())
        .isEqualTo(20 << 20);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:4317, localhost, 4317",
    ":0, '', 0",
    "[::1]:80, ::1, 80",
    "0.0.0.0:65535, 0.0.0.0, 65535"
  })
  void readsListenAddresses(String text, String host, int port) {
    assertThat(ListenAddress.parse(text))
        .contains(new ListenAddress(host, port))
        .get()
        .hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "localhost:",
        "a:b",
        "a:70000",
        "::1:80",
        "http://x:1",
        "1212:212121:2121"
      })
  void refusesWhatIsNoListenAddress(String text) {
    assertThat(ListenAddress.parse(text)).isEmpty();
  }

  @Test
  void refusesAServerEndpointWithoutPortUnlessItIsASocketFile() {
    decode(GrpcServerSettings.SCHEMA, "{endpoint: localhost}");
    assertThat(errors())
        .containsExactly(
            "x::endpoint: \"localhost\" (expected: host:port, a port from 0 to 65535)");
    assertThat(decode(GrpcServerSettings.SCHEMA, "{endpoint: /tmp/s, transport: unix}").transport())
        .isEqualTo(Transport.UNIX);
    assertThat(errors()).hasSize(1);
  }
}
