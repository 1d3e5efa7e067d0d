package dev.pharos.model.text;

import dev.pharos.model.ValueType;
import dev.pharos.model.proto.ProtoReader;
import java.nio.charset.StandardCharsets;

/// The members of an encoded ArrayValue or KeyValueList (opentelemetry/proto/common/v1), one level deep. Unknown fields
/// are skipped; of a value or key that comes twice in one message the last holds. Stateless; any thread.
public final class NestedMembers {
  private static final int MEMBER = 1 << 3 | 2;
  private static final int KEY = 1 << 3 | 2;
  private static final int VALUE = 2 << 3 | 2;

  /// Told of members in their order.
  public interface Each {
    /// @param key the name in a map; empty in an array
    /// @param type as in [ValueType]
    /// @param number of an INT its value, of a DOUBLE its raw bits, of a BOOL 0 or 1; otherwise 0
    /// @param from where the bytes of a STRING, BYTES, ARRAY or MAP begin
    /// @param to where they end
    void accept(String key, byte type, long number, int from, int to);
  }

  private byte type;
  private long number;
  private int from;
  private int to;

  private NestedMembers() {}

  /// Tells the members of the message in `bytes[from, to)`.
  ///
  /// @param type [ValueType#ARRAY] or [ValueType#MAP]
  /// @throws dev.pharos.model.proto.DecodeException on damaged bytes
  public static void forEach(byte type, byte[] bytes, int from, int to, Each each) {
    ProtoReader in = new ProtoReader().reset(bytes, from, to);
    var value = new NestedMembers();
    while (!in.atEnd()) {
      int tag = in.tag();
      if (tag != MEMBER) {
        in.skip(tag);
        continue;
      }
      int outer = in.enter();
      String key = "";
      value.clear();
      if (type == ValueType.MAP) {
        key = value.entry(in);
      } else {
        value.any(in);
      }
      in.leave(outer);
      each.accept(key, value.type, value.number, value.from, value.to);
    }
  }

  private void clear() {
    type = ValueType.EMPTY;
    number = 0;
    from = 0;
    to = 0;
  }

  /// The fields of a KeyValue.
  private String entry(ProtoReader in) {
    String key = "";
    while (!in.atEnd()) {
      int tag = in.tag();
      switch (tag) {
        case KEY -> {
          int length = in.length();
          key = new String(in.bytes(), in.position(), length, StandardCharsets.UTF_8);
          in.advance(length);
        }
        case VALUE -> {
          int outer = in.enter();
          clear();
          any(in);
          in.leave(outer);
        }
        default -> in.skip(tag);
      }
    }
    return key;
  }

  /// The fields of an AnyValue.
  private void any(ProtoReader in) {
    while (!in.atEnd()) {
      int tag = in.tag();
      switch (tag) {
        case ValueType.BOOL << 3 -> scalar(ValueType.BOOL, in.varint() != 0 ? 1 : 0);
        case ValueType.INT << 3 -> scalar(ValueType.INT, in.varint());
        case ValueType.DOUBLE << 3 | 1 -> scalar(ValueType.DOUBLE, in.fixed64());
        case ValueType.STRING << 3 | 2,
            ValueType.ARRAY << 3 | 2,
            ValueType.MAP << 3 | 2,
            ValueType.BYTES << 3 | 2 -> {
          int length = in.length();
          scalar((byte) (tag >>> 3), 0);
          from = in.position();
          to = from + length;
          in.advance(length);
        }
        default -> in.skip(tag);
      }
    }
  }

  private void scalar(byte type, long number) {
    this.type = type;
    this.number = number;
  }
}
