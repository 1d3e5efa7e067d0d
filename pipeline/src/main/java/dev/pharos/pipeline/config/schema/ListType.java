package dev.pharos.pipeline.config.schema;

import dev.pharos.pipeline.config.ConfigNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A list whose items are all of one type.
record ListType<T>(ConfigType<T> item) implements ConfigType<List<T>> {
  @Override
  public String name() {
    return "list of " + item.name();
  }

  @Override
  public Optional<List<T>> decode(ConfigNode node, Decoding at) {
    if (!(node instanceof ConfigNode.ListNode list)) {
      return at.expected(node, "a list");
    }
    List<T> values = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      item.decode(list.items().get(i), at.child(Integer.toString(i))).ifPresent(values::add);
    }
    return values.size() == list.items().size()
        ? Optional.of(List.copyOf(values))
        : Optional.empty();
  }

  @Override
  public List<Field> fields() {
    return item.fields();
  }

  @Override
  public ConfigNode printed(ConfigNode node, boolean redact) {
    if (!(node instanceof ConfigNode.ListNode list)) {
      return node;
    }
    return new ConfigNode.ListNode(
        list.origin(), list.items().stream().map(value -> item.printed(value, redact)).toList());
  }
}
