package dev.pharos.store.segment;

import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.store.segment.encoding.ByteSink;
import dev.pharos.store.segment.encoding.DoubleCodec;
import dev.pharos.store.segment.encoding.LongCodec;
import dev.pharos.store.segment.encoding.QuickCodec;
import dev.pharos.store.segment.encoding.TextCodec;
import dev.pharos.store.segment.encoding.Texts;
import java.util.Arrays;

/// One column of the block that is being gathered: an attribute, or a fixed column of texts; emptied and used again for
/// the next block. One thread.
///
/// Texts are looked up in the segment's dictionary, or, where hardly any comes twice, just put one after the other: the
/// last block decides, and now and then a block is looked up again to see whether that has changed.
final class GatheredColumn {
  /// Values below which a block says nothing of how often texts repeat.
  private static final int LEAST_JUDGED = 256;

  private static final int JUDGED_AGAIN = 32;

  private final TextDictionary dictionary;
  private final int key;
  private final byte type;
  private final int occurrence;
  private final boolean isText;

  /// Numbers; or, of texts that are looked up, which of the distinct ones.
  private long[] values = new long[16];

  private int count;
  private boolean looksUp = true;
  private int blocks;

  /// Finds the distinct ones by their id: one more than which it is, 0 for none. A hash table of their number, since a
  /// block may have ten thousand columns, and an array by id in each would hold the whole dictionary that often.
  private int[] table = {};

  private int shift;
  private int[] distinct = {};
  private int distinctCount;

  /// Texts that are not looked up, one after the other.
  private byte[] bytes = {};

  private int[] starts = {};
  private int[] ends = {};
  private int textBytes;

  /// @param key what the owner calls the key
  GatheredColumn(TextDictionary dictionary, int key, byte type, int occurrence) {
    this.dictionary = dictionary;
    this.key = key;
    this.type = type;
    this.occurrence = occurrence;
    this.isText = ValueType.isSymbol(type);
  }

  int key() {
    return key;
  }

  byte type() {
    return type;
  }

  int occurrence() {
    return occurrence;
  }

  boolean isText() {
    return isText;
  }

  int count() {
    return count;
  }

  void add(long value) {
    if (count == values.length) {
      values = Arrays.copyOf(values, count * 2);
    }
    values[count++] = value;
  }

  void add(SourceTexts source, int symbol) {
    if (looksUp) {
      lookUp(source.in(dictionary, symbol));
    } else {
      append(source.symbols(), symbol);
    }
  }

  private void lookUp(int id) {
    if (distinctCount * 2 >= table.length) {
      grow();
    }
    int slot = slot(id);
    int known = table[slot];
    while (known != 0 && distinct[known - 1] != id) {
      slot = slot + 1 & table.length - 1;
      known = table[slot];
    }
    if (known == 0) {
      distinct[distinctCount++] = id;
      known = distinctCount;
      table[slot] = known;
      dictionary.gathered(dictionary.symbols().length(id));
    }
    add(known - 1);
  }

  private int slot(int id) {
    return id * 0x9E3779B9 >>> shift;
  }

  private void grow() {
    int slots = Math.max(16, table.length * 2);
    table = new int[slots];
    shift = Integer.numberOfLeadingZeros(slots) + 1;
    distinct = Arrays.copyOf(distinct, slots / 2);
    for (int i = 0; i < distinctCount; i++) {
      int slot = slot(distinct[i]);
      while (table[slot] != 0) {
        slot = slot + 1 & slots - 1;
      }
      table[slot] = i + 1;
    }
  }

  private void append(Symbols symbols, int symbol) {
    int length = symbols.length(symbol);
    if (count == ends.length) {
      int room = Math.max(64, count * 2);
      starts = Arrays.copyOf(starts, room);
      ends = Arrays.copyOf(ends, room);
    }
    if (bytes.length - textBytes < length) {
      bytes = Arrays.copyOf(bytes, Math.max(textBytes + length, Math.max(1024, textBytes * 2)));
    }
    System.arraycopy(symbols.bytes(), symbols.offset(symbol), bytes, textBytes, length);
    starts[count] = textBytes;
    textBytes += length;
    ends[count++] = textBytes;
    dictionary.gathered(length);
  }

  /// Whether all texts are empty.
  boolean isBlank() {
    return looksUp ? distinctCount == 0 || distinctCount == 1 && distinct[0] == 0 : textBytes == 0;
  }

  /// Puts one of the texts into another dictionary.
  int intern(int i, Symbols into) {
    return looksUp
        ? into.intern(dictionary.symbols(), distinct[(int) values[i]])
        : into.intern(bytes, starts[i], ends[i] - starts[i]);
  }

  long value(int i) {
    return values[i];
  }

  /// Writes the column as a chunk.
  void write(int part, Effort effort, SegmentWriter out) {
    if (isText) {
      writeTexts(part, effort, out);
    } else if (type == ValueType.DOUBLE) {
      writeDoubles(part, out);
    } else {
      numbers(values, count, effort, out.begin());
      long min = Long.MAX_VALUE;
      long max = Long.MIN_VALUE;
      for (int i = 0; i < count; i++) {
        min = Math.min(min, values[i]);
        max = Math.max(max, values[i]);
      }
      out.endRange(part, false, min, max);
    }
  }

  static void numbers(long[] values, int count, Effort effort, ByteSink sink) {
    switch (effort) {
      case QUICK -> QuickCodec.encode(values, count, sink);
      case SMALL -> LongCodec.encode(values, count, sink);
    }
  }

  static void texts(Texts texts, Effort effort, ByteSink sink) {
    switch (effort) {
      case QUICK -> QuickCodec.encode(texts, sink);
      case SMALL -> TextCodec.encode(texts, sink);
    }
  }

  private void writeTexts(int part, Effort effort, SegmentWriter out) {
    ByteSink sink = out.begin();
    if (!looksUp) {
      var texts = new Texts(bytes, starts, ends, count);
      sink.putVarint(count);
      texts(texts, effort, sink);
      QuickCodec.encodeRows(count, sink);
      out.end(part);
      return;
    }
    sink.putVarint(distinctCount);
    texts(Texts.of(dictionary.symbols(), distinct, distinctCount), effort, sink);
    numbers(values, count, effort, sink);
    out.endTexts(part, dictionary, distinct, distinctCount);
  }

  /// Adds the texts to the block's value filter, if the footer does not list them.
  void filter(int part, Symbols keys, SegmentWriter out) {
    if (looksUp) {
      out.filterTexts(part, keys, key, Texts.of(dictionary.symbols(), distinct, distinctCount));
    } else {
      out.filterTexts(part, keys, key, new Texts(bytes, starts, ends, count));
    }
  }

  private void writeDoubles(int part, SegmentWriter out) {
    DoubleCodec.encode(Arrays.copyOf(values, count), count, out.begin());
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      double value = Double.longBitsToDouble(values[i]);
      if (!Double.isNaN(value)) {
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
    }
    out.endRange(part, true, Double.doubleToRawLongBits(min), Double.doubleToRawLongBits(max));
  }

  /// Empties the column for the next block.
  void clear() {
    if (isText && count >= LEAST_JUDGED) {
      blocks++;
      looksUp = looksUp ? distinctCount < count - (count >> 2) : blocks % JUDGED_AGAIN == 0;
    }
    if (distinctCount > 0) {
      Arrays.fill(table, 0);
    }
    count = 0;
    distinctCount = 0;
    textBytes = 0;
  }
}
