package dev.pharos.pipeline.config.settings;

import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.schema.ConfigTypes;
import java.util.List;

/// Which web pages may call an HTTP server.
///
/// @param allowedOrigins may hold one `*` each; empty means that no page may
/// @param maxAgeSeconds how long a browser keeps the answer; 0 means that none is stated
public record CorsSettings(
    List<String> allowedOrigins,
    List<String> allowedHeaders,
    List<String> exposedHeaders,
    int maxAgeSeconds) {
  /// The section `cors`.
  public static final ConfigSchema<CorsSettings> SCHEMA =
      ConfigSchema.of(
          keys ->
              new CorsSettings(
                  keys.texts(
                      "allowed_origins", "origins that may call, such as https://*.example.com"),
                  keys.texts("allowed_headers", "headers that a page may send"),
                  keys.texts("exposed_headers", "headers that a page may read"),
                  keys.field(
                      "max_age",
                      ConfigTypes.count(),
                      "0",
                      "seconds that a browser keeps the answer")));
}
