package dev.pharos.pipeline.config.schema;

import dev.pharos.pipeline.config.ConfigNode;
import java.util.List;
import java.util.Optional;

/// A type with a further condition on its values.
record CheckedType<T>(String name, ConfigType<T> type, ConfigTypes.Condition<T> condition)
    implements ConfigType<T> {
  @Override
  public Optional<T> decode(ConfigNode node, Decoding at) {
    Optional<T> value = type.decode(node, at);
    Optional<String> violated = value.flatMap(decoded -> condition.violated(node, decoded));
    return violated.isPresent() ? at.expected(node, violated.get()) : value;
  }

  @Override
  public boolean takesNull() {
    return type.takesNull();
  }

  @Override
  public ConfigNode defaultNode(String text) {
    return type.defaultNode(text);
  }

  @Override
  public ConfigNode printed(ConfigNode node, boolean redact) {
    return type.printed(node, redact);
  }

  @Override
  public List<Field> fields() {
    return type.fields();
  }
}
