package dev.pharos.components.otlp.exporter;

import dev.pharos.pipeline.config.schema.Check;
import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.settings.ExporterSettings;
import dev.pharos.pipeline.config.settings.GrpcClientSettings;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The keys of exporter `otlp_grpc`.
public record OtlpGrpcConfig(GrpcClientSettings client, ExporterSettings exporter) {
  /// A scheme that says whether TLS is used, a name resolver with an optional authority, then host and port.
  private static final Pattern ENDPOINT =
      Pattern.compile(
          "(https?://|dns:///|dns:|passthrough:///)?([^/\\s]*?)/?", Pattern.CASE_INSENSITIVE);

  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(\\[[^\\]]+]|[^:\\[\\]]+):(\\d{1,5})");

  public static final ConfigSchema<OtlpGrpcConfig> SCHEMA =
      ConfigSchema.<OtlpGrpcConfig>of(
              keys ->
                  new OtlpGrpcConfig(
                      keys.inline(
                          GrpcClientSettings.SCHEMA.withDefaults(Map.of("compression", "gzip"))),
                      keys.inline(ExporterSettings.SCHEMA)))
          .check(OtlpGrpcConfig::check);

  private static void check(OtlpGrpcConfig config, Check check) {
    String endpoint = config.client.endpoint();
    if (endpoint.isEmpty()) {
      check.error("endpoint", "is missing (expected: host:port)");
    } else if (endpoint.startsWith("unix:")) {
      check.error(
          "endpoint",
          "\"" + endpoint + "\": Unix domain sockets are not supported (expected: host:port)");
    } else if (config.server().isEmpty()) {
      check.error("endpoint", "\"" + endpoint + "\" (expected: host:port, a port from 1 to 65535)");
    }
    ClientChecks.compression(config.client.compression(), check);
  }

  /// `host:port` without scheme; empty if the endpoint has no such part.
  Optional<String> server() {
    Matcher whole = ENDPOINT.matcher(client.endpoint());
    if (!whole.matches()) {
      return Optional.empty();
    }
    Matcher server = HOST_AND_PORT.matcher(whole.group(2));
    boolean valid = server.matches() && Integer.parseInt(server.group(2)) <= 65_535;
    return valid ? Optional.of(whole.group(2)) : Optional.empty();
  }

  /// `https://` forces TLS and `http://` clear text; otherwise `tls::insecure` decides.
  boolean encrypted() {
    String endpoint = client.endpoint().toLowerCase(java.util.Locale.ROOT);
    return endpoint.startsWith("https://")
        || (!endpoint.startsWith("http://") && !client.tls().insecure());
  }
}
