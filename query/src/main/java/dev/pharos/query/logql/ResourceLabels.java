package dev.pharos.query.logql;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.Labels;
import dev.pharos.model.ResourceTable;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// One Resource as Loki shows it: the labels of its stream, and the other attributes as structured metadata of each
/// line.
///
/// @param stream never empty: `service_name` is always there
/// @param metadata by sanitised name, first of equal names, in the Resource's order
record ResourceLabels(Labels stream, Map<String, String> metadata) {
  static ResourceLabels of(ResourceTable resources, Symbols symbols, int row) {
    var stream = Labels.EMPTY.toBuilder();
    var metadata = new LinkedHashMap<String, String>();
    var texts = new HashMap<String, String>();
    AttributeRows attributes = resources.attributes();
    for (int i = attributes.from(row); i < attributes.to(row); i++) {
      String key = symbols.text(attributes.key(i));
      String name = LabelNames.sanitize(key);
      FlattenedMap.forEach(
          name,
          attributes.type(i),
          attributes.value(i),
          symbols,
          (leaf, value) -> {
            String leafName = LabelNames.sanitize(leaf);
            if (LabelNames.INDEXED.contains(key)) {
              stream.set(leafName, value);
            } else {
              metadata.putIfAbsent(leafName, value);
            }
          });
      if (attributes.type(i) == ValueType.STRING) {
        texts.putIfAbsent(key, symbols.text((int) attributes.value(i)));
      }
    }
    if (stream.build().get(LabelNames.SERVICE_NAME).isEmpty()) {
      stream.set(LabelNames.SERVICE_NAME, discovered(texts));
    }
    return new ResourceLabels(stream.build(), metadata);
  }

  /// The service of a Resource whose attributes are known as texts.
  static String service(Labels attributes) {
    String name = attributes.get("service.name");
    var texts = new HashMap<String, String>();
    attributes.forEach(texts::put);
    return name.isEmpty() ? discovered(texts) : name;
  }

  private static String discovered(Map<String, String> texts) {
    for (String source : LabelNames.SERVICE_SOURCES) {
      String value = texts.getOrDefault(source, "");
      if (!value.isEmpty()) {
        return value;
      }
    }
    return LabelNames.UNKNOWN_SERVICE;
  }
}
