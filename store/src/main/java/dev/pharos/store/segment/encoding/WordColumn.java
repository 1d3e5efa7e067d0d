package dev.pharos.store.segment.encoding;

/// The words at one place of a shape, one a row, written as digits, hexadecimal digits or distinct words. A word that
/// all rows have, and what all rows begin or end with around digits, goes to the literal text. Reused. One thread.
final class WordColumn {
  private byte[] bytes = {};
  private int[] from = {};
  private int[] to = {};
  private long[] values = {};
  private int rows;
  private int digits;
  private boolean sameLength;

  /// Takes the words at a place of a shape.
  ///
  /// @param words `stride` a row: from in the high half, to in the low half
  void fill(byte[] text, long[] words, int stride, int place, int count) {
    bytes = text;
    rows = count;
    if (from.length < count) {
      from = new int[count];
      to = new int[count];
      values = new long[count];
    }
    int length = (int) words[place] - (int) (words[place] >>> 32);
    int differing = 0;
    for (int i = 0, at = place; i < count; i++, at += stride) {
      long word = words[at];
      from[i] = (int) (word >>> 32);
      to[i] = (int) word;
      differing |= to[i] - from[i] ^ length;
    }
    sameLength = differing == 0;
  }

  /// Appends the operations before and for this column and the column itself; returns how many operations those are.
  int write(ByteSink literal, ByteSink operations, ByteSink columns, WordPool pool) {
    if (isConstant()) {
      literal.put(bytes, from[0], to[0] - from[0]);
      return 0;
    }
    if (readDigits(0, 0)) {
      return flush(literal, operations) + writeDigits(operations, columns);
    }
    if (packHex(columns)) {
      int before = flush(literal, operations);
      operations.putByte(ShapeEncoder.HEX);
      operations.putVarint(to[0] - from[0]);
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

  private boolean isConstant() {
    if (!sameLength) {
      return false;
    }
    int length = to[0] - from[0];
    for (int i = 1; i < rows; i++) {
      if (!Words.same(bytes, from[i], bytes, from[0], length)) {
        return false;
      }
    }
    return true;
  }

  /// Whether all words are numbers, between the prefix and suffix, that can be written again from their value: all of
  /// the same length, or none with a leading zero.
  private boolean readDigits(int prefix, int suffix) {
    int around = prefix + suffix;
    boolean leadingZero = false;
    for (int i = 0; i < rows; i++) {
      int length = to[i] - from[i] - around;
      if (length < 1 || length > ShapeEncoder.MAX_DIGITS) {
        return false;
      }
      int at = from[i] + prefix;
      leadingZero |= length > 1 && bytes[at] == '0';
      long value = Words.number(bytes, at, to[i] - suffix);
      if (value < 0) {
        return false;
      }
      values[i] = value;
    }
    digits = sameLength ? to[0] - from[0] - around : 0;
    return sameLength || !leadingZero;
  }

  private int writeDigits(ByteSink operations, ByteSink columns) {
    operations.putByte(ShapeEncoder.DIGITS);
    operations.putVarint(digits);
    LongCodec.encode(values, rows, columns);
    return 1;
  }

  /// Appends the words as packed hexadecimal digits, if they are such.
  private boolean packHex(ByteSink columns) {
    int length = to[0] - from[0];
    if (!sameLength || length < 8 || (length & 1) != 0) {
      return false;
    }
    int mark = columns.size();
    int out = columns.reserve(Math.multiplyExact(rows, length / 2));
    byte[] packed = columns.bytes();
    for (int i = 0; i < rows; i++, out += length / 2) {
      if (!Words.packHex(bytes, from[i], to[i], packed, out)) {
        columns.truncate(mark);
        return false;
      }
    }
    return true;
  }

  private void writeWords(ByteSink operations, ByteSink columns, WordPool pool) {
    pool.startColumn();
    for (int i = 0; i < rows; i++) {
      values[i] = pool.add(bytes, from[i], to[i]);
    }
    operations.putByte(ShapeEncoder.WORDS);
    operations.putVarint(pool.columnWords());
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
