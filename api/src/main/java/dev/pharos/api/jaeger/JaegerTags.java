package dev.pharos.api.jaeger;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.model.text.ValueText;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/// Jaeger's tags: typed key-value pairs (`string`, `bool`, `int64`, `float64`, `binary`). As Jaeger translates OTLP,
/// bytes are written in base64, lists and maps as the text of their JSON. One thread.
final class JaegerTags {
  private final JsonGenerator json;

  JaegerTags(JsonGenerator json) {
    this.json = json;
  }

  /// Writes the attributes of a parent as tags, but those whose keys are in `without`.
  void attributes(AttributeRows rows, int parent, Symbols symbols, Set<String> without) {
    for (int i = rows.from(parent); i < rows.to(parent); i++) {
      String key = symbols.text(rows.key(i));
      if (!without.contains(key)) {
        value(key, rows.type(i), rows.value(i), symbols);
      }
    }
  }

  void text(String key, String value) {
    begin(key, "string");
    json.writeStringProperty("value", value);
    json.writeEndObject();
  }

  void bool(String key, boolean value) {
    begin(key, "bool");
    json.writeBooleanProperty("value", value);
    json.writeEndObject();
  }

  private void value(String key, byte type, long value, Symbols symbols) {
    switch (type) {
      case ValueType.BOOL -> bool(key, value != 0);
      case ValueType.INT -> {
        begin(key, "int64");
        json.writeNumberProperty("value", value);
        json.writeEndObject();
      }
      case ValueType.DOUBLE -> decimal(key, Double.longBitsToDouble(value));
      case ValueType.BYTES -> {
        begin(key, "binary");
        json.writeStringProperty("value", ValueText.of(symbols, type, value));
        json.writeEndObject();
      }
      default -> text(key, ValueText.of(symbols, type, value));
    }
  }

  /// JSON has no NaN or infinity: those go as text.
  private void decimal(String key, double value) {
    if (Double.isFinite(value)) {
      begin(key, "float64");
      json.writeNumberProperty("value", value);
      json.writeEndObject();
    } else {
      text(key, Double.toString(value));
    }
  }

  private void begin(String key, String type) {
    json.writeStartObject();
    json.writeStringProperty("key", key);
    json.writeStringProperty("type", type);
  }
}
