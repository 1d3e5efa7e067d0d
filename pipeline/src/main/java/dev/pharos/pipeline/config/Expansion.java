package dev.pharos.pipeline.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Replaces the references `${scheme:rest}` in the values of a tree, innermost first, until none is left.
///
/// A value that is one reference takes the type of what it stands for and remembers the original text; a reference
/// inside a longer text is replaced by the original text. `$$` is an escaped `$`, and an odd number of `$` before
/// `${` keeps the reference as it is. Keys are not expanded. The rounds and the size of one value are bounded. One
/// thread.
final class Expansion {
  private static final int MAX_ROUNDS = 1000;
  private static final int MAX_TEXT = 4 << 20;

  private final Sources sources;
  private final Problems problems;
  private int rounds;

  Expansion(Sources sources, Problems problems) {
    this.sources = sources;
    this.problems = problems;
  }

  /// `root` with every reference replaced; what cannot be replaced is noted as an error.
  ConfigNode.MapNode expand(ConfigNode.MapNode root) {
    return expandMap(root, "", true);
  }

  private ConfigNode.MapNode expandMap(ConfigNode.MapNode map, String path, boolean written) {
    SequencedMap<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
    for (Map.Entry<String, ConfigNode.Entry> entry : map.entries().entrySet()) {
      String inner = path.isEmpty() ? entry.getKey() : path + "::" + entry.getKey();
      ConfigNode value = expandNode(entry.getValue().value(), inner, written);
      entries.put(entry.getKey(), new ConfigNode.Entry(entry.getValue().keyPosition(), value));
    }
    return new ConfigNode.MapNode(map.origin(), entries);
  }

  /// @param written whether the value stands literally in a source, so that a new count of rounds begins
  private ConfigNode expandNode(ConfigNode node, String path, boolean written) {
    return switch (node) {
      case ConfigNode.MapNode map -> expandMap(map, path, written);
      case ConfigNode.ListNode list -> {
        List<ConfigNode> items = new ArrayList<>();
        for (ConfigNode item : list.items()) {
          items.add(expandNode(item, path, written));
        }
        yield new ConfigNode.ListNode(list.origin(), items);
      }
      case ConfigNode.ScalarNode scalar when scalar.value() instanceof Scalar.Text text -> {
        if (written) {
          rounds = 0;
        }
        try {
          yield expandText(text.value(), scalar.origin(), path);
        } catch (Unexpandable e) {
          problems.error(e.position, path, e.reason);
          yield scalar;
        } catch (ConfigException _) {
          // Noted where it was thrown.
          yield scalar;
        }
      }
      case ConfigNode.ScalarNode _, ConfigNode.NullNode _ -> node;
    };
  }

  private ConfigNode expandText(String written, Origin origin, String path) {
    Position at = origin.position();
    String text = written;
    List<String> empty = new ArrayList<>(origin.emptyVariables());
    boolean expanded = origin.text().isPresent();
    for (Optional<String> found = reference(text); found.isPresent(); found = reference(text)) {
      countRound(at);
      String reference = found.get();
      boolean whole = reference.equals(text);
      Retrieved retrieved = retrieve(reference, at, whole, path);
      if (retrieved.empty()) {
        empty.add(variable(reference));
      }
      expanded = true;
      text = whole ? retrieved.text() : replace(text, reference, retrieved.text(), at);
      boolean typed =
          !(retrieved.node() instanceof ConfigNode.ScalarNode s
              && s.value() instanceof Scalar.Text);
      if (whole && typed) {
        Origin typedOrigin =
            new Origin(retrieved.node().position(), originalText(text, path), empty);
        return expandNode(retrieved.node(), path, false).withOrigin(typedOrigin);
      }
    }
    String plain = unescape(text);
    Origin result = new Origin(at, expanded ? Optional.of(plain) : Optional.empty(), empty);
    return new ConfigNode.ScalarNode(result, new Scalar.Text(plain));
  }

  /// The text that a text field gets for a typed value; references inside it are replaced where that is possible.
  private Optional<String> originalText(String text, String path) {
    Problems unheard = new Problems();
    Expansion other = new Expansion(sources, unheard);
    other.rounds = rounds;
    try {
      ConfigNode node = other.expandText(text, Origin.at(Position.NOWHERE), path);
      if (!unheard.hasErrors()
          && node instanceof ConfigNode.ScalarNode(Origin _, Scalar.Text(String value))) {
        return Optional.of(value);
      }
    } catch (Unexpandable | ConfigException _) {
      // A comment in a file may hold what looks like a reference; the typed value stands.
    } finally {
      rounds = other.rounds;
    }
    return Optional.empty();
  }

  private Retrieved retrieve(String reference, Position at, boolean typed, String path) {
    String uri = reference.substring(2, reference.length() - 1);
    Problems own = new Problems();
    try {
      return sources.reference(uri, at, typed, own);
    } catch (ConfigException _) {
      throw new Unexpandable(at, own.errors().getFirst().message());
    } finally {
      own.warnings().forEach(warning -> problems.warn(at, path, warning.message()));
    }
  }

  private void countRound(Position at) {
    rounds++;
    if (rounds > MAX_ROUNDS) {
      throw new Unexpandable(at, "too many recursive expansions (more than " + MAX_ROUNDS + ")");
    }
  }

  private static String replace(String text, String reference, String by, Position at) {
    String replaced = text.replace(reference, by);
    if (replaced.length() > MAX_TEXT) {
      throw new Unexpandable(
          at, "too many recursive expansions: longer than " + MAX_TEXT + " characters");
    }
    return replaced;
  }

  private static String variable(String reference) {
    String name = reference.substring(2, reference.length() - 1);
    int start = name.startsWith("env:") ? 4 : 0;
    int end = name.indexOf(":-", start);
    return name.substring(start, end < 0 ? name.length() : end);
  }

  private static String unescape(String text) {
    return text.replace("$$", "$");
  }

  /// The first innermost reference in `text` that is not escaped.
  private static Optional<String> reference(String text) {
    int from = 0;
    while (true) {
      int close = text.indexOf('}', from);
      if (close < 0) {
        return Optional.empty();
      }
      int open = text.lastIndexOf("${", close);
      if (open >= from) {
        int dollars = 0;
        while (open - dollars - 1 >= from && text.charAt(open - dollars - 1) == '$') {
          dollars++;
        }
        if (dollars % 2 == 0) {
          return Optional.of(text.substring(open, close + 1));
        }
      }
      from = close + 1;
    }
  }

  /// A reference that cannot be replaced.
  private static final class Unexpandable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Position position;
    private final String reason;

    Unexpandable(Position position, String reason) {
      super(reason, null, false, false);
      this.position = position;
      this.reason = reason;
    }
  }
}
