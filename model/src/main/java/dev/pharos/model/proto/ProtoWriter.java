package dev.pharos.model.proto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A writer of protobuf that goes backwards: what shall come last is written first, so the length of a message is known
/// when its prefix is due. A message is written as `int end = size()`, its fields in reverse, then [#message].
///
/// The methods that take a tag write it (`number << 3 | wire type`) before their value. The buffer grows and is reused
/// by [#clear]. One thread at a time.
public final class ProtoWriter {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG_BE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /// Most bytes that a tag and a number take.
  private static final int FIELD = 16;

  private byte[] buffer;

  /// What is written is `buffer[start ..]`.
  private int start;

  public ProtoWriter() {
    this(4096);
  }

  public ProtoWriter(int capacity) {
    buffer = new byte[Math.max(64, capacity)];
    start = buffer.length;
  }

  public void clear() {
    start = buffer.length;
  }

  /// Bytes written.
  public int size() {
    return buffer.length - start;
  }

  /// What was written is `buffer()[start() .. buffer().length)`, until the next write or `clear`.
  public byte[] buffer() {
    return buffer;
  }

  public int start() {
    return start;
  }

  public byte[] toByteArray() {
    return Arrays.copyOfRange(buffer, start, buffer.length);
  }

  /// Takes back everything written since `size()` was `size`.
  public void back(int size) {
    start = buffer.length - size;
  }

  private void room(int count) {
    if (start < count) {
      grow(count);
    }
  }

  private void grow(int count) {
    long needed = (long) size() + count;
    if (needed > Integer.MAX_VALUE - 16) {
      throw new IllegalStateException("message of " + needed + " bytes (expected: below 2^31)");
    }
    var larger =
        new byte[(int) Math.min(Math.max(needed, 2L * buffer.length), Integer.MAX_VALUE - 16)];
    int at = larger.length - size();
    System.arraycopy(buffer, start, larger, at, size());
    buffer = larger;
    start = at;
  }

  /// Puts length and tag before the fields written since `size()` was `end`.
  public void message(int tag, int end) {
    int length = size() - end;
    room(FIELD);
    varintBefore(length);
    varintBefore(tag);
  }

  private void varintBefore(long value) {
    if ((value & ~0x7fL) == 0) {
      buffer[--start] = (byte) value;
      return;
    }
    int length = (70 - Long.numberOfLeadingZeros(value)) / 7;
    int at = start - length;
    start = at;
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      buffer[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[at] = (byte) rest;
  }

  /// A number without tag, of a packed field.
  public void bareVarint(long value) {
    room(FIELD);
    varintBefore(value);
  }

  /// Eight bytes without tag, of a packed field.
  public void bareFixed64(long value) {
    room(8);
    start -= 8;
    LONG.set(buffer, start, value);
  }

  public void varint(int tag, long value) {
    room(FIELD);
    varintBefore(value);
    varintBefore(tag);
  }

  public void zigzag(int tag, long value) {
    varint(tag, value << 1 ^ value >> 63);
  }

  public void fixed64(int tag, long value) {
    room(FIELD);
    start -= 8;
    LONG.set(buffer, start, value);
    varintBefore(tag);
  }

  public void fixed32(int tag, int value) {
    room(FIELD);
    start -= 4;
    INT.set(buffer, start, value);
    varintBefore(tag);
  }

  /// A bytes field of one long, big endian: a span id.
  public void id(int tag, long value) {
    room(FIELD);
    start -= 8;
    LONG_BE.set(buffer, start, value);
    buffer[--start] = 8;
    varintBefore(tag);
  }

  /// A bytes field of two longs, big endian: a trace id.
  public void id(int tag, long hi, long lo) {
    room(FIELD + 8);
    start -= 16;
    LONG_BE.set(buffer, start, hi);
    LONG_BE.set(buffer, start + 8, lo);
    buffer[--start] = 16;
    varintBefore(tag);
  }

  public void bytes(int tag, byte[] source, int offset, int length) {
    raw(source, offset, length);
    room(FIELD);
    varintBefore(length);
    varintBefore(tag);
  }

  /// Bytes as they are: fields that are encoded already.
  public void raw(byte[] source, int offset, int length) {
    room(length);
    start -= length;
    System.arraycopy(source, offset, buffer, start, length);
  }
}
