package dev.pharos.pipeline.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/// Merges configurations as the Collector does: maps deeply, the later one wins, lists and nulls replace.
final class Merge {
  private static final Set<String> APPENDED = Set.of("receivers", "exporters", "extensions");

  private final boolean append;

  /// @param append whether lists of receivers, exporters and extensions under `service` are joined instead of replaced
  ///     (the gate `confmap.enableMergeAppendOption`)
  Merge(boolean append) {
    this.append = append;
  }

  /// `base` with `over` laid on it.
  ConfigNode.MapNode merge(ConfigNode.MapNode base, ConfigNode.MapNode over) {
    return merge(base, over, List.of());
  }

  private ConfigNode.MapNode merge(
      ConfigNode.MapNode base, ConfigNode.MapNode over, List<String> path) {
    SequencedMap<String, ConfigNode.Entry> entries = new LinkedHashMap<>(base.entries());
    for (Map.Entry<String, ConfigNode.Entry> entry : over.entries().entrySet()) {
      String key = entry.getKey();
      ConfigNode.Entry later = entry.getValue();
      ConfigNode.Entry earlier = entries.get(key);
      if (earlier == null) {
        entries.put(key, later);
        continue;
      }
      List<String> inner = new ArrayList<>(path);
      inner.add(key);
      entries.put(
          key,
          new ConfigNode.Entry(later.keyPosition(), value(earlier.value(), later.value(), inner)));
    }
    return new ConfigNode.MapNode(base.origin(), entries);
  }

  private ConfigNode value(ConfigNode earlier, ConfigNode later, List<String> path) {
    if (earlier instanceof ConfigNode.MapNode base && later instanceof ConfigNode.MapNode over) {
      return merge(base, over, path);
    }
    if (append
        && earlier instanceof ConfigNode.ListNode base
        && later instanceof ConfigNode.ListNode over
        && path.getFirst().equals("service")
        && APPENDED.contains(path.getLast())) {
      return joined(base, over);
    }
    return later;
  }

  private static ConfigNode joined(ConfigNode.ListNode base, ConfigNode.ListNode over) {
    List<ConfigNode> items = new ArrayList<>(base.items());
    for (ConfigNode item : over.items()) {
      if (items.stream().noneMatch(known -> ConfigNode.sameValue(known, item))) {
        items.add(item);
      }
    }
    return new ConfigNode.ListNode(over.origin(), items);
  }

  /// Turns keys that contain `::` into nested maps, at every depth outside lists.
  ConfigNode.MapNode nest(ConfigNode.MapNode map) {
    SequencedMap<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
    for (Map.Entry<String, ConfigNode.Entry> entry : map.entries().entrySet()) {
      ConfigNode value = entry.getValue().value();
      if (value instanceof ConfigNode.MapNode inner) {
        value = nest(inner);
      }
      Position at = entry.getValue().keyPosition();
      List<String> keys = Arrays.asList(entry.getKey().split("::", -1));
      for (String key : keys.subList(1, keys.size()).reversed()) {
        value = ConfigNode.MapNode.empty(at).with(key, new ConfigNode.Entry(at, value));
      }
      ConfigNode.Entry earlier = entries.get(keys.getFirst());
      ConfigNode merged = earlier == null ? value : value(earlier.value(), value, List.of(""));
      entries.put(keys.getFirst(), new ConfigNode.Entry(at, merged));
    }
    return new ConfigNode.MapNode(map.origin(), entries);
  }
}
