package dev.pharos.pipeline.config.service;

import dev.pharos.pipeline.config.ComponentId;
import dev.pharos.pipeline.config.ConfigNode;
import dev.pharos.pipeline.config.Position;
import dev.pharos.pipeline.config.schema.ConfigType;
import dev.pharos.pipeline.config.schema.ConfigTypes;
import dev.pharos.pipeline.config.schema.Decoding;
import java.util.Optional;

/// The mention of a component by its id, and where it stands.
public record Reference(ComponentId id, Position position) {
  static final ConfigType<Reference> TYPE =
      new ConfigType<>() {
        @Override
        public String name() {
          return "component id";
        }

        @Override
        public Optional<Reference> decode(ConfigNode node, Decoding at) {
          return ConfigTypes.componentId()
              .decode(node, at)
              .map(id -> new Reference(id, node.position()));
        }
      };
}
