package dev.pharos.pipeline.config.service;

import dev.pharos.pipeline.config.ConfigNode;
import dev.pharos.pipeline.config.Origin;
import dev.pharos.pipeline.config.Position;
import dev.pharos.pipeline.config.Scalar;
import dev.pharos.pipeline.config.YamlWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// The answer of `pharos components`: every type of component with its stability, in the Collector's form.
public final class ComponentListing {
  private static final List<String> SCHEMES = List.of("env", "file", "yaml");

  private ComponentListing() {}

  /// The listing as YAML; aliases are not listed.
  public static String yaml(ComponentCatalog catalog, String version) {
    SequencedMap<String, ConfigNode> root = new LinkedHashMap<>();
    SequencedMap<String, ConfigNode> build = new LinkedHashMap<>();
    build.put("command", text("pharos"));
    build.put("description", text("The whole OpenTelemetry stack in one process"));
    build.put("version", text(version));
    root.put("buildinfo", map(build));
    for (ComponentKind kind : ComponentKind.values()) {
      List<ConfigNode> items = new ArrayList<>();
      List<ComponentDescriptor<?>> sorted = new ArrayList<>(catalog.components(kind));
      sorted.sort(Comparator.comparing(ComponentDescriptor::type));
      sorted.forEach(component -> items.add(component(component, version)));
      root.put(kind.section(), list(items));
    }
    List<ConfigNode> providers = new ArrayList<>();
    for (String scheme : SCHEMES) {
      SequencedMap<String, ConfigNode> provider = new LinkedHashMap<>();
      provider.put("scheme", text(scheme));
      provider.put("module", text("dev.pharos/pipeline " + version));
      providers.add(map(provider));
    }
    root.put("providers", list(providers));
    return YamlWriter.write(map(root));
  }

  private static ConfigNode component(ComponentDescriptor<?> component, String version) {
    SequencedMap<String, ConfigNode> shown = new LinkedHashMap<>();
    shown.put("name", text(component.type()));
    shown.put("module", text("dev.pharos/components " + version));
    Map<String, ConfigNode> stability = new TreeMap<>();
    component
        .signals()
        .forEach((signal, level) -> stability.put(signal.label(), text(level.label())));
    component.pairs().forEach((pair, level) -> stability.put(pair.label(), text(level.label())));
    if (component.kind() == ComponentKind.EXTENSION) {
      stability.put("extension", text(component.stability().label()));
    }
    shown.put("stability", map(new LinkedHashMap<>(stability)));
    return map(shown);
  }

  private static ConfigNode text(String value) {
    return new ConfigNode.ScalarNode(Origin.at(Position.NOWHERE), new Scalar.Text(value));
  }

  private static ConfigNode list(List<ConfigNode> items) {
    return new ConfigNode.ListNode(Origin.at(Position.NOWHERE), items);
  }

  private static ConfigNode map(SequencedMap<String, ConfigNode> values) {
    SequencedMap<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
    values.forEach((key, value) -> entries.put(key, new ConfigNode.Entry(Position.NOWHERE, value)));
    return new ConfigNode.MapNode(Origin.at(Position.NOWHERE), entries);
  }
}
