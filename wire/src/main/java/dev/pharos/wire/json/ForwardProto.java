package dev.pharos.wire.json;

import dev.pharos.model.proto.DecodeException;
import java.util.Arrays;

/// A writer of protobuf that goes forwards, for messages whose fields come one by one: a message gets one byte for its
/// length at first, and is moved when it turns out longer. One thread at a time.
final class ForwardProto {
  private byte[] bytes;
  private int size;

  ForwardProto(int capacity) {
    bytes = new byte[Math.max(64, capacity)];
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  private void room(int count) {
    if (bytes.length - size < count) {
      long needed = (long) size + count;
      if (needed > Integer.MAX_VALUE - 16) {
        throw new DecodeException("message larger than 2 GiB");
      }
      bytes =
          Arrays.copyOf(
              bytes, (int) Math.min(Math.max(needed, 2L * bytes.length), Integer.MAX_VALUE - 16));
    }
  }

  void varint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  void fixed64(long value) {
    room(8);
    for (int shift = 0; shift < 64; shift += 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  void fixed32(int value) {
    room(4);
    for (int shift = 0; shift < 32; shift += 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  void bytes(byte[] value) {
    varint(value.length);
    room(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  /// Begins a message whose tag was written; returns where, for [#close].
  int open() {
    room(1);
    return size++;
  }

  void close(int start) {
    int length = size - start - 1;
    int extra = (Math.max(0, 31 - Integer.numberOfLeadingZeros(length | 1))) / 7;
    room(extra);
    System.arraycopy(bytes, start + 1, bytes, start + 1 + extra, length);
    int end = size + extra;
    size = start;
    varint(length);
    size = end;
  }
}
