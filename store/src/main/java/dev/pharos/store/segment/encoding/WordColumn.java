package dev.pharos.store.segment.encoding;

import dev.pharos.model.Symbols;

/// The words at one place of a shape, one a row, written as digits, hexadecimal digits or distinct words. What all rows
/// begin or end with around digits goes to the literal text. Reused for the columns of one shape.
final class WordColumn {
  final int[] from;
  final int[] to;
  private final byte[] bytes;
  private final int rows;
  private final long[] values;
  private int digits;

  WordColumn(byte[] bytes, int rows) {
    this.bytes = bytes;
    this.rows = rows;
    this.from = new int[rows];
    this.to = new int[rows];
    this.values = new long[rows];
  }

  /// Appends the operations before and for this column and the column itself; returns how many operations those are.
  int write(ByteSink literal, ByteSink operations, ByteSink columns, Symbols pool) {
    if (readDigits(0, 0)) {
      return flush(literal, operations) + writeDigits(operations, columns);
    }
    int length = to[0] - from[0];
    if (isHex(length)) {
      int before = flush(literal, operations);
      writeHex(length, operations, columns);
      return before + 1;
    }
    int prefix = prefix();
    int suffix = suffix(prefix);
    if (prefix + suffix > 0 && readDigits(prefix, suffix)) {
      literal.put(bytes, from[0], prefix);
      int before = flush(literal, operations);
      before += writeDigits(operations, columns);
      literal.put(bytes, to[0] - suffix, suffix);
      return before;
    }
    int before = flush(literal, operations);
    writeWords(operations, columns, pool);
    return before + 1;
  }

  /// Appends the literal text collected so far, if any, as an operation.
  static int flush(ByteSink literal, ByteSink operations) {
    if (literal.size() == 0) {
      return 0;
    }
    operations.putByte(ShapeEncoder.LITERAL);
    operations.putVarint(literal.size());
    operations.put(literal);
    literal.clear();
    return 1;
  }

  /// Whether all words are numbers, between the prefix and suffix, that can be written again from their value: all of
  /// the same length, or none with a leading zero.
  private boolean readDigits(int prefix, int suffix) {
    int width = to[0] - from[0] - prefix - suffix;
    boolean sameWidth = true;
    boolean leadingZero = false;
    for (int i = 0; i < rows; i++) {
      int at = from[i] + prefix;
      int end = to[i] - suffix;
      int length = end - at;
      if (length < 1 || length > ShapeEncoder.MAX_DIGITS) {
        return false;
      }
      sameWidth &= length == width;
      leadingZero |= length > 1 && bytes[at] == '0';
      long value = 0;
      for (; at < end; at++) {
        int digit = bytes[at] - '0';
        if (digit < 0 || digit > 9) {
          return false;
        }
        value = value * 10 + digit;
      }
      values[i] = value;
    }
    digits = sameWidth ? width : 0;
    return sameWidth || !leadingZero;
  }

  private int writeDigits(ByteSink operations, ByteSink columns) {
    operations.putByte(ShapeEncoder.DIGITS);
    operations.putVarint(digits);
    LongCodec.encode(values, rows, columns);
    return 1;
  }

  private boolean isHex(int length) {
    if (length < 8 || (length & 1) != 0) {
      return false;
    }
    for (int i = 0; i < rows; i++) {
      if (to[i] - from[i] != length) {
        return false;
      }
      for (int at = from[i]; at < to[i]; at++) {
        int c = bytes[at];
        if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
          return false;
        }
      }
    }
    return true;
  }

  private void writeHex(int length, ByteSink operations, ByteSink columns) {
    operations.putByte(ShapeEncoder.HEX);
    operations.putVarint(length);
    int out = columns.reserve(rows * (length / 2));
    byte[] packed = columns.bytes();
    for (int i = 0; i < rows; i++) {
      for (int at = from[i]; at < to[i]; at += 2) {
        packed[out++] = (byte) (nibble(bytes[at]) << 4 | nibble(bytes[at + 1]));
      }
    }
  }

  private static int nibble(int c) {
    return c <= '9' ? c - '0' : c - 'a' + 10;
  }

  private void writeWords(ByteSink operations, ByteSink columns, Symbols pool) {
    var distinct = new Symbols(256, 32);
    for (int i = 0; i < rows; i++) {
      values[i] = distinct.intern(bytes, from[i], to[i] - from[i]) - 1;
    }
    int count = distinct.count() - 1;
    operations.putByte(ShapeEncoder.WORDS);
    operations.putVarint(count);
    for (int id = 1; id <= count; id++) {
      pool.add(distinct.bytes(), distinct.offset(id), distinct.length(id));
    }
    LongCodec.encode(values, rows, columns);
  }

  private int prefix() {
    int common = to[0] - from[0];
    for (int i = 1; i < rows && common > 0; i++) {
      int limit = Math.min(common, to[i] - from[i]);
      int n = 0;
      while (n < limit && bytes[from[i] + n] == bytes[from[0] + n]) {
        n++;
      }
      common = n;
    }
    while (common > 0 && isDigit(bytes[from[0] + common - 1])) {
      common--;
    }
    return common;
  }

  private int suffix(int prefix) {
    int common = to[0] - from[0] - prefix;
    for (int i = 1; i < rows && common > 0; i++) {
      int limit = Math.min(common, to[i] - from[i] - prefix);
      int n = 0;
      while (n < limit && bytes[to[i] - 1 - n] == bytes[to[0] - 1 - n]) {
        n++;
      }
      common = n;
    }
    while (common > 0 && isDigit(bytes[to[0] - common])) {
      common--;
    }
    return common;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
