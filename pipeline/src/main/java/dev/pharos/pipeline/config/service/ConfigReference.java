package dev.pharos.pipeline.config.service;

import dev.pharos.pipeline.config.schema.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// The configuration reference in Markdown, made from the schemas, so that it cannot say anything else than they do.
public final class ConfigReference {
  private final StringBuilder out = new StringBuilder();

  private ConfigReference() {}

  /// One chapter for each kind, one table for each type of component, and `service`.
  public static String markdown(ComponentCatalog catalog) {
    ConfigReference reference = new ConfigReference();
    reference.out.append(
        "# Configuration reference\n\nMade from the schemas of the components; do not edit.\n");
    for (ComponentKind kind : ComponentKind.values()) {
      List<ComponentDescriptor<?>> sorted = new ArrayList<>(catalog.components(kind));
      sorted.sort(Comparator.comparing(ComponentDescriptor::type));
      if (!sorted.isEmpty()) {
        reference.out.append("\n## ").append(kind.section()).append('\n');
        sorted.forEach(reference::component);
      }
    }
    reference.out.append("\n## service\n");
    reference.table(ServiceConfigDecoder.SERVICE.fields());
    return reference.out.toString();
  }

  private void component(ComponentDescriptor<?> component) {
    out.append("\n### ").append(component.type()).append("\n\n");
    out.append("Stability: ").append(component.stability().label()).append('.');
    List<String> supported = new ArrayList<>();
    component.signals().keySet().forEach(signal -> supported.add(signal.label()));
    component.pairs().keySet().stream().map(SignalPair::label).sorted().forEach(supported::add);
    if (!supported.isEmpty()) {
      out.append(" Signals: ").append(String.join(", ", supported)).append('.');
    }
    if (!component.aliases().isEmpty()) {
      out.append(" Old names: ").append(code(component.aliases())).append('.');
    }
    component
        .replacement()
        .ifPresent(modern -> out.append(" Deprecated: use ").append(modern).append('.'));
    out.append('\n');
    table(component.schema().fields());
  }

  private void table(List<Field> fields) {
    if (fields.isEmpty()) {
      out.append("\nNo keys.\n");
      return;
    }
    out.append("\n| key | type | default | what |\n|---|---|---|---|\n");
    rows("", fields);
  }

  private void rows(String prefix, List<Field> fields) {
    for (Field field : fields) {
      boolean section = !field.type().fields().isEmpty();
      out.append("| `")
          .append(prefix)
          .append(field.key())
          .append("` | ")
          .append(escaped(field.type().name()));
      out.append(" | ")
          .append(fallback(field, section))
          .append(" | ")
          .append(escaped(field.doc()))
          .append(" |\n");
      rows(prefix + field.key() + "::", field.type().fields());
    }
  }

  private static String fallback(Field field, boolean section) {
    return switch (field.presence()) {
      case OPTIONAL -> section ? "off" : "–";
      case DEPRECATED -> "–";
      case DEFAULTED -> {
        if (section && field.defaultText().equals("{}")) {
          yield "";
        }
        yield field.defaultText().isEmpty() ? "–" : "`" + escaped(field.defaultText()) + "`";
      }
    };
  }

  private static String code(List<String> names) {
    return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
  }

  private static String escaped(String text) {
    return text.replace("|", "\\|");
  }
}
