package dev.pharos.pipeline.config.service;

import dev.pharos.pipeline.config.ConfigNode;
import dev.pharos.pipeline.config.Origin;
import dev.pharos.pipeline.config.Position;
import dev.pharos.pipeline.config.Scalar;
import dev.pharos.pipeline.config.schema.ConfigType;
import dev.pharos.pipeline.config.schema.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Shows a configuration as it takes effect: defaults filled in, secrets hidden if asked.
public final class ConfigPrinter {
  private final ComponentCatalog catalog;
  private final boolean redact;

  /// @param redact whether secrets are hidden; then the body of a component that `catalog` does not have is hidden
  ///     whole
  public ConfigPrinter(ComponentCatalog catalog, boolean redact) {
    this.catalog = catalog;
    this.redact = redact;
  }

  /// `root` as it takes effect, for a writer of YAML or JSON.
  public ConfigNode.MapNode print(ConfigNode.MapNode root) {
    SequencedMap<String, ConfigNode.Entry> sections = new LinkedHashMap<>();
    root.entries()
        .forEach((key, entry) -> sections.put(key, with(entry, section(key, entry.value()))));
    return new ConfigNode.MapNode(root.origin(), sections);
  }

  private ConfigNode section(String key, ConfigNode node) {
    if (!(node instanceof ConfigNode.MapNode map)) {
      return node;
    }
    if (key.equals("service")) {
      return map.get("telemetry")
          .map(telemetry -> TelemetrySettings.SCHEMA.printed(telemetry, redact))
          .map(
              shown ->
                  map.with("telemetry", new ConfigNode.Entry(map.keyPosition("telemetry"), shown)))
          .orElse(map);
    }
    for (ComponentKind kind : ComponentKind.values()) {
      if (kind.section().equals(key)) {
        return components(kind, map);
      }
    }
    return node;
  }

  private ConfigNode components(ComponentKind kind, ConfigNode.MapNode section) {
    SequencedMap<String, ConfigNode.Entry> shown = new LinkedHashMap<>();
    for (Map.Entry<String, ConfigNode.Entry> entry : section.entries().entrySet()) {
      String id = entry.getKey();
      int slash = id.indexOf('/');
      String type = (slash < 0 ? id : id.substring(0, slash)).strip();
      ConfigNode body = entry.getValue().value();
      Optional<ConfigType<?>> schema = catalog.find(kind, type).map(ComponentDescriptor::schema);
      ConfigNode printed =
          schema.map(known -> known.printed(body, redact)).orElseGet(() -> unknown(body));
      shown.put(id, with(entry.getValue(), keepRequired(body, printed)));
    }
    return new ConfigNode.MapNode(section.origin(), shown);
  }

  /// The key `required` of an exporter is not in its schema.
  private static ConfigNode keepRequired(ConfigNode body, ConfigNode printed) {
    if (!(body instanceof ConfigNode.MapNode given)
        || !(printed instanceof ConfigNode.MapNode shown)) {
      return printed;
    }
    ConfigNode.Entry required = given.entries().get("required");
    return required == null || shown.get("required").isPresent()
        ? printed
        : shown.with("required", required);
  }

  private ConfigNode unknown(ConfigNode body) {
    return redact
        ? new ConfigNode.ScalarNode(Origin.at(Position.NOWHERE), new Scalar.Text(Secret.REDACTED))
        : body;
  }

  private static ConfigNode.Entry with(ConfigNode.Entry entry, ConfigNode value) {
    return new ConfigNode.Entry(entry.keyPosition(), value);
  }
}
