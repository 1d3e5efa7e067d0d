package dev.pharos.query.memory;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Encodes lists and maps as ArrayValue and KeyValueList messages, for tests.
public final class Nested {
  private Nested() {}

  public static byte[] array(List<?> list) {
    var out = new ByteArrayOutputStream();
    for (Object each : list) {
      field(out, 1, value(each));
    }
    return out.toByteArray();
  }

  public static byte[] map(Map<?, ?> map) {
    var out = new ByteArrayOutputStream();
    map.forEach(
        (key, value) -> {
          var member = new ByteArrayOutputStream();
          field(member, 1, key.toString().getBytes(StandardCharsets.UTF_8));
          field(member, 2, value(value));
          field(out, 1, member.toByteArray());
        });
    return out.toByteArray();
  }

  private static byte[] value(Object value) {
    var out = new ByteArrayOutputStream();
    switch (value) {
      case String s -> field(out, 1, s.getBytes(StandardCharsets.UTF_8));
      case Boolean b -> {
        out.write(2 << 3);
        out.write(b ? 1 : 0);
      }
      case Long n -> {
        out.write(3 << 3);
        varint(out, n);
      }
      case Double d -> {
        out.write(4 << 3 | 1);
        out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(d).array());
      }
      case List<?> l -> field(out, 5, array(l));
      case Map<?, ?> m -> field(out, 6, map(m));
      default -> throw new IllegalArgumentException("value: " + value);
    }
    return out.toByteArray();
  }

  private static void field(ByteArrayOutputStream out, int number, byte[] bytes) {
    out.write(number << 3 | 2);
    varint(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
