package dev.pharos.components.attributes;

import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.schema.ConfigTypes;
import java.util.List;
import java.util.Optional;

/// The keys of processor `attributes`.
public record AttributesConfig(
    Optional<MatchConfig> include, Optional<MatchConfig> exclude, List<ActionConfig> actions) {
  public static final ConfigSchema<AttributesConfig> SCHEMA =
      ConfigSchema.<AttributesConfig>of(
              keys ->
                  new AttributesConfig(
                      keys.optional(
                          "include", MatchConfig.SCHEMA, "only items that match are changed"),
                      keys.optional(
                          "exclude", MatchConfig.SCHEMA, "items that match are not changed"),
                      keys.field(
                          "actions",
                          ConfigTypes.list(ActionConfig.SCHEMA),
                          "[]",
                          "what is done, in this order")))
          .check(
              (config, check) -> {
                if (config.actions.isEmpty()) {
                  check.error("actions", "is missing or empty (expected: at least one action)");
                }
              });
}
