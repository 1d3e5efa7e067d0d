package dev.pharos.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.model.proto.ProtoReader;
import dev.pharos.model.proto.ProtoWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ValueTextTest {
  private static final byte[] NULL = {};

  /// A message of these fields, each of which is length delimited.
  private static byte[] message(int tag, byte[]... fields) {
    var out = new ProtoWriter();
    for (int i = fields.length - 1; i >= 0; i--) {
      out.bytes(tag, fields[i], 0, fields[i].length);
    }
    return out.toByteArray();
  }

  private static byte[] joined(byte[] a, byte[] b) {
    byte[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  private static byte[] array(byte[]... values) {
    return message(1 << 3 | 2, values);
  }

  private static byte[] entry(String key, byte[] value) {
    return joined(
        message(1 << 3 | 2, key.getBytes(StandardCharsets.UTF_8)), message(2 << 3 | 2, value));
  }

  private static byte[] any(int type, byte[] content) {
    return message(type << 3 | 2, content);
  }

  private static byte[] string(String text) {
    return any(ValueType.STRING, text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] number(int type, long value) {
    var out = new ProtoWriter();
    if (type == ValueType.DOUBLE) {
      out.fixed64(type << 3 | 1, value);
    } else {
      out.varint(type << 3, value);
    }
    return out.toByteArray();
  }

  private static byte[] real(double value) {
    return number(ValueType.DOUBLE, Double.doubleToRawLongBits(value));
  }

  private static String text(byte type, byte[] encoded) {
    var symbols = new Symbols();
    symbols.intern("before");
    return ValueText.of(symbols, type, symbols.intern(encoded, 0, encoded.length));
  }

  private static String scalar(byte type, long value) {
    return ValueText.of(new Symbols(), type, value);
  }

  @Test
  void writesScalarsAsTheyAre() {
    assertThat(text(ValueType.STRING, "a \"b\"".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("a \"b\"");
    assertThat(text(ValueType.BYTES, new byte[] {1, 2})).isEqualTo("AQI=");
    assertThat(scalar(ValueType.BOOL, 1)).isEqualTo("true");
    assertThat(scalar(ValueType.INT, -5)).isEqualTo("-5");
    assertThat(scalar(ValueType.DOUBLE, Double.doubleToRawLongBits(2.5e-9))).isEqualTo("2.5e-9");
    assertThat(scalar(ValueType.DOUBLE, Double.doubleToRawLongBits(Double.NaN)))
        .isEqualTo("json: unsupported value: NaN");
    assertThat(scalar(ValueType.EMPTY, 0)).isEmpty();
  }

  @Test
  void writesMapsWithSortedKeysAndListsAsJson() {
    byte[] list =
        array(
            number(ValueType.INT, 1), string("x\n\"<"), NULL, number(ValueType.BOOL, 0), real(0.1));
    byte[] map =
        array(
            entry("b", any(ValueType.ARRAY, list)),
            entry("a", string("first")),
            entry(
                "a", any(ValueType.MAP, array(entry("d", any(ValueType.BYTES, new byte[] {1}))))));
    assertThat(text(ValueType.MAP, map))
        .isEqualTo("{\"a\":{\"d\":\"AQ==\"},\"b\":[1,\"x\\n\\\"\\u003c\",null,false,0.1]}");
    assertThat(text(ValueType.ARRAY, NULL)).isEqualTo("[]");
    assertThat(text(ValueType.MAP, NULL)).isEqualTo("{}");
  }

  @Test
  void isEmptyWhereJsonHasNoText() {
    assertThat(text(ValueType.ARRAY, array(string("x"), real(Double.NaN)))).isEmpty();
    byte[] whole = array(string("x"));
    assertThat(text(ValueType.ARRAY, Arrays.copyOf(whole, whole.length - 1))).isEmpty();
    byte[] deep = NULL;
    for (int i = 0; i < ProtoReader.MAX_DEPTH + 1; i++) {
      deep = array(any(ValueType.ARRAY, deep));
    }
    assertThat(text(ValueType.ARRAY, deep)).isEmpty();
  }

  @Test
  void skipsUnknownFieldsOfNestedMessages() {
    byte[] unknown = joined(message(9 << 3 | 2, new byte[] {1, 2, 3}), array(string("x")));
    assertThat(text(ValueType.ARRAY, unknown)).isEqualTo("[\"x\"]");
  }
}
