package dev.pharos.pipeline.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Short ways to load configurations in tests.
public final class Yaml {
  private Yaml() {}

  /// Loads `text` as the file `test.yaml`, with the variables `env`.
  public static ConfigLoader.Loaded load(String text, Map<String, String> env) {
    return loader(env, Map.of("pharos:test", text)).load(List.of("pharos:test"), List.of());
  }

  /// The loaded tree of `text`, without variables.
  public static ConfigNode.MapNode root(String text) {
    return load(text, Map.of()).root();
  }

  public static ConfigLoader loader(Map<String, String> env, Map<String, String> builtIns) {
    return new ConfigLoader(
        name -> Optional.ofNullable(env.get(name)), Path.of(""), builtIns, Set.of());
  }

  /// The value at `path`, keys joined by `::`.
  public static ConfigNode at(ConfigNode root, String path) {
    ConfigNode node = root;
    for (String key : path.split("::")) {
      node = ((ConfigNode.MapNode) node).get(key).orElseThrow();
    }
    return node;
  }

  /// The tree as plain objects; null stays null.
  public static Object plain(ConfigNode node) {
    return switch (node) {
      case ConfigNode.NullNode _ -> null;
      case ConfigNode.ScalarNode(var _, Scalar.Text(String text)) -> text;
      case ConfigNode.ScalarNode(var _, Scalar.Int(long number)) -> number;
      case ConfigNode.ScalarNode(var _, Scalar.Decimal(double number)) -> number;
      case ConfigNode.ScalarNode(var _, Scalar.Bool(boolean bool)) -> bool;
      case ConfigNode.ScalarNode(var _, Scalar.Time time) -> time.value();
      case ConfigNode.ListNode list -> list.items().stream().map(Yaml::plain).toList();
      case ConfigNode.MapNode map -> {
        Map<String, Object> entries = new java.util.LinkedHashMap<>();
        map.entries().forEach((key, entry) -> entries.put(key, plain(entry.value())));
        yield entries;
      }
    };
  }
}
