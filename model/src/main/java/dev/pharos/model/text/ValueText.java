package dev.pharos.model.text;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.Labels;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.model.proto.DecodeException;
import dev.pharos.model.proto.ProtoReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// Attribute values and log bodies as text, with the results of the Collector's `AsString`, which Prometheus and Loki
/// take over: strings as they are, bytes in base64, arrays and maps as JSON with sorted keys, an empty value as `""`. A
/// nested value that JSON has no text for (NaN, an infinite number, damaged bytes, more than 100 levels) is empty.
/// Stateless; any thread.
public final class ValueText {
  private ValueText() {}

  /// Tells keys and texts of one parent's attributes in their order.
  public static void forEach(
      Symbols symbols, AttributeRows rows, int parent, BiConsumer<String, String> each) {
    for (int i = rows.from(parent); i < rows.to(parent); i++) {
      each.accept(symbols.text(rows.key(i)), of(symbols, rows.type(i), rows.value(i)));
    }
  }

  /// The text of a value of a batch or column; see [ValueType].
  public static String of(Symbols symbols, byte type, long value) {
    return switch (type) {
      case ValueType.STRING -> symbols.text((int) value);
      case ValueType.BYTES, ValueType.ARRAY, ValueType.MAP -> {
        int from = symbols.offset((int) value);
        yield of(type, 0, symbols.bytes(), from, from + symbols.length((int) value));
      }
      default -> of(type, value, new byte[0], 0, 0);
    };
  }

  /// The text of a value as [NestedMembers] tells it.
  public static String of(byte type, long number, byte[] bytes, int from, int to) {
    return switch (type) {
      case ValueType.STRING -> new String(bytes, from, to - from, StandardCharsets.UTF_8);
      case ValueType.BOOL -> Boolean.toString(number != 0);
      case ValueType.INT -> Long.toString(number);
      case ValueType.DOUBLE -> number(Double.longBitsToDouble(number));
      case ValueType.BYTES -> base64(bytes, from, to);
      case ValueType.ARRAY, ValueType.MAP -> new Json(bytes).text(type, from, to);
      default -> "";
    };
  }

  private static String number(double value) {
    return Double.isFinite(value)
        ? NumberText.json(value)
        : "json: unsupported value: " + NumberText.plain(value);
  }

  private static String base64(byte[] bytes, int from, int to) {
    return Base64.getEncoder().encodeToString(Arrays.copyOfRange(bytes, from, to));
  }

  /// Writes one nested value. Not reusable; one thread.
  private static final class Json {
    private final byte[] bytes;
    private StringBuilder out = new StringBuilder();
    private boolean whole = true;
    private int depth;

    Json(byte[] bytes) {
      this.bytes = bytes;
    }

    String text(byte type, int from, int to) {
      try {
        nested(type, from, to);
        return whole ? out.toString() : "";
      } catch (DecodeException e) {
        return "";
      }
    }

    private void nested(byte type, int from, int to) {
      whole &= depth < ProtoReader.MAX_DEPTH;
      if (!whole) {
        return;
      }
      depth++;
      if (type == ValueType.ARRAY) {
        array(from, to);
      } else {
        map(from, to);
      }
      depth--;
    }

    private void array(int from, int to) {
      out.append('[');
      int start = out.length();
      NestedMembers.forEach(
          ValueType.ARRAY,
          bytes,
          from,
          to,
          (key, type, number, valueFrom, valueTo) -> {
            if (out.length() > start) {
              out.append(',');
            }
            value(type, number, valueFrom, valueTo);
          });
      out.append(']');
    }

    /// A key that comes twice keeps its last value.
    private void map(int from, int to) {
      Map<String, String> entries = new TreeMap<>(Labels::compareBytes);
      StringBuilder outer = out;
      NestedMembers.forEach(
          ValueType.MAP,
          bytes,
          from,
          to,
          (key, type, number, valueFrom, valueTo) -> {
            out = new StringBuilder();
            value(type, number, valueFrom, valueTo);
            entries.put(key, out.toString());
          });
      out = outer;
      out.append('{');
      String separator = "";
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        out.append(separator);
        separator = ",";
        quote(entry.getKey());
        out.append(':').append(entry.getValue());
      }
      out.append('}');
    }

    private void value(byte type, long number, int from, int to) {
      switch (type) {
        case ValueType.STRING -> quote(of(type, 0, bytes, from, to));
        case ValueType.BYTES -> out.append('"').append(base64(bytes, from, to)).append('"');
        case ValueType.ARRAY, ValueType.MAP -> nested(type, from, to);
        case ValueType.EMPTY -> out.append("null");
        default -> {
          whole &= type != ValueType.DOUBLE || Double.isFinite(Double.longBitsToDouble(number));
          out.append(of(type, number, bytes, 0, 0));
        }
      }
    }

    /// As Go's `encoding/json` quotes, which escapes what HTML would read.
    private void quote(String text) {
      out.append('"');
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        switch (c) {
          case '"' -> out.append("\\\"");
          case '\\' -> out.append("\\\\");
          case '\n' -> out.append("\\n");
          case '\r' -> out.append("\\r");
          case '\t' -> out.append("\\t");
          case '\b' -> out.append("\\b");
          case '\f' -> out.append("\\f");
          case '<', '>', '&', '\u2028', '\u2029' -> unicode(c);
          default -> {
            if (c < ' ') {
              unicode(c);
            } else {
              out.append(c);
            }
          }
        }
      }
      out.append('"');
    }

    private void unicode(char c) {
      out.append("\\u")
          .append(Character.forDigit(c >> 12, 16))
          .append(Character.forDigit(c >> 8 & 15, 16))
          .append(Character.forDigit(c >> 4 & 15, 16))
          .append(Character.forDigit(c & 15, 16));
    }
  }
}
