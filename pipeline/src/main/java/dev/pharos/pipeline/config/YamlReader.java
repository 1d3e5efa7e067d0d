package dev.pharos.pipeline.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads the first YAML document of a text into a [ConfigNode] tree that keeps every position.
///
/// Scalars are typed by [YamlScalars]; anchors, aliases and `<<` are resolved; a key written twice is an error. Depth
/// and the number of nodes, aliases counted as what they stand for, are bounded. One thread.
final class YamlReader {
  private static final int MAX_DEPTH = 200;
  private static final int MAX_NODES = 1_000_000;
  private static final String TAG = "tag:yaml.org,2002:";

  private record Anchored(ConfigNode node, int nodes) {}

  private final String file;
  private final Optional<Position> fixed;
  private final Problems problems;
  private final Iterator<Event> events;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private int nodes;

  private YamlReader(String file, Optional<Position> fixed, String text, Problems problems) {
    this.file = file;
    this.fixed = fixed;
    this.problems = problems;
    LoadSettings settings =
        LoadSettings.builder().setLabel(file).setCodePointLimit(64 << 20).build();
    this.events = new Parse(settings).parseString(text).iterator();
  }

  /// Reads `text`, the content of `file`. What is wrong goes to `problems`; then the tree may be incomplete.
  static ConfigNode read(String file, String text, Problems problems) {
    return new YamlReader(file, Optional.empty(), text, problems).document();
  }

  /// As [#read], with every node at `position`: for text that has no lines a user could look up.
  static ConfigNode readAt(Position position, String text, Problems problems) {
    return new YamlReader(position.file(), Optional.of(position), text, problems).document();
  }

  private ConfigNode document() {
    try {
      Event event = events.next();
      while (event.getEventId() == Event.ID.StreamStart
          || event.getEventId() == Event.ID.DocumentStart) {
        event = events.next();
      }
      if (event.getEventId() == Event.ID.StreamEnd) {
        return new ConfigNode.NullNode(Origin.at(position(event)));
      }
      ConfigNode root = node(event, 0);
      events.next();
      Event next = events.next();
      if (next.getEventId() == Event.ID.DocumentStart) {
        problems.warn(position(next), "", "only the first YAML document of a source is read");
      }
      return root;
    } catch (MarkedYamlEngineException e) {
      String problem = e.getProblem() == null ? "cannot be read" : e.getProblem();
      throw refuse(position(e.getProblemMark().or(e::getContextMark)), "invalid YAML: " + problem);
    } catch (YamlEngineException e) {
      throw refuse(position(Optional.empty()), "invalid YAML: " + e.getMessage());
    }
  }

  private ConfigNode node(Event event, int depth) {
    if (depth > MAX_DEPTH) {
      throw refuse(position(event), "nested deeper than " + MAX_DEPTH + " levels");
    }
    if (event instanceof AliasEvent alias) {
      return alias(alias);
    }
    int before = nodes;
    count(event, 1);
    ConfigNode node =
        switch (event) {
          case ScalarEvent scalar -> scalar(scalar);
          case SequenceStartEvent start -> list(start, depth);
          case MappingStartEvent start -> map(start, depth);
          default ->
              throw new IllegalStateException(
                  "event: " + event + " (expected: the start of a node)");
        };
    ((NodeEvent) event)
        .getAnchor()
        .ifPresent(anchor -> anchors.put(anchor.getValue(), new Anchored(node, nodes - before)));
    return node;
  }

  private ConfigNode alias(AliasEvent event) {
    String name = event.getAlias().getValue();
    Anchored target = anchors.get(name);
    if (target == null) {
      throw refuse(position(event), "alias *" + name + " has no anchor &" + name + " before it");
    }
    count(event, target.nodes());
    return target.node();
  }

  private void count(Event event, int more) {
    nodes += more;
    if (nodes > MAX_NODES) {
      throw refuse(
          position(event),
          "more than " + MAX_NODES + " values, aliases counted as what they stand for");
    }
  }

  private ConfigNode list(SequenceStartEvent start, int depth) {
    List<ConfigNode> items = new ArrayList<>();
    for (Event next = events.next();
        next.getEventId() != Event.ID.SequenceEnd;
        next = events.next()) {
      items.add(node(next, depth + 1));
    }
    return new ConfigNode.ListNode(Origin.at(position(start)), items);
  }

