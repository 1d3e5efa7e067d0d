package dev.pharos.components.otlp.receiver;

import dev.pharos.model.Signal;
import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.schema.ConfigType;
import dev.pharos.pipeline.config.schema.ConfigTypes;
import dev.pharos.pipeline.config.settings.GrpcServerSettings;
import dev.pharos.pipeline.config.settings.HttpServerSettings;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The settings of the receiver `otlp`; a protocol is on if its key is there. At least one is on.
public record OtlpReceiverConfig(Optional<GrpcServerSettings> grpc, Optional<Http> http) {
  /// OTLP over HTTP. The paths start with `/`.
  public record Http(
      HttpServerSettings server, String tracesUrlPath, String metricsUrlPath, String logsUrlPath) {
    String path(Signal signal) {
      return switch (signal) {
        case TRACES -> tracesUrlPath;
        case METRICS -> metricsUrlPath;
        case LOGS -> logsUrlPath;
      };
    }
  }

  /// Segments of unreserved characters, percent escapes and the signs that a path may hold; no colon before the first
  /// slash, since that would be a scheme.
  private static final Pattern PATH =
      Pattern.compile("/?(?:[A-Za-z0-9._~!$&'()*+,;=@%-]+(?:/[A-Za-z0-9._~!$&'()*+,;=:@%-]*)*)?");

  private static final ConfigType<String> URL_PATH =
      ConfigTypes.checked(
          "path",
          ConfigTypes.text(),
          (_, path) ->
              PATH.matcher(path).matches()
                  ? Optional.empty()
                  : Optional.of("a path such as /v1/traces"));

  private static final ConfigSchema<GrpcServerSettings> GRPC =
      GrpcServerSettings.SCHEMA.withDefaults(
          Map.of("endpoint", "localhost:4317", "read_buffer_size", "524288"));

  private static final ConfigSchema<HttpServerSettings> HTTP_SERVER =
      HttpServerSettings.SCHEMA.withDefaults(
          Map.of(
              "endpoint", "localhost:4318",
              "read_header_timeout", "0s",
              "write_timeout", "0s",
              "idle_timeout", "0s"));

  private static final ConfigSchema<Http> HTTP =
      ConfigSchema.of(
          keys ->
              new Http(
                  keys.inline(HTTP_SERVER),
                  rooted(
                      keys.field(
                          "traces_url_path", URL_PATH, "/v1/traces", "where spans are taken")),
                  rooted(
                      keys.field(
                          "metrics_url_path", URL_PATH, "/v1/metrics", "where metrics are taken")),
                  rooted(
                      keys.field(
                          "logs_url_path", URL_PATH, "/v1/logs", "where log records are taken"))));

  private static final ConfigSchema<OtlpReceiverConfig> PROTOCOLS =
      ConfigSchema.of(
          keys ->
              new OtlpReceiverConfig(
                  keys.optional("grpc", GRPC, "OTLP over gRPC; on if the key is there"),
                  keys.optional("http", HTTP, "OTLP over HTTP; on if the key is there")));

  /// The body of the component.
  public static final ConfigSchema<OtlpReceiverConfig> SCHEMA =
      ConfigSchema.<OtlpReceiverConfig>of(
              keys -> keys.section("protocols", PROTOCOLS, "the protocols that are on"))
          .check(
              (config, check) -> {
                if (config.grpc.isEmpty() && config.http.isEmpty()) {
                  check.error(
                      "protocols",
                      "must specify at least one protocol when using the OTLP receiver");
                }
              });

  private static String rooted(String path) {
    return path.startsWith("/") ? path : "/" + path;
  }
}
