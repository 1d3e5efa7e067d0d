package dev.pharos.store.metrics;

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

/// Attribute values as label values, with the results of the Collector's `AsString`: bytes in base64, arrays and maps
/// as JSON with sorted keys, an empty value as `""`. Stateless.
final class AttributeText {
  private static final int STRING_VALUE = 1 << 3 | 2;
  private static final int BOOL_VALUE = 2 << 3;
  private static final int INT_VALUE = 3 << 3;
  private static final int DOUBLE_VALUE = 4 << 3 | 1;
  private static final int ARRAY_VALUE = 5 << 3 | 2;
  private static final int MAP_VALUE = 6 << 3 | 2;
  private static final int BYTES_VALUE = 7 << 3 | 2;
  private static final int FIRST = 1 << 3 | 2;
  private static final int SECOND = 2 << 3 | 2;

  private AttributeText() {}

  /// Keys and values of one parent's attributes in their order.
  static void forEach(
      Symbols symbols, AttributeRows rows, int parent, BiConsumer<String, String> each) {
    for (int i = rows.from(parent); i < rows.to(parent); i++) {
      each.accept(symbols.text(rows.key(i)), of(symbols, rows.type(i), rows.value(i)));
    }
  }

  static String of(Symbols symbols, byte type, long value) {
    return switch (type) {
      case ValueType.STRING -> symbols.text((int) value);
      case ValueType.BOOL -> value != 0 ? "true" : "false";
      case ValueType.INT -> Long.toString(value);
      case ValueType.DOUBLE -> number(Double.longBitsToDouble(value));
      case ValueType.BYTES -> {
        int from = symbols.offset((int) value);
        yield base64(symbols.bytes(), from, symbols.length((int) value));
      }
      case ValueType.ARRAY, ValueType.MAP -> nested(symbols, type, (int) value);
      default -> "";
    };
  }

  private static String number(double value) {
    if (Double.isFinite(value)) {
      return NumberText.json(value);
    }
    return "json: unsupported value: " + NumberText.plain(value);
  }

  private static String base64(byte[] bytes, int from, int length) {
    return Base64.getEncoder().encodeToString(Arrays.copyOfRange(bytes, from, from + length));
  }

  /// JSON has no text for infinite numbers and NaN, nor do we for broken messages: such values are empty.
  private static String nested(Symbols symbols, byte type, int symbol) {
    int from = symbols.offset(symbol);
    var in = new ProtoReader().reset(symbols.bytes(), from, from + symbols.length(symbol));
    var out = new StringBuilder();
    try {
      boolean whole = type == ValueType.ARRAY ? array(in, out, 0) : map(in, out, 0);
      return whole ? out.toString() : "";
    } catch (DecodeException e) {
      return "";
    }
  }

  private static boolean array(ProtoReader in, StringBuilder out, int depth) {
    boolean whole = depth < ProtoReader.MAX_DEPTH;
    out.append('[');
    String separator = "";
    while (whole && !in.atEnd()) {
      int tag = in.tag();
      if (tag != FIRST) {
        in.skip(tag);
        continue;
      }
      out.append(separator);
      separator = ",";
      int outer = in.enter();
      whole = any(in, out, depth + 1);
      in.leave(outer);
    }
    out.append(']');
    return whole;
  }

  private static boolean map(ProtoReader in, StringBuilder out, int depth) {
    Map<String, String> entries = new TreeMap<>(Labels::compareBytes);
    boolean whole = depth < ProtoReader.MAX_DEPTH;
    while (whole && !in.atEnd()) {
      int tag = in.tag();
      if (tag != FIRST) {
        in.skip(tag);
        continue;
      }
      int outer = in.enter();
      whole = entry(in, entries, depth);
      in.leave(outer);
    }
    out.append('{');
    String separator = "";
    for (Map.Entry<String, String> entry : entries.entrySet()) {
      out.append(separator);
      separator = ",";
      quote(entry.getKey(), out);
      out.append(':').append(entry.getValue());
    }
    out.append('}');
    return whole;
  }

  private static boolean entry(ProtoReader in, Map<String, String> entries, int depth) {
    String key = "";
    var value = new StringBuilder();
    boolean whole = true;
    while (whole && !in.atEnd()) {
      int tag = in.tag();
      switch (tag) {
        case FIRST -> key = text(in);
        case SECOND -> {
          int outer = in.enter();
          value.setLength(0);
          whole = any(in, value, depth + 1);
          in.leave(outer);
        }
        default -> in.skip(tag);
      }
    }
    entries.put(key, value.isEmpty() ? "null" : value.toString());
    return whole;
  }

  private static boolean any(ProtoReader in, StringBuilder out, int depth) {
    int start = out.length();
    boolean whole = true;
    while (whole && !in.atEnd()) {
      int tag = in.tag();
      if (tag >>> 3 > 7) {
        in.skip(tag);
        continue;
      }
      out.setLength(start);
      switch (tag) {
        case STRING_VALUE -> quote(text(in), out);
        case BOOL_VALUE -> out.append(in.varint() != 0);
        case INT_VALUE -> out.append(in.varint());
        case DOUBLE_VALUE -> {
          double value = Double.longBitsToDouble(in.fixed64());
          whole = Double.isFinite(value);
          out.append(whole ? NumberText.json(value) : "");
        }
        case ARRAY_VALUE, MAP_VALUE -> {
          int outer = in.enter();
          whole = tag == ARRAY_VALUE ? array(in, out, depth) : map(in, out, depth);
          in.leave(outer);
        }
        case BYTES_VALUE -> {
          int length = in.length();
          out.append('"').append(base64(in.bytes(), in.position(), length)).append('"');
          in.advance(length);
        }
        default -> in.skip(tag);
      }
    }
    if (out.length() == start) {
      out.append("null");
    }
    return whole;
  }

  private static String text(ProtoReader in) {
    int length = in.length();
    var text = new String(in.bytes(), in.position(), length, StandardCharsets.UTF_8);
    in.advance(length);
    return text;
  }

  /// As Go's `encoding/json` quotes, which escapes what HTML would read.
  private static void quote(String text, StringBuilder out) {
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
        case '<', '>', '&', '\u2028', '\u2029' -> unicode(c, out);
        default -> {
          if (c < ' ') {
            unicode(c, out);
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static void unicode(char c, StringBuilder out) {
    out.append("\\u")
        .append(Character.forDigit(c >> 12, 16))
        .append(Character.forDigit(c >> 8 & 15, 16))
        .append(Character.forDigit(c >> 4 & 15, 16))
        .append(Character.forDigit(c & 15, 16));
  }
}
