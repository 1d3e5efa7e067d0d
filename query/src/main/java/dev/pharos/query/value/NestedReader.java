package dev.pharos.query.value;

import dev.pharos.model.ValueType;
import java.nio.charset.StandardCharsets;

/// Walks an encoded ArrayValue or KeyValueList message (opentelemetry/proto/common/v1) and tells a visitor what it
/// meets, in order. Damaged bytes end the walk early; nesting deeper than 64 levels is left out.
final class NestedReader {
  private static final int MAX_DEPTH = 64;

  /// Told of values; between `begin` and `end` come the members of an array or map.
  interface Visitor {
    /// The name of the member that follows, in a map.
    void key(String name);

    void text(String value);

    void bool(boolean value);

    void number(long value);

    void real(double value);

    void bytes(byte[] value);

    void empty();

    void begin(boolean map);

    void end(boolean map);
  }

  private final byte[] bytes;
  private final Visitor visitor;

  private NestedReader(byte[] bytes, Visitor visitor) {
    this.bytes = bytes;
    this.visitor = visitor;
  }

  /// Walks `bytes[from, to)`.
  static void walk(byte type, byte[] bytes, int from, int to, Visitor visitor) {
    new NestedReader(bytes, visitor).list(type == ValueType.MAP, from, to, 0);
  }

  private void list(boolean map, int from, int to, int depth) {
    visitor.begin(map);
    int at = from;
    while (at < to && depth < MAX_DEPTH) {
      long tag = varint(at, to);
      at += varintSize(at, to);
      long length = varint(at, to);
      at += varintSize(at, to);
      if (tag != 10 || length < 0 || length > to - at) {
        break;
      }
      int end = at + (int) length;
      if (map) {
        member(at, end, depth);
      } else {
        value(at, end, depth);
      }
      at = end;
    }
    visitor.end(map);
  }

  /// One KeyValue: field 1 is the key, field 2 the value.
  private void member(int from, int to, int depth) {
    String key = "";
    int valueFrom = to;
    int valueTo = to;
    int at = from;
    while (at < to) {
      long tag = varint(at, to);
      at += varintSize(at, to);
      long length = varint(at, to);
      at += varintSize(at, to);
      if ((tag & 7) != 2 || length < 0 || length > to - at) {
        break;
      }
      int end = at + (int) length;
      if (tag == 10) {
        key = text(at, end);
      } else if (tag == 18) {
        valueFrom = at;
        valueTo = end;
      }
      at = end;
    }
    visitor.key(key);
    value(valueFrom, valueTo, depth);
  }

  /// One AnyValue.
  private void value(int from, int to, int depth) {
    if (from >= to) {
      visitor.empty();
      return;
    }
    long tag = varint(from, to);
    int at = from + varintSize(from, to);
    int wire = (int) (tag & 7);
    if (wire == 1 && to - at >= 8) {
      long bits = 0;
      for (int i = 7; i >= 0; i--) {
        bits = bits << 8 | (bytes[at + i] & 0xff);
      }
      visitor.real(Double.longBitsToDouble(bits));
      return;
    }
    long number = varint(at, to);
    at += varintSize(at, to);
    int end = wire == 2 && number >= 0 && number <= to - at ? at + (int) number : at;
    switch ((int) (tag >>> 3)) {
      case ValueType.STRING -> visitor.text(text(at, end));
      case ValueType.BOOL -> visitor.bool(number != 0);
      case ValueType.INT -> visitor.number(number);
      case ValueType.ARRAY -> list(false, at, end, depth + 1);
      case ValueType.MAP -> list(true, at, end, depth + 1);
      case ValueType.BYTES -> visitor.bytes(java.util.Arrays.copyOfRange(bytes, at, end));
      default -> visitor.empty();
    }
  }

  private String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private long varint(int at, int to) {
    long value = 0;
    for (int i = 0; i < 10 && at + i < to; i++) {
      value |= (long) (bytes[at + i] & 0x7f) << (7 * i);
      if (bytes[at + i] >= 0) {
        return value;
      }
    }
    return -1;
  }

  private int varintSize(int at, int to) {
    int size = 0;
    while (size < 10 && at + size < to) {
      if (bytes[at + size++] >= 0) {
        break;
      }
    }
    return Math.max(1, size);
  }
}
