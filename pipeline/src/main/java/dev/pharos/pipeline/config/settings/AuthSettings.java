package dev.pharos.pipeline.config.settings;

import dev.pharos.pipeline.config.ComponentId;
import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.schema.ConfigTypes;
import java.util.List;
import java.util.Optional;

/// Which extension proves or checks who is calling.
///
/// @param requestParams query parameters that a server hands to the extension beside the headers
public record AuthSettings(Optional<ComponentId> authenticator, List<String> requestParams) {
  /// The section `auth`.
  public static final ConfigSchema<AuthSettings> SCHEMA =
      ConfigSchema.<AuthSettings>of(
              keys ->
                  new AuthSettings(
                      keys.optional(
                          "authenticator", ConfigTypes.componentId(), "the extension that does it"),
                      keys.texts("request_params", "query parameters handed to the extension")))
          .check(
              (auth, check) -> {
                if (auth.authenticator.isEmpty()) {
                  check.error("authenticator", "is missing (expected: the id of an extension)");
                }
              });
}
