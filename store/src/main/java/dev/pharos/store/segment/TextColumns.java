package dev.pharos.store.segment;

import dev.pharos.model.Symbols;
import dev.pharos.store.segment.encoding.ByteSink;
import dev.pharos.store.segment.encoding.ByteSource;
import dev.pharos.store.segment.encoding.DelimitedValue;
import dev.pharos.store.segment.encoding.LongCodec;
import dev.pharos.store.segment.encoding.TextCodec;
import dev.pharos.store.segment.encoding.TextEncoder;
import dev.pharos.store.segment.encoding.Texts;
import java.util.BitSet;

/// Writes columns of symbols of one dictionary as: varint number of distinct texts, these in the order of their first
/// appearance, then for each row which. One thread.
final class TextColumns {
  private static final int MAX_TEXTS = 1 << 28;

  /// Distinct symbols up to which equal texts among them are looked for.
  private static final int MAX_COMPARED = 1024;

  private final Symbols symbols;

  /// Per symbol: round of the column in the high half, index among the distinct in the low half.
  private final long[] known;

  private long round;
  private int[] distinct = new int[64];
  private int count;

  TextColumns(Symbols symbols) {
    this.symbols = symbols;
    this.known = new long[symbols.count()];
  }

  void encode(long[] ids, int from, int rows, ByteSink out) {
    long[] indexes = index(ids, from, rows);
    out.putVarint(count);
    TextCodec.encode(texts(), out);
    LongCodec.encode(indexes, rows, out);
  }

  /// As the other `encode`, for a column of which the encoder has seen earlier blocks.
  void encode(long[] ids, int rows, TextEncoder encoder, ByteSink out) {
    long[] indexes = index(ids, 0, rows);
    out.putVarint(count);
    encoder.encode(texts(), out);
    LongCodec.encode(indexes, rows, out);
  }

  /// The distinct texts of the column encoded last.
  Texts texts() {
    return Texts.of(symbols, distinct, count);
  }

  /// For each row the index of its text among the distinct ones.
  private long[] index(long[] ids, int from, int rows) {
    round++;
    count = 0;
    var indexes = new long[rows];
    for (int i = 0; i < rows; i++) {
      int symbol = (int) ids[from + i];
      long entry = known[symbol];
      if (entry >>> 32 != round) {
        entry = round << 32 | count;
        known[symbol] = entry;
        if (count == distinct.length) {
          distinct = java.util.Arrays.copyOf(distinct, count * 2);
        }
        distinct[count++] = symbol;
      }
      indexes[i] = (int) entry;
    }
    if (count <= MAX_COMPARED) {
      joinEqual(indexes, rows);
    }
    return indexes;
  }

  /// Symbols may have equal texts, where the rows come from several batches: gives these one index.
  private void joinEqual(long[] indexes, int rows) {
    var texts = new Symbols(1024, count);
    // Per symbol of `texts` its new index; the empty text is symbol 0, whether it is in the column
    // or not.
    var indexOf = new int[count + 1];
    java.util.Arrays.fill(indexOf, -1);
    var joined = new int[count];
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int text = texts.intern(symbols, distinct[i]);
      if (indexOf[text] < 0) {
        indexOf[text] = kept;
        distinct[kept++] = distinct[i];
      }
      joined[i] = indexOf[text];
    }
    if (kept == count) {
      return;
    }
    count = kept;
    for (int i = 0; i < rows; i++) {
      indexes[i] = joined[(int) indexes[i]];
    }
  }

  /// The distinct symbols of the column encoded last, valid up to [#count()].
  int[] distinct() {
    return distinct;
  }

  int count() {
    return count;
  }

  /// A decoded column.
  ///
  /// @param ids for each row a symbol
  record Decoded(long[] ids, Symbols symbols) {}

  static Decoded decode(ByteSource in, int rows) {
    int count = in.readCount(MAX_TEXTS);
    Symbols texts = TextCodec.decode(in, count);
    return new Decoded(checked(in, LongCodec.decode(in, rows), count), texts);
  }

  /// As the other `decode`, of some rows, which ascend, and with their texts alone.
  static Decoded decode(ByteSource in, int rows, int[] picked) {
    int count = in.readCount(MAX_TEXTS);
    TextCodec.Prepared texts = TextCodec.prepare(in, count);
    long[] ids = checked(in, LongCodec.decode(in, rows, picked), count);
    return new Decoded(ids, texts.of(wanted(ids, count)));
  }

  /// The numbers of the texts that some row has, ascending; the symbols become those of these texts alone.
  private static int[] wanted(long[] ids, int count) {
    long[] bits = Ranks.room(count);
    for (long id : ids) {
      int text = (int) id - 1;
      bits[text >> 6] |= 1L << text;
    }
    var ranks = new Ranks(bits);
    var texts = new int[ranks.count()];
    for (int i = 0; i < ids.length; i++) {
      int text = (int) ids[i] - 1;
      int place = ranks.below(text);
      texts[place] = text;
      ids[i] = place + 1;
    }
    return texts;
  }

  /// As the first `decode`, but texts that cannot have the value may be left empty.
  ///
  /// @param value as in [DelimitedValue]
  /// @param having the rows whose text may have the value are added
  static Decoded decode(ByteSource in, int rows, byte[] value, BitSet having) {
    int count = in.readCount(MAX_TEXTS);
    TextCodec.Prepared texts = TextCodec.prepare(in, count);
    long[] ids = checked(in, LongCodec.decode(in, rows), count);
    var wanted = new BitSet(count);
    texts.having(value, wanted);
    for (int i = 0; i < rows; i++) {
      if (wanted.get((int) ids[i] - 1)) {
        having.set(i);
      }
    }
    return new Decoded(ids, texts.of(wanted));
  }

  /// The symbol of each row, from the number of its text.
  private static long[] checked(ByteSource in, long[] ids, int count) {
    for (int i = 0; i < ids.length; i++) {
      long id = ids[i] + 1;
      if (id < 1 || id > count) {
        throw in.bad("text " + ids[i] + " in row " + i + " (expected: 0 to " + (count - 1) + ")");
      }
      ids[i] = id;
    }
    return ids;
  }

  /// Whether the column may have the text, where that is known without making all its texts; else true.
  static boolean mayHave(ByteSource in, byte[] text) {
    return TextCodec.mayHave(in, in.readCount(MAX_TEXTS), text);
  }

  /// Only the distinct texts of a column.
  static Symbols decodeTexts(ByteSource in) {
    return TextCodec.decode(in, in.readCount(MAX_TEXTS));
  }
}
