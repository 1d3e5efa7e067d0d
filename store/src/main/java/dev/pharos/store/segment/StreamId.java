package dev.pharos.store.segment;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.ResourceTable;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// The identity of a stream of log records: the first 128 bits of SHA-256 over the Resource's attributes, each as
/// length and bytes of key, type, length and bytes of value, in ascending byte order; their order in the Resource, its
/// schema URL, entities and dropped count do not count. Ordered as unsigned numbers.
public record StreamId(long hi, long lo) implements Comparable<StreamId> {

  /// The stream of a row of `resources`.
  public static StreamId of(ResourceTable resources, int row, Symbols symbols) {
    AttributeRows attributes = resources.attributes();
    int from = attributes.from(row);
    var encoded = new byte[attributes.to(row) - from][];
    for (int i = 0; i < encoded.length; i++) {
      encoded[i] = encode(attributes, from + i, symbols);
    }
    Arrays.sort(encoded, Arrays::compareUnsigned);
    MessageDigest digest = sha256();
    for (byte[] attribute : encoded) {
      digest.update(attribute);
    }
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    return new StreamId(hash.getLong(), hash.getLong());
  }

  private static byte[] encode(AttributeRows attributes, int i, Symbols symbols) {
    int key = attributes.key(i);
    byte type = attributes.type(i);
    int text = ValueType.isSymbol(type) ? (int) attributes.value(i) : -1;
    int valueBytes = text < 0 ? 8 : symbols.length(text);
    ByteBuffer out = ByteBuffer.allocate(9 + symbols.length(key) + valueBytes);
    out.putInt(symbols.length(key)).put(symbols.bytes(), symbols.offset(key), symbols.length(key));
    out.put(type).putInt(valueBytes);
    if (text < 0) {
      out.putLong(attributes.value(i));
    } else {
      out.put(symbols.bytes(), symbols.offset(text), valueBytes);
    }
    return out.array();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public int compareTo(StreamId other) {
    int order = Long.compareUnsigned(hi, other.hi);
    return order != 0 ? order : Long.compareUnsigned(lo, other.lo);
  }
}
