package dev.pharos.pipeline.config.schema;

import dev.pharos.pipeline.config.ConfigNode;
import dev.pharos.pipeline.config.Scalar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Any value as plain Java objects. Typed by YAML even where it was expanded inside quotes.
record AnyType() implements ConfigType<Object> {
  @Override
  public String name() {
    return "any";
  }

  @Override
  public Optional<Object> decode(ConfigNode node, Decoding at) {
    return Optional.of(plain(node));
  }

  /// A null becomes an empty [Optional], so that no collection holds null.
  private static Object plain(ConfigNode node) {
    return switch (node) {
      case ConfigNode.NullNode _ -> Optional.empty();
      case ConfigNode.ScalarNode scalar -> plain(scalar.value());
      case ConfigNode.ListNode list -> {
        List<Object> items = new ArrayList<>();
        list.items().forEach(item -> items.add(plain(item)));
        yield Collections.unmodifiableList(items);
      }
      case ConfigNode.MapNode map -> {
        Map<String, Object> entries = new LinkedHashMap<>();
        map.entries().forEach((key, entry) -> entries.put(key, plain(entry.value())));
        yield Collections.unmodifiableMap(entries);
      }
    };
  }

  private static Object plain(Scalar scalar) {
    return switch (scalar) {
      case Scalar.Text text -> text.value();
      case Scalar.Int number -> number.value();
      case Scalar.Decimal number -> number.value();
      case Scalar.Bool bool -> bool.value();
      case Scalar.Time time -> time.value();
    };
  }
}
