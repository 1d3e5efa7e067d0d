package dev.pharos.store.segment.encoding;

import dev.pharos.model.Symbols;
import java.util.Arrays;

/// Numbers and texts in forms that take one look at the values: what is written to be read once and written better
/// later. Numbers are a constant, offsets or differences, which [LongCodec] reads. A text is what it begins with like
/// the text before it, and the rest:
///
/// | after the form's byte | |
/// |---|---|
/// | numbers | bytes that each text has in common with the beginning of the one before it; 0 for the first |
/// | numbers | bytes that follow these |
/// | block under zstd | all that follows, left as it is by this writer |
///
/// Neighbours in a column are mostly of one kind, so this halves URLs and statements at a tenth of the time that zstd
/// takes.
public final class QuickCodec {
  private QuickCodec() {}

  public static void encode(long[] values, int count, ByteSink out) {
    if (count == 0) {
      constant(0, out);
      return;
    }
    long min = values[0];
    long max = min;
    long minDelta = Long.MAX_VALUE;
    long maxDelta = Long.MIN_VALUE;
    long before = min;
    for (int i = 1; i < count; i++) {
      long value = values[i];
      long delta = value - before;
      min = Math.min(min, value);
      max = Math.max(max, value);
      minDelta = Math.min(minDelta, delta);
      maxDelta = Math.max(maxDelta, delta);
      before = value;
    }
    if (min == max) {
      constant(min, out);
      return;
    }
    int width = BitPacking.width(max - min);
    int deltaWidth = BitPacking.width(maxDelta - minDelta);
    if (deltaWidth >= width) {
      out.putByte(LongCodec.OFFSETS);
      out.putZigzag(min);
      out.putVarint(1);
      out.putByte(width);
      BitPacking.pack(values, count, min, 1, width, out);
      return;
    }
    var deltas = new long[count - 1];
    for (int i = 1; i < count; i++) {
      deltas[i - 1] = values[i] - values[i - 1];
    }
    out.putByte(LongCodec.DELTAS);
    out.putZigzag(values[0]);
    out.putZigzag(minDelta);
    out.putVarint(1);
    out.putByte(deltaWidth);
    BitPacking.pack(deltas, count - 1, minDelta, 1, deltaWidth, out);
  }

  private static void constant(long value, ByteSink out) {
    out.putByte(LongCodec.CONSTANT);
    out.putZigzag(value);
  }

  /// The numbers 0 to `count - 1`.
  public static void encodeRows(int count, ByteSink out) {
    if (count < 2) {
      constant(0, out);
      return;
    }
    out.putByte(LongCodec.DELTAS);
    out.putZigzag(0);
    out.putZigzag(1);
    out.putVarint(1);
    out.putByte(0);
  }

  public static void encode(Texts texts, ByteSink out) {
    int count = texts.count();
    byte[] bytes = texts.bytes();
    var shared = new long[count];
    var rests = new long[count];
    var rest = new byte[Math.toIntExact(texts.totalBytes())];
    int at = 0;
    for (int i = 0; i < count; i++) {
      int from = texts.from()[i];
      int to = texts.to()[i];
      int same = 0;
      if (i > 0) {
        same = Arrays.mismatch(bytes, texts.from()[i - 1], texts.to()[i - 1], bytes, from, to);
        same = same < 0 ? to - from : same;
      }
      int length = to - from - same;
      System.arraycopy(bytes, from + same, rest, at, length);
      at += length;
      shared[i] = same;
      rests[i] = length;
    }
    out.putByte(TextCodec.PREFIXED);
    encode(shared, count, out);
    encode(rests, count, out);
    Zstandard.putPlain(rest, 0, at, out);
  }

  /// Decodes what follows the form's byte; text `i` becomes symbol `i + 1`.
  static Symbols decode(ByteSource in, int count) {
    long[] shared = LongCodec.decode(in, count);
    long[] rests = LongCodec.decode(in, count);
    byte[] rest = Zstandard.read(in);
    var offsets = new int[count + 2];
    long end = 0;
    long read = 0;
    for (int i = 0; i < count; i++) {
      long before = i == 0 ? 0 : offsets[i + 1] - offsets[i];
      read += rests[i];
      if (shared[i] < 0 || shared[i] > before || rests[i] < 0 || read > rest.length - 8) {
        throw in.bad(
            "text of "
                + shared[i]
                + " and "
                + rests[i]
                + " bytes (expected: up to "
                + before
                + " and in all "
                + (rest.length - 8)
                + ")");
      }
      end += shared[i] + rests[i];
      if (end > TextCodec.MAX_BYTES) {
        throw in.bad("texts of more than " + TextCodec.MAX_BYTES + " bytes");
      }
      offsets[i + 2] = (int) end;
    }
    var bytes = new byte[(int) end + 8];
    for (int i = 0, at = 0; i < count; i++) {
      int from = offsets[i + 1];
      int same = (int) shared[i];
      int length = (int) rests[i];
      System.arraycopy(bytes, offsets[i], bytes, from, same);
      System.arraycopy(rest, at, bytes, from + same, length);
      at += length;
    }
    return Symbols.of(bytes, offsets, count + 1);
  }

  /// Whether the text is among those that [#decode] would make: how much each text has in common with it follows from
  /// how much the one before it had.
  static boolean has(ByteSource in, int count, byte[] text) {
    long[] shared = LongCodec.decode(in, count);
    long[] rests = LongCodec.decode(in, count);
    byte[] rest = Zstandard.read(in);
    int common = 0;
    int at = 0;
    for (int i = 0; i < count; i++) {
      int same = (int) shared[i];
      int end = at + (int) rests[i];
      if (same <= common) {
        int from = at - same;
        for (common = same; common < text.length && from + common < end; common++) {
          if (rest[from + common] != text[common]) {
            break;
          }
        }
        if (common == text.length && from + common == end) {
          return true;
        }
      }
      at = end;
    }
    return false;
  }
}
