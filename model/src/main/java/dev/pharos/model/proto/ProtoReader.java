package dev.pharos.model.proto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// A reader of protobuf fields out of a byte array that never reads past its limit. A message is read by [#enter],
/// fields until [#atEnd], and [#leave]; a field is told by its whole tag (`number << 3 | wire type`), so that a known
/// number with another wire type is skipped as unknown, as protobuf asks.
///
/// The buffer stays the caller's and must not change meanwhile. One thread at a time; reusable by [#reset]. Every
/// method throws [DecodeException] on truncated or impossible input.
public final class ProtoReader {
  /// Nesting of messages and groups beyond this is refused, as by the protobuf libraries.
  public static final int MAX_DEPTH = 100;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = {};
  private int at;
  private int limit;

  /// Starts to read `bytes[from .. to)`.
  public ProtoReader reset(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.limit = to;
    return this;
  }

  /// The buffer that [#position()] counts in.
  public byte[] bytes() {
    return bytes;
  }

  public int position() {
    return at;
  }

  /// Where the message being read ends.
  public int limit() {
    return limit;
  }

  public boolean atEnd() {
    return at >= limit;
  }

  /// Begins the length-delimited message at the position.
  ///
  /// @return the limit of the message around it, for [#leave]
  public int enter() {
    int length = length();
    int outer = limit;
    limit = at + length;
    return outer;
  }

  /// Ends the message begun by [#enter], wherever in it the reader stands.
  public void leave(int outer) {
    at = limit;
    limit = outer;
  }

  /// The next field's tag; never of field number 0.
  public int tag() {
    int start = at;
    int tag = start < limit && bytes[start] >= 0 ? bytes[at++] : (int) checkedTag();
    if (tag >>> 3 == 0) {
      throw DecodeException.at(start, "field number 0 (expected: 1 or more)");
    }
    return tag;
  }

  /// Takes the next field's tag if it is this one, below 128: repeated fields come in runs.
  public boolean next(int tag) {
    if (at < limit && bytes[at] == tag) {
      at++;
      return true;
    }
    return false;
  }

  private long checkedTag() {
    int start = at;
    long tag = varint();
    if (tag >>> 32 != 0) {
      throw DecodeException.at(
          start, "tag " + Long.toUnsignedString(tag) + " (expected: below 2^32)");
    }
    return tag;
  }

  public long varint() {
    if (at < limit && bytes[at] >= 0) {
      return bytes[at++];
    }
    return longVarint();
  }

  private long longVarint() {
    long value = 0;
    int start = at;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at >= limit) {
        throw DecodeException.at(
            start, "truncated varint (expected: its last byte before " + limit + ")");
      }
      byte b = bytes[at++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw DecodeException.at(start, "varint of more than 10 bytes");
  }

  /// A varint of a sint32 or sint64 field.
  public long zigzag() {
    long value = varint();
    return value >>> 1 ^ -(value & 1);
  }

  public long fixed64() {
    need(8);
    long value = (long) LONG.get(bytes, at);
    at += 8;
    return value;
  }

  public int fixed32() {
    need(4);
    int value = (int) INT.get(bytes, at);
    at += 4;
    return value;
  }

  private void need(int count) {
    if (limit - at < count) {
      throw DecodeException.at(at, (limit - at) + " bytes left (expected: " + count + ")");
    }
  }

  /// The length of the length-delimited field at the position, which then begins right there.
  public int length() {
    int start = at;
    long length = varint();
    if (length < 0 || length > limit - at) {
      throw DecodeException.at(
          start,
          "length "
              + Long.toUnsignedString(length)
              + " (expected: at most the "
              + (limit - at)
              + " bytes left)");
    }
    return (int) length;
  }

  /// Passes over `count` bytes that [#length] announced.
  public void advance(int count) {
    at += count;
  }

  /// Passes over the value of a field that is not wanted.
  public void skip(int tag) {
    skip(tag, 0);
  }

  private void skip(int tag, int depth) {
    switch (tag & 7) {
      case 0 -> varint();
      case 1 -> {
        need(8);
        at += 8;
      }
      case 2 -> {
        int length = length();
        at += length;
      }
      case 3 -> skipGroup(tag >>> 3, depth + 1);
      case 5 -> {
        need(4);
        at += 4;
      }
      default ->
          throw DecodeException.at(
              at,
              "wire type "
                  + (tag & 7)
                  + " of field "
                  + (tag >>> 3)
                  + " (expected: 0, 1, 2, 3 or 5)");
    }
  }

  private void skipGroup(int number, int depth) {
    if (depth > MAX_DEPTH) {
      throw DecodeException.at(at, "groups nested deeper than " + MAX_DEPTH);
    }
    while (true) {
      if (atEnd()) {
        throw DecodeException.at(at, "group " + number + " does not end");
      }
      int tag = tag();
      if ((tag & 7) == 4) {
        if (tag >>> 3 != number) {
          throw DecodeException.at(
              at, "end of group " + (tag >>> 3) + " (expected: of group " + number + ")");
        }
        return;
      }
      skip(tag, depth);
    }
  }
}