  private ConfigNode map(MappingStartEvent start, int depth) {
    SequencedMap<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
    List<ConfigNode.MapNode> merged = new ArrayList<>();
    for (Event next = events.next();
        next.getEventId() != Event.ID.MappingEnd;
        next = events.next()) {
      Position at = position(next);
      if (next instanceof ScalarEvent scalar
          && scalar.isPlain()
          && scalar.getValue().equals("<<")) {
        collectMerged(node(events.next(), depth + 1), at, merged);
        continue;
      }
      String key = key(node(next, depth + 1), at);
      ConfigNode value = node(events.next(), depth + 1);
      ConfigNode.Entry earlier = entries.putIfAbsent(key, new ConfigNode.Entry(at, value));
      if (earlier != null) {
        problems.error(at, "", "key \"" + key + "\" is already set at " + earlier.keyPosition());
      }
    }
    for (ConfigNode.MapNode other : merged) {
      other.entries().forEach(entries::putIfAbsent);
    }
    return new ConfigNode.MapNode(Origin.at(position(start)), entries);
  }

  private void collectMerged(ConfigNode value, Position at, List<ConfigNode.MapNode> merged) {
    switch (value) {
      case ConfigNode.MapNode map -> merged.add(map);
      case ConfigNode.ListNode list ->
          list.items().forEach(item -> collectMerged(item, at, merged));
      case ConfigNode.ScalarNode _, ConfigNode.NullNode _ ->
          problems.error(at, "", "<<: " + value.display() + " (expected: a map or a list of maps)");
    }
  }

  private String key(ConfigNode node, Position at) {
    return switch (node) {
      case ConfigNode.ScalarNode scalar ->
          scalar.value() instanceof Scalar.Text text ? text.value() : scalar.value().display();
      case ConfigNode.NullNode _ -> "null";
      case ConfigNode.MapNode _, ConfigNode.ListNode _ ->
          throw refuse(
              at,
              node.display()
                  + " as a key (expected: text; quote a reference that stands between braces)");
    };
  }

  private ConfigNode scalar(ScalarEvent event) {
    Origin origin = Origin.at(position(event));
    String text = event.getValue();
    String tag = event.getTag().orElse("");
    Optional<Scalar> value;
    if (tag.isEmpty()) {
      value = event.isPlain() ? YamlScalars.resolve(text) : Optional.of(new Scalar.Text(text));
    } else if (tag.startsWith(TAG)) {
      value = tagged(event, tag.substring(TAG.length()), text);
    } else {
      value = Optional.of(new Scalar.Text(text));
    }
    return value
        .<ConfigNode>map(scalar -> new ConfigNode.ScalarNode(origin, scalar))
        .orElseGet(() -> new ConfigNode.NullNode(origin));
  }

  private Optional<Scalar> tagged(ScalarEvent event, String type, String text) {
    Optional<Scalar> plain = YamlScalars.resolve(text);
    switch (type) {
      case "null" -> {
        return Optional.empty();
      }
      case "binary" -> {
        try {
          byte[] bytes = Base64.getMimeDecoder().decode(text);
          return Optional.of(new Scalar.Text(new String(bytes, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException _) {
          problems.error(position(event), "", "!!binary \"" + text + "\" (expected: base64)");
          return Optional.of(new Scalar.Text(text));
        }
      }
      case "float" -> {
        if (plain.isPresent() && plain.get() instanceof Scalar.Int number) {
          return Optional.of(new Scalar.Decimal(number.value()));
        }
      }
      case "int", "bool", "timestamp" -> {}
      default -> {
        return Optional.of(new Scalar.Text(text));
      }
    }
    if (plain.isEmpty() || !matches(type, plain.get())) {
      problems.error(
          position(event), "", "!!" + type + " \"" + text + "\" (expected: a value of that type)");
    }
    return plain;
  }

  private static boolean matches(String type, Scalar value) {
    return switch (value) {
      case Scalar.Int _ -> type.equals("int");
      case Scalar.Decimal _ -> type.equals("float");
      case Scalar.Bool _ -> type.equals("bool");
      case Scalar.Time _ -> type.equals("timestamp");
      case Scalar.Text _ -> false;
    };
  }

  private Position position(Event event) {
    return position(event.getStartMark());
  }

  private Position position(Optional<Mark> mark) {
    return fixed.orElseGet(
        () ->
            mark.map(m -> new Position(file, m.getLine() + 1, m.getColumn() + 1))
                .orElse(new Position(file, 1, 1)));
  }

  private ConfigException refuse(Position position, String message) {
    problems.error(position, "", message);
    return new ConfigException(problems.errors(), problems.warnings());
  }
}
