package dev.pharos.transport;

import java.nio.charset.StandardCharsets;

/// A stretch of a byte array: the contiguous content of a request, reply or message.
///
/// Not copied on the way in or out: whoever hands one over must not change the array afterwards, and whoever gets one
/// of a request may keep it as long as wanted. Bytes outside `offset` and `length` mean nothing.
public record Body(byte[] array, int offset, int length) {
  /// No bytes.
  public static final Body EMPTY = new Body(new byte[0], 0, 0);

  public Body {
    if ((offset | length) < 0 || length > array.length - offset) {
      throw new IllegalArgumentException(
          "offset "
              + offset
              + ", length "
              + length
              + " (expected: inside an array of "
              + array.length
              + ")");
    }
  }

  public static Body of(byte[] array) {
    return new Body(array, 0, array.length);
  }

  public static Body of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The bytes in an array of their own length; the array itself where it fits already.
  public byte[] bytes() {
    if (offset == 0 && length == array.length) {
      return array;
    }
    byte[] exact = new byte[length];
    System.arraycopy(array, offset, exact, 0, length);
    return exact;
  }

  /// The bytes read as UTF-8.
  public String text() {
    return new String(array, offset, length, StandardCharsets.UTF_8);
  }

  public boolean isEmpty() {
    return length == 0;
  }
}
