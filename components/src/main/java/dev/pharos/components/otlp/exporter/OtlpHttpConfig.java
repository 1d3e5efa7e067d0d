package dev.pharos.components.otlp.exporter;

import dev.pharos.components.otlp.OtlpMethods;
import dev.pharos.model.Signal;
import dev.pharos.pipeline.config.schema.Check;
import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.schema.ConfigType;
import dev.pharos.pipeline.config.schema.ConfigTypes;
import dev.pharos.pipeline.config.schema.Fields;
import dev.pharos.pipeline.config.settings.HttpClientSettings;
import dev.pharos.pipeline.config.settings.QueueSettings;
import dev.pharos.pipeline.config.settings.RetrySettings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The keys of exporter `otlp_http`.
///
/// @param endpoints by signal, where they differ from the client's endpoint
public record OtlpHttpConfig(
    HttpClientSettings client,
    Map<Signal, String> endpoints,
    Encoding encoding,
    RetrySettings retry,
    QueueSettings queue) {
  /// The form of the request's body.
  public enum Encoding {
    PROTO,
    JSON
  }

  private static final ConfigType<Encoding> ENCODING =
      ConfigTypes.choice(
          List.of(Encoding.values()),
          value -> value.name().toLowerCase(java.util.Locale.ROOT),
          false);

  private static final Map<String, String> DEFAULTS =
      Map.of("compression", "gzip", "timeout", "30s", "write_buffer_size", "524288");

  public static final ConfigSchema<OtlpHttpConfig> SCHEMA =
      ConfigSchema.<OtlpHttpConfig>of(
              keys -> {
                HttpClientSettings client =
                    keys.inline(HttpClientSettings.SCHEMA.withDefaults(DEFAULTS));
                var endpoints =
                    Map.of(
                        Signal.TRACES, endpoint(keys, "traces"),
                        Signal.METRICS, endpoint(keys, "metrics"),
                        Signal.LOGS, endpoint(keys, "logs"));
                keys.field(
                    "profiles_endpoint",
                    ConfigTypes.address(),
                    "",
                    "accepted, without effect: there are no profiles");
                return new OtlpHttpConfig(
                    client,
                    endpoints,
                    keys.field(
                        "encoding", ENCODING, "proto", "the form of the body: proto or json"),
                    keys.section(
                        "retry_on_failure",
                        RetrySettings.SCHEMA,
                        "how a failed export is tried again"),
                    keys.section(
                        "sending_queue", QueueSettings.SCHEMA, "the queue before the exporter"));
              })
          .check(OtlpHttpConfig::check);

  private static String endpoint(Fields keys, String signal) {
    String doc = "the URL for " + signal + "; empty means the endpoint with /v1/" + signal;
    return keys.field(signal + "_endpoint", ConfigTypes.address(), "", doc);
  }

  private static void check(OtlpHttpConfig config, Check check) {
    boolean any = !config.client.endpoint().isEmpty();
    if (any) {
      checkUrl("endpoint", config.client.endpoint(), check);
    }
    for (Signal signal : Signal.values()) {
      String own = config.endpoints.getOrDefault(signal, "");
      if (!own.isEmpty()) {
        any = true;
        checkUrl(signal.label() + "_endpoint", own, check);
      }
    }
    if (!any) {
      check.error(
          "endpoint",
          "at least one endpoint must be given (expected: http://host:port or https://host:port)");
    }
    if (!config.client.proxyUrl().isEmpty()) {
      check.error("proxy_url", "proxies are not supported yet (expected: no such key)");
    }
    ClientChecks.compression(config.client.compression(), check);
  }

  private static void checkUrl(String key, String url, Check check) {
    try {
      URI uri = URI.create(url);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // Reported below, as every other URL that is none.
    }
    check.error(key, "\"" + url + "\" (expected: a URL such as https://host:port)");
  }

  /// Where requests of a signal go; empty if no endpoint takes them.
  Optional<URI> url(Signal signal) {
    String own = endpoints.getOrDefault(signal, "");
    if (!own.isEmpty()) {
      return Optional.of(URI.create(own));
    }
    String base = client.endpoint();
    if (base.isEmpty()) {
      return Optional.empty();
    }
    String trimmed = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    return Optional.of(URI.create(trimmed + OtlpMethods.path(signal)));
  }
}
