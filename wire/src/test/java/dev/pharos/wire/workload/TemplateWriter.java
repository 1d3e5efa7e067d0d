package dev.pharos.wire.workload;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Writes protobuf and remembers where its holes are. Made for building templates once, not for speed.
final class TemplateWriter {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;

  private byte[] bytes = new byte[4096];
  private int size;
  private final List<Hole> holes = new ArrayList<>();
  private int[] offsets = new int[64];
  private int[] widths = new int[64];
  private long[] arguments = new long[64];

  byte[] bytes() {
    return Arrays.copyOf(bytes, size);
  }

  Hole[] holes() {
    return holes.toArray(Hole[]::new);
  }

  int[] offsets() {
    return Arrays.copyOf(offsets, holes.size());
  }

  int[] widths() {
    return Arrays.copyOf(widths, holes.size());
  }

  long[] arguments() {
    return Arrays.copyOf(arguments, holes.size());
  }

  int size() {
    return size;
  }

  /// A nested message of what `content` writes. Its length stands before it, so what was written moves, holes too.
  void message(int field, Runnable content) {
    varint(field << 3 | LENGTH);
    int start = size;
    int firstHole = holes.size();
    content.run();
    int length = size - start;
    varint(length);
    int prefix = size - start - length;
    var moved = Arrays.copyOfRange(bytes, start + length, size);
    System.arraycopy(bytes, start, bytes, start + prefix, length);
    System.arraycopy(moved, 0, bytes, start, prefix);
    for (int i = firstHole; i < holes.size(); i++) {
      offsets[i] += prefix;
    }
  }

  void number(int field, long value) {
    varint((long) field << 3 | VARINT);
    varint(value);
  }

  void real(int field, double value) {
    varint((long) field << 3 | FIXED64);
    room(8);
    Stamps.putDouble(bytes, size, value);
    size += 8;
  }

  void text(int field, String value) {
    text(field, Text.of(value));
  }

  void text(int field, Text value) {
    varint((long) field << 3 | LENGTH);
    varint(value.width());
    for (Text.Piece piece : value.pieces()) {
      switch (piece) {
        case Text.Literal literal -> raw(literal.text().getBytes(StandardCharsets.US_ASCII));
        case Text.Gap gap -> hole(gap.hole(), gap.width(), gap.argument());
      }
    }
  }

  void id(int field, Hole hole, int number) {
    int width = hole == Hole.TRACE_ID ? 16 : 8;
    varint((long) field << 3 | LENGTH);
    varint(width);
    hole(hole, width, number);
  }

  void time(int field, long fromNow) {
    varint((long) field << 3 | FIXED64);
    hole(Hole.TIME, 8, fromNow);
  }

  void doubles(int field, double[] packed) {
    varint((long) field << 3 | LENGTH);
    varint(8L * packed.length);
    room(8 * packed.length);
    for (double value : packed) {
      Stamps.putDouble(bytes, size, value);
      size += 8;
    }
  }

  /// The tag of a field whose content follows as raw bytes or a hole.
  void fixed64Tag(int field) {
    varint((long) field << 3 | FIXED64);
  }

  void packedTag(int field, int length) {
    varint((long) field << 3 | LENGTH);
    varint(length);
  }

  void hole(Hole hole, int width, long argument) {
    int n = holes.size();
    if (n == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * n);
      widths = Arrays.copyOf(widths, 2 * n);
      arguments = Arrays.copyOf(arguments, 2 * n);
    }
    offsets[n] = size;
    widths[n] = width;
    arguments[n] = argument;
    holes.add(hole);
    room(width);
    Arrays.fill(bytes, size, size + width, (byte) '0');
    size += width;
  }

  /// KeyValue fields.
  void attribute(int field, String key, String value) {
    attribute(field, key, Text.of(value));
  }

  void attribute(int field, String key, Text value) {
    keyValue(field, key, () -> text(1, value));
  }

  void attribute(int field, String key, long value) {
    keyValue(field, key, () -> number(3, value));
  }

  void attribute(int field, String key, boolean value) {
    keyValue(field, key, () -> number(2, value ? 1 : 0));
  }

  private void keyValue(int field, String key, Runnable value) {
    message(
        field,
        () -> {
          text(1, key);
          message(2, value);
        });
  }

  private void raw(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
  }

  private void varint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}
