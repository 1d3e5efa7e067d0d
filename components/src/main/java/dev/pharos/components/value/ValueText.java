package dev.pharos.components.value;

import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.model.proto.ProtoReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/// OTLP values as text, as the Collector writes them wherever it turns one into a string: numbers in decimal, bytes in
/// base64, maps (keys sorted) and lists as JSON. Stateless; any thread.
public final class ValueText {
  private ValueText() {}

  /// The text of a value of a batch; see [ValueType].
  public static String of(Symbols symbols, byte type, long value) {
    return switch (type) {
      case ValueType.STRING -> symbols.text((int) value);
      case ValueType.BOOL -> Boolean.toString(value != 0);
      case ValueType.INT -> Long.toString(value);
      case ValueType.DOUBLE -> number(Double.longBitsToDouble(value));
      case ValueType.BYTES ->
          base64(symbols.bytes(), symbols.offset((int) value), symbols.length((int) value));
      case ValueType.ARRAY, ValueType.MAP -> {
        var out = new StringBuilder();
        int symbol = (int) value;
        var in =
            new ProtoReader()
                .reset(
                    symbols.bytes(),
                    symbols.offset(symbol),
                    symbols.offset(symbol) + symbols.length(symbol));
        nested(in, type, out);
        yield out.toString();
      }
      default -> "";
    };
  }

  /// The shortest decimal that reads back as the same double; with an exponent below 1e-6 and from 1e21 on, as JSON in
  /// Go.
  public static String number(double value) {
    return number(value, -6, 21);
  }

  /// The same with an exponent below 1e-4 and from 1e6 on, as Prometheus' text formats have it.
  public static String sample(double value) {
    return number(value, -4, 6);
  }

  private static String number(double value, int smallest, int largest) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= smallest && exponent < largest) {
      return shortest.toPlainString();
    }
    String digits = shortest.unscaledValue().abs().toString();
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    String power = Integer.toString(Math.abs(exponent));
    return (value < 0 ? "-" : "")
        + mantissa
        + "e"
        + (exponent < 0 ? "-" : "+")
        + (power.length() < 2 ? "0" : "")
        + power;
  }

  private static void nested(ProtoReader in, byte type, StringBuilder out) {
    if (type == ValueType.ARRAY) {
      array(in, out);
    } else {
      map(in, out);
    }
  }

  /// The fields of an ArrayValue.
  private static void array(ProtoReader in, StringBuilder out) {
    out.append('[');
    String separator = "";
    while (!in.atEnd()) {
      int tag = in.tag();
      if (tag != (1 << 3 | 2)) {
        in.skip(tag);
        continue;
      }
      int outer = in.enter();
      out.append(separator);
      any(in, out);
      in.leave(outer);
      separator = ",";
    }
    out.append(']');
  }

  /// The fields of a KeyValueList. A key that comes twice keeps its last value.
  private static void map(ProtoReader in, StringBuilder out) {
    Map<String, String> entries = new TreeMap<>();
    while (!in.atEnd()) {
      int tag = in.tag();
      if (tag != (1 << 3 | 2)) {
        in.skip(tag);
        continue;
      }
      int outer = in.enter();
      entry(in, entries);
      in.leave(outer);
    }
    out.append('{');
    String separator = "";
    for (Map.Entry<String, String> entry : entries.entrySet()) {
      out.append(separator);
      quote(entry.getKey(), out);
      out.append(':').append(entry.getValue());
      separator = ",";
    }
    out.append('}');
  }

  private static void entry(ProtoReader in, Map<String, String> entries) {
    String key = "";
    String value = "null";
    while (!in.atEnd()) {
      int tag = in.tag();
      switch (tag) {
        case 1 << 3 | 2 -> key = string(in);
        case 2 << 3 | 2 -> {
          int outer = in.enter();
          var text = new StringBuilder();
          any(in, text);
          value = text.toString();
          in.leave(outer);
        }
        default -> in.skip(tag);
      }
    }
    entries.put(key, value);
  }

  /// The fields of an AnyValue, as JSON.
  private static void any(ProtoReader in, StringBuilder out) {
    int start = out.length();
    while (!in.atEnd()) {
      int tag = in.tag();
      out.setLength(start);
      switch (tag) {
        case ValueType.STRING << 3 | 2 -> quote(string(in), out);
        case ValueType.BOOL << 3 -> out.append(in.varint() != 0);
        case ValueType.INT << 3 -> out.append(in.varint());
        case ValueType.DOUBLE << 3 | 1 -> out.append(json(Double.longBitsToDouble(in.fixed64())));
        case ValueType.ARRAY << 3 | 2 -> {
          int outer = in.enter();
          array(in, out);
          in.leave(outer);
        }
        case ValueType.MAP << 3 | 2 -> {
          int outer = in.enter();
          map(in, out);
          in.leave(outer);
        }
        case ValueType.BYTES << 3 | 2 -> {
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
  }

  /// JSON has no word for these.
  private static String json(double value) {
    return Double.isFinite(value) ? number(value) : "\"" + number(value) + "\"";
  }

  private static String string(ProtoReader in) {
    int length = in.length();
    var text = new String(in.bytes(), in.position(), length, StandardCharsets.UTF_8);
    in.advance(length);
    return text;
  }

  private static String base64(byte[] bytes, int offset, int length) {
    byte[] exact = new byte[length];
    System.arraycopy(bytes, offset, exact, 0, length);
    return Base64.getEncoder().encodeToString(exact);
  }

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
        default -> {
          if (c < 0x20) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
