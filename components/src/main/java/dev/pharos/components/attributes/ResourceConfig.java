package dev.pharos.components.attributes;

import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.schema.ConfigTypes;
import java.util.List;

/// The keys of processor `resource`.
public record ResourceConfig(List<ActionConfig> actions) {
  public static final ConfigSchema<ResourceConfig> SCHEMA =
      ConfigSchema.<ResourceConfig>of(
              keys ->
                  new ResourceConfig(
                      keys.field(
                          "attributes",
                          ConfigTypes.list(ActionConfig.SCHEMA),
                          "[]",
                          "what is done to each Resource, in this order")))
          .check(
              (config, check) -> {
                if (config.actions.isEmpty()) {
                  check.error("attributes", "is missing or empty (expected: at least one action)");
                }
              });
}
