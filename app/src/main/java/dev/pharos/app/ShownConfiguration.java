package dev.pharos.app;

import dev.pharos.api.pharos.PipelineConfiguration;
import dev.pharos.pipeline.config.ComponentId;
import dev.pharos.pipeline.config.ConfigNode;
import dev.pharos.pipeline.config.ConfigNode.MapNode;
import dev.pharos.pipeline.config.Position;
import dev.pharos.pipeline.config.Scalar;
import dev.pharos.pipeline.config.YamlWriter;
import dev.pharos.pipeline.config.schema.Secret;
import dev.pharos.pipeline.config.service.ComponentCatalog;
import dev.pharos.pipeline.config.service.ComponentConfig;
import dev.pharos.pipeline.config.service.ComponentKind;
import dev.pharos.pipeline.config.service.ConfigPrinter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A configuration as it may be shown: as it takes effect, without its secrets, which it also takes out of other texts.
/// Immutable; any thread.
final class ShownConfiguration {
  /// Words of a secret that are as long are secret by themselves, such as the token behind `Bearer`.
  private static final int SECRET_WORD = 8;

  private static final int MOST_DETAILS = 2;

  private final Configuration configuration;
  private final MapNode shown;
  private final List<String> secrets;

  private ShownConfiguration(Configuration configuration, MapNode shown, List<String> secrets) {
    this.configuration = configuration;
    this.shown = shown;
    this.secrets = secrets;
  }

  static ShownConfiguration of(Configuration configuration, ComponentCatalog catalog) {
    MapNode shown = new ConfigPrinter(catalog, true).print(configuration.tree());
    MapNode open = new ConfigPrinter(catalog, false).print(configuration.tree());
    Set<String> secrets =
        new TreeSet<>(Comparator.comparing(String::length).reversed().thenComparing(text -> text));
    collect(shown, open, secrets);
    return new ShownConfiguration(configuration, shown, List.copyOf(secrets));
  }

  /// What differs between what is shown and what is not is secret.
  private static void collect(ConfigNode shown, ConfigNode open, Set<String> secrets) {
    if (shown instanceof MapNode map && open instanceof MapNode other) {
      map.entries()
          .forEach(
              (key, entry) ->
                  other.get(key).ifPresent(value -> collect(entry.value(), value, secrets)));
    } else if (shown instanceof ConfigNode.ListNode list
        && open instanceof ConfigNode.ListNode other) {
      for (int i = 0; i < list.items().size(); i++) {
        collect(list.items().get(i), other.items().get(i), secrets);
      }
    } else if (!ConfigNode.sameValue(shown, open)) {
      String secret = words(open);
      if (!secret.isBlank()) {
        secrets.add(secret);
      }
      for (String word : secret.split("\\s+", -1)) {
        if (word.length() >= SECRET_WORD) {
          secrets.add(word);
        }
      }
    }
  }

  private static String words(ConfigNode node) {
    return node instanceof ConfigNode.ScalarNode(var _, Scalar.Text(String text))
        ? text
        : node.display();
  }

  /// `text` with every secret of the configuration replaced.
  String hide(String text) {
    String hidden = text;
    for (String secret : secrets) {
      hidden = hidden.replace(secret, Secret.REDACTED);
    }
    return hidden;
  }

  /// The whole, and each component.
  PipelineConfiguration whole() {
    var parts = new ArrayList<PipelineConfiguration.Part>();
    for (ComponentKind kind : ComponentKind.values()) {
      for (ComponentConfig part : configuration.service().components(kind).values()) {
        parts.add(
            new PipelineConfiguration.Part(
                kind.label(), part.id().toString(), place(part.position()), text(part)));
      }
    }
    return new PipelineConfiguration(configuration.sources(), YamlWriter.write(shown), parts);
  }

  private String text(ComponentConfig part) {
    return entry(part)
        .map(
            one ->
                YamlWriter.write(MapNode.empty(Position.NOWHERE).with(part.id().toString(), one)))
        .orElse("");
  }

  /// Where a component stands in the user's file; empty if it is not configured by any.
  String position(ComponentKind kind, ComponentId id) {
    return configuration
        .service()
        .component(kind, id)
        .map(part -> place(part.position()))
        .orElse("");
  }

  private static String place(Position position) {
    return position.line() == 0 ? "" : position.toString();
  }

  /// The most telling of a component's settings in a few words: its addresses, or else what the user has set.
  String detail(ComponentKind kind, ComponentId id) {
    return configuration
        .service()
        .component(kind, id)
        .flatMap(part -> entry(part).map(entry -> detail(part, entry.value())))
        .orElse("");
  }

  private static String detail(ComponentConfig part, ConfigNode effective) {
    var found = new ArrayList<String>();
    addresses(effective, "", found);
    if (found.isEmpty()
        && part.node() instanceof MapNode given
        && effective instanceof MapNode all) {
      for (String key : given.entries().keySet()) {
        all.get(key).ifPresent(value -> settings(key, value, found));
      }
    }
    return String.join(", ", found.subList(0, Math.min(MOST_DETAILS, found.size())));
  }

  /// A value with its key; of a list of settings, such as actions, the values of each alone.
  private static void settings(String key, ConfigNode value, List<String> found) {
    switch (value) {
      case ConfigNode.ScalarNode scalar -> found.add(key + " " + words(scalar));
      case ConfigNode.ListNode list ->
          list.items().stream()
              .map(ShownConfiguration::values)
              .filter(text -> !text.isEmpty())
              .forEach(found::add);
      case MapNode _, ConfigNode.NullNode _ -> {}
    }
  }

  private static String values(ConfigNode item) {
    return item instanceof MapNode map
        ? map.entries().values().stream()
            .map(ConfigNode.Entry::value)
            .filter(value -> value instanceof ConfigNode.ScalarNode)
            .map(ShownConfiguration::words)
            .filter(text -> !text.isEmpty())
            .limit(MOST_DETAILS)
            .collect(Collectors.joining(" "))
        : item instanceof ConfigNode.ScalarNode ? words(item) : "";
  }

  private static void addresses(ConfigNode node, String name, List<String> found) {
    if (!(node instanceof MapNode map)) {
      return;
    }
    for (Map.Entry<String, ConfigNode.Entry> entry : map.entries().entrySet()) {
      ConfigNode value = entry.getValue().value();
      if (entry.getKey().endsWith("endpoint") && value instanceof ConfigNode.ScalarNode) {
        String address = words(value);
        if (!address.isEmpty()) {
          found.add(name.isEmpty() ? address : name + " " + address);
        }
      } else {
        addresses(value, entry.getKey(), found);
      }
    }
  }

  private Optional<ConfigNode.Entry> entry(ComponentConfig part) {
    return shown
        .get(part.kind().section())
        .flatMap(
            section ->
                section instanceof MapNode map
                    ? map.entries().entrySet().stream()
                        .filter(one -> isOf(one.getKey(), part))
                        .map(Map.Entry::getValue)
                        .findFirst()
                    : Optional.empty());
  }

  /// Keys may be written with blanks.
  private static boolean isOf(String key, ComponentConfig part) {
    return ComponentId.parse(key).equals(part.id());
  }
}
