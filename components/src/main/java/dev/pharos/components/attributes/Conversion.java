package dev.pharos.components.attributes;

import dev.pharos.model.ValueType;
import dev.pharos.model.edit.Attributes;
import dev.pharos.model.edit.BatchEditor;
import dev.pharos.model.text.ValueText;

/// `convert`: gives values another type. What cannot be converted stays: texts that are no numbers, maps and lists as
/// numbers, and bools as text, which the Collector leaves too.
final class Conversion implements Action {
  private final String key;
  private final String target;

  Conversion(ActionConfig config) {
    this.key = config.key();
    this.target = config.convertedType();
  }

  @Override
  public void apply(BatchEditor<?> editor, Attributes attributes) {
    int index = attributes.find(key);
    if (index < 0) {
      return;
    }
    byte type = attributes.type(index);
    switch (target) {
      case "int" -> toInt(attributes, index, type);
      case "double" -> toDouble(attributes, index, type);
      default -> toText(editor, attributes, index, type);
    }
  }

  private static void toInt(Attributes attributes, int index, byte type) {
    switch (type) {
      case ValueType.BOOL -> attributes.setValue(index, ValueType.INT, attributes.value(index));
      case ValueType.DOUBLE ->
          attributes.setValue(
              index, ValueType.INT, (long) Double.longBitsToDouble(attributes.value(index)));
      case ValueType.STRING -> {
        try {
          attributes.setValue(index, ValueType.INT, Long.parseLong(attributes.text(index)));
        } catch (NumberFormatException e) {
          // No number: it stays as it is.
        }
      }
      default -> {
        // An int already, or nothing that a number could be made of.
      }
    }
  }

  private static void toDouble(Attributes attributes, int index, byte type) {
    switch (type) {
      case ValueType.BOOL, ValueType.INT -> set(attributes, index, attributes.value(index));
      case ValueType.STRING -> {
        String text = attributes.text(index);
        // Java also takes spaces around, and a suffix for the type.
        if (text.matches("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?")) {
          set(attributes, index, Double.parseDouble(text));
        }
      }
      default -> {
        // A double already, or nothing that a number could be made of.
      }
    }
  }

  private static void set(Attributes attributes, int index, double value) {
    attributes.setValue(index, ValueType.DOUBLE, Double.doubleToRawLongBits(value));
  }

  private static void toText(BatchEditor<?> editor, Attributes attributes, int index, byte type) {
    if (type != ValueType.STRING && type != ValueType.BOOL) {
      attributes.setText(index, ValueText.of(editor.symbols(), type, attributes.value(index)));
    }
  }
}
