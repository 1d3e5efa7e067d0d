package dev.pharos.pipeline.config.schema;

import dev.pharos.pipeline.config.ConfigNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// A map from texts to values of one type, in the order written.
record MapType<T>(ConfigType<T> value) implements ConfigType<Map<String, T>> {
  @Override
  public String name() {
    return "map of " + value.name();
  }

  @Override
  public Optional<Map<String, T>> decode(ConfigNode node, Decoding at) {
    if (!(node instanceof ConfigNode.MapNode map)) {
      return at.expected(node, "a map");
    }
    Map<String, T> values = new LinkedHashMap<>();
    map.entries()
        .forEach(
            (key, entry) ->
                value
                    .decode(entry.value(), at.child(key))
                    .ifPresent(decoded -> values.put(key, decoded)));
    boolean all = values.size() == map.entries().size();
    return all ? Optional.of(Collections.unmodifiableMap(values)) : Optional.empty();
  }

  @Override
  public List<Field> fields() {
    return value.fields();
  }

  @Override
  public ConfigNode printed(ConfigNode node, boolean redact) {
    if (!(node instanceof ConfigNode.MapNode map)) {
      return node;
    }
    SequencedMap<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
    map.entries()
        .forEach(
            (key, entry) ->
                entries.put(
                    key,
                    new ConfigNode.Entry(
                        entry.keyPosition(), value.printed(entry.value(), redact))));
    return new ConfigNode.MapNode(map.origin(), entries);
  }
}
