package dev.pharos.wire.otlp;

import dev.pharos.model.proto.ProtoReader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Reads one trace or span id at a time and tells what is wrong with it. Ids are bytes in protobuf; requests that come
/// from JSON carry the hex digits as they were written, so that the reason can count them.
final class IdReader {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final boolean hex;
  private byte[] source = {};
  private int offset;
  private int length;
  private long hi;
  private long lo;

  IdReader(boolean hex) {
    this.hex = hex;
  }

  /// Reads the length-delimited id at the reader's position, expected to be of `size` bytes (8 or 16).
  ///
  /// @return whether it has that length and a bit set
  boolean read(ProtoReader in, int size) {
    source = in.bytes();
    length = in.length();
    offset = in.position();
    in.advance(length);
    hi = 0;
    lo = 0;
    if (hex) {
      return length == 2 * size && readHex();
    }
    if (length != size) {
      return false;
    }
    lo = (long) LONG.get(source, offset + size - 8);
    if (size == 16) {
      hi = (long) LONG.get(source, offset);
    }
    return (hi | lo) != 0;
  }

  private boolean readHex() {
    for (int i = 0; i < length; i++) {
      int digit = source[offset + i];
      if (digit < 0 || !HexFormat.isHexDigit(digit)) {
        hi = 0;
        lo = 0;
        return false;
      }
      hi = hi << 4 | lo >>> 60;
      lo = lo << 4 | HexFormat.fromHexDigit(digit);
    }
    return (hi | lo) != 0;
  }

  /// The half of a trace id before [#lo()]; 0 after a failed read.
  long hi() {
    return hi;
  }

  long lo() {
    return lo;
  }

  /// Whether the id read last had no bytes at all, which is how an absent one is written.
  boolean isEmpty() {
    return length == 0;
  }

  /// Whether the id read last is of the expected length, whatever its digits.
  boolean hasLength(int size) {
    return length == (hex ? 2 * size : size);
  }

  /// What is wrong with the id read last.
  String problem(String what, int size) {
    int digits = hex ? length : 2 * length;
    if (digits != 2 * size) {
      return missing(what, digits, size);
    }
    if (hex && (hi | lo) == 0 && !allZero()) {
      return what
          + " \""
          + new String(source, offset, length, StandardCharsets.UTF_8)
          + "\" is not hexadecimal";
    }
    return what + " is all zero";
  }

  private boolean allZero() {
    for (int i = 0; i < length; i++) {
      if (source[offset + i] != '0') {
        return false;
      }
    }
    return true;
  }

  static String missing(String what, int digits, int size) {
    return what + " has " + digits + " hex digits, " + 2 * size + " expected";
  }
}
