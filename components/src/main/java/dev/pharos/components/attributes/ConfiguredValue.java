package dev.pharos.components.attributes;

import dev.pharos.model.ValueType;
import dev.pharos.model.edit.BatchEditor;
import dev.pharos.model.proto.ProtoWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// An attribute value that stands in the configuration.
///
/// @param type as in [ValueType]
/// @param bits of a number or bool
/// @param bytes of a text or an encoded ArrayValue
record ConfiguredValue(byte type, long bits, byte[] bytes) {
  private static final int ELEMENT = 1 << 3 | 2;
  private static final byte[] NONE = {};

  /// The value of plain Java objects as YAML gives them; empty for kinds that attributes cannot have: maps and times.
  static Optional<ConfiguredValue> of(Object plain) {
    return switch (plain) {
      case String text ->
          Optional.of(
              new ConfiguredValue(ValueType.STRING, 0, text.getBytes(StandardCharsets.UTF_8)));
      case Boolean bool -> Optional.of(new ConfiguredValue(ValueType.BOOL, bool ? 1 : 0, NONE));
      case Long number -> Optional.of(new ConfiguredValue(ValueType.INT, number, NONE));
      case Double number ->
          Optional.of(
              new ConfiguredValue(ValueType.DOUBLE, Double.doubleToRawLongBits(number), NONE));
      case List<?> list -> {
        var out = new ProtoWriter();
        yield array(list, out)
            ? Optional.of(new ConfiguredValue(ValueType.ARRAY, 0, out.toByteArray()))
            : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  /// Writes the fields of an ArrayValue; false if an element cannot be written.
  private static boolean array(List<?> list, ProtoWriter out) {
    for (Object element : list.reversed()) {
      int end = out.size();
      if (!any(element, out)) {
        return false;
      }
      out.message(ELEMENT, end);
    }
    return true;
  }

  private static boolean any(Object element, ProtoWriter out) {
    switch (element) {
      case String text -> {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.bytes(ValueType.STRING << 3 | 2, utf8, 0, utf8.length);
      }
      case Boolean bool -> out.varint(ValueType.BOOL << 3, bool ? 1 : 0);
      case Long number -> out.varint(ValueType.INT << 3, number);
      case Double number ->
          out.fixed64(ValueType.DOUBLE << 3 | 1, Double.doubleToRawLongBits(number));
      case List<?> inner -> {
        int end = out.size();
        if (!array(inner, out)) {
          return false;
        }
        out.message(ValueType.ARRAY << 3 | 2, end);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /// The value for [dev.pharos.model.edit.Attributes#set] in the batch of `editor`.
  long value(BatchEditor<?> editor) {
    return switch (type) {
      case ValueType.STRING -> editor.intern(new String(bytes, StandardCharsets.UTF_8));
      case ValueType.ARRAY -> editor.add(bytes, 0, bytes.length);
      default -> bits;
    };
  }
}
