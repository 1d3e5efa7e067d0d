package dev.pharos.pipeline.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// One value of a configuration and where it came from. Immutable; maps keep the order in which they were written.
public sealed interface ConfigNode {
  Origin origin();

  /// Where the value stands.
  default Position position() {
    return origin().position();
  }

  /// The same value with another origin.
  ConfigNode withOrigin(Origin origin);

  /// The value as messages show it, shortened.
  default String display() {
    return switch (this) {
      case MapNode map -> "a map with the keys " + map.entries().keySet();
      case ListNode list -> "a list of " + list.items().size();
      case ScalarNode scalar -> scalar.value().display();
      case NullNode _ -> "null";
    };
  }

  /// A key's value and where the key stands.
  record Entry(Position keyPosition, ConfigNode value) {}

  /// A map; keys are texts.
  record MapNode(Origin origin, SequencedMap<String, Entry> entries) implements ConfigNode {
    public MapNode {
      entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
    }

    /// A map without entries at `position`.
    public static MapNode empty(Position position) {
      return new MapNode(Origin.at(position), new LinkedHashMap<>());
    }

    /// The value of `key`, empty if the key is absent.
    public Optional<ConfigNode> get(String key) {
      return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    /// Where `key` stands, or the map itself if it has no such key.
    public Position keyPosition(String key) {
      Entry entry = entries.get(key);
      return entry == null ? position() : entry.keyPosition();
    }

    /// This map with `entry` under `key`, at its place if the key exists, else at the end.
    public MapNode with(String key, Entry entry) {
      SequencedMap<String, Entry> changed = new LinkedHashMap<>(entries);
      changed.put(key, entry);
      return new MapNode(origin, changed);
    }

    /// This map without `key`.
    public MapNode without(String key) {
      SequencedMap<String, Entry> changed = new LinkedHashMap<>(entries);
      changed.remove(key);
      return new MapNode(origin, changed);
    }

    @Override
    public MapNode withOrigin(Origin changed) {
      return new MapNode(changed, entries);
    }
  }

  /// A list.
  record ListNode(Origin origin, List<ConfigNode> items) implements ConfigNode {
    public ListNode {
      items = List.copyOf(items);
    }

    @Override
    public ListNode withOrigin(Origin changed) {
      return new ListNode(changed, items);
    }
  }

  /// A text, number, bool or time.
  record ScalarNode(Origin origin, Scalar value) implements ConfigNode {
    @Override
    public ScalarNode withOrigin(Origin changed) {
      return new ScalarNode(changed, value);
    }
  }

  /// A key without value, `null` or `~`.
  record NullNode(Origin origin) implements ConfigNode {
    @Override
    public NullNode withOrigin(Origin changed) {
      return new NullNode(changed);
    }
  }

  /// Reads YAML that is part of the program, such as a default.
  ///
  /// @throws ConfigException if it is no valid YAML
  static ConfigNode of(String yaml) {
    Problems problems = new Problems();
    ConfigNode node = YamlReader.readAt(Position.NOWHERE, yaml, problems);
    problems.throwIfErrors();
    return node;
  }

  /// Whether both trees hold the same values, wherever they come from.
  static boolean sameValue(ConfigNode a, ConfigNode b) {
    return switch (a) {
      case NullNode _ -> b instanceof NullNode;
      case ScalarNode left -> b instanceof ScalarNode right && left.value().equals(right.value());
      case ListNode left -> b instanceof ListNode right && sameItems(left.items(), right.items());
      case MapNode left ->
          b instanceof MapNode right && sameEntries(left.entries(), right.entries());
    };
  }

  private static boolean sameItems(List<ConfigNode> a, List<ConfigNode> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!sameValue(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameEntries(Map<String, Entry> a, Map<String, Entry> b) {
    if (!a.keySet().equals(b.keySet())) {
      return false;
    }
    for (Map.Entry<String, Entry> entry : a.entrySet()) {
      Entry other = b.get(entry.getKey());
      if (other == null || !sameValue(entry.getValue().value(), other.value())) {
        return false;
      }
    }
    return true;
  }
}
