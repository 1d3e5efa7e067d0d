package dev.pharos.store.segment.encoding;

import java.util.Arrays;

/// Whole numbers of one column, each list in the form that takes fewest bytes. Arithmetic wraps, so every `long`
/// survives.
///
/// | form | after its byte |
/// |---|---|
/// | `CONSTANT` | zigzag value |
/// | `OFFSETS` | zigzag least, varint factor, byte width, packed (value - least) / factor |
/// | `DELTAS` | zigzag first, zigzag least difference, varint factor, byte width, packed (difference - least) / factor
/// |
/// | `SPARSE` | zigzag common value, a bit for each row that differs, then the others as a list of their own |
/// | `DICTIONARY` | varint count, the distinct values as a list, their indexes as a list |
/// | `OFFSET_PLANES`, `DELTA_PLANES` | as above, but the width is in bytes and the values stand byte plane by byte
/// plane, under zstd |
public final class LongCodec {
  static final int CONSTANT = 0;
  static final int OFFSETS = 1;
  static final int DELTAS = 2;
  static final int SPARSE = 3;
  static final int DICTIONARY = 4;
  static final int OFFSET_PLANES = 5;
  static final int DELTA_PLANES = 6;

  static final int MAX_DEPTH = 4;
  private static final int SAMPLED = 256;
  private static final int[] FACTORS = {1_000_000, 1_000};

  private LongCodec() {}

  public static void encode(long[] values, int count, ByteSink out) {
    encode(values, count, out, 0);
  }

  private static void encode(long[] values, int count, ByteSink out, int depth) {
    var shape = LongShape.of(values, count);
    if (shape.isConstant()) {
      out.putByte(CONSTANT);
      out.putZigzag(count == 0 ? 0 : values[0]);
      return;
    }
    long offsets = shape.offsetBits();
    long deltas = shape.deltaBits();
    long best = Math.min(offsets, deltas);
    if (depth < MAX_DEPTH && shape.sparseBits() < best - best / 16) {
      sparse(values, count, shape, out, depth);
      return;
    }
    if (depth < MAX_DEPTH
        && best > 9L * count
        && count >= 64
        && dictionary(values, count, best, out, depth)) {
      return;
    }
    if (deltas < offsets) {
      var differences = new long[count - 1];
      for (int i = 1; i < count; i++) {
        differences[i - 1] = values[i] - values[i - 1];
      }
      packed(differences, count - 1, values[0], shape.minDelta, shape.maxDelta, true, out);
    } else {
      packed(values, count, 0, shape.min, shape.max, false, out);
    }
  }

  private static void packed(
      long[] values, int count, long first, long min, long max, boolean delta, ByteSink out) {
    int factor = factor(values, count, min, max);
    long range = factor == 1 ? max - min : (max - min) / factor;
    int width = BitPacking.width(range);
    int mark = out.size();
    out.putByte(delta ? DELTAS : OFFSETS);
    if (delta) {
      out.putZigzag(first);
    }
    out.putZigzag(min);
    out.putVarint(factor);
    int head = out.size();
    out.putByte(width);
    BitPacking.pack(values, count, min, factor, width, out);
    if (count >= 128 && width > 1 && LongShape.isSkewed(values, count, min, factor, width)) {
      planes(values, count, min, factor, (width + 7) >>> 3, mark, head, delta, out);
    }
  }

  /// Replaces the packed form behind `head` by byte planes if these are shorter.
  private static void planes(
      long[] values,
      int count,
      long min,
      int factor,
      int width,
      int mark,
      int head,
      boolean delta,
      ByteSink out) {
    var planes = new byte[count * width];
    for (int i = 0; i < count; i++) {
      long rest = factor == 1 ? values[i] - min : (values[i] - min) / factor;
      for (int plane = 0, at = i; plane < width; plane++, at += count) {
        planes[at] = (byte) rest;
        rest >>>= 8;
      }
    }
    int packedEnd = out.size();
    out.putByte(width);
    Zstandard.put(planes, 0, planes.length, out);
    int length = out.size() - packedEnd;
    if (length < packedEnd - head) {
      System.arraycopy(out.bytes(), packedEnd, out.bytes(), head, length);
      out.truncate(head + length);
      out.bytes()[mark] = (byte) (delta ? DELTA_PLANES : OFFSET_PLANES);
    } else {
      out.truncate(packedEnd);
    }
  }

  /// The largest factor that divides all differences from `min`: clocks often tick in micro- or milliseconds.
  private static int factor(long[] values, int count, long min, long max) {
    if (max - min < 0 || max - min < 1_000) {
      return 1;
    }
    for (int factor : FACTORS) {
      int i = 0;
      while (i < count && (values[i] - min) % factor == 0) {
        i++;
      }
      if (i == count) {
        return factor;
      }
    }
    return 1;
  }

  private static void sparse(long[] values, int count, LongShape shape, ByteSink out, int depth) {
    var others = new long[shape.others];
    var bits = new byte[(count + 7) >>> 3];
    int n = 0;
    for (int i = 0; i < count; i++) {
      if (values[i] != shape.common) {
        bits[i >>> 3] |= (byte) (1 << (i & 7));
        others[n++] = values[i];
      }
    }
    out.putByte(SPARSE);
    out.putZigzag(shape.common);
    out.putVarint(n);
    Zstandard.put(bits, 0, bits.length, out);
    encode(others, n, out, depth + 1);
  }

  /// Whether hardly a value comes twice in four stretches of the list: of an eighth of distinct values, evenly spread,
  /// a tenth of the sampled would. Clears the table again.
  private static boolean isMostlyDistinct(long[] values, int count, LongTable table) {
    for (int part = 0; part < 4; part++) {
      int from = part * (count / 4);
      for (int i = from; i < from + SAMPLED / 4; i++) {
        table.add(values[i]);
      }
    }
    boolean distinct = table.size() > SAMPLED - SAMPLED / 32;
    table.clear();
    return distinct;
  }

  private static boolean dictionary(long[] values, int count, long best, ByteSink out, int depth) {
    int limit = count / 8;
    var table = new LongTable(limit);
    if (count >= 4 * SAMPLED && isMostlyDistinct(values, count, table)) {
      return false;
    }
    var ids = new long[count];
    for (int i = 0; i < count; i++) {
      int id = table.add(values[i]);
      if (id > limit) {
        return false;
      }
      ids[i] = id;
    }
    long bits =
        (long) count * BitPacking.width(table.size() - 1L) + (best / count + 1) * table.size();
    if (bits > best - best / 8) {
      return false;
    }
    out.putByte(DICTIONARY);
    out.putVarint(table.size());
    encode(table.values(), table.size(), out, MAX_DEPTH);
    encode(ids, count, out, MAX_DEPTH);
    return true;
  }

  /// Decodes `count` values.
  public static long[] decode(ByteSource in, int count) {
    return decode(in, count, 0);
  }

  /// Of `count` values those of some rows, which ascend: one for each.
  public static long[] decode(ByteSource in, int count, int[] rows) {
    return PickedLongs.decode(in, count, rows, 0);
  }

  static long[] decode(ByteSource in, int count, int depth) {
    var values = new long[count];
    decode(in, count, values, depth);
    return values;
  }

  private static void decode(ByteSource in, int count, long[] values, int depth) {
    if (depth > MAX_DEPTH + 1) {
      throw in.bad("numbers nested more than " + MAX_DEPTH + " deep");
    }
    int form = in.readByte();
    switch (form) {
      case CONSTANT -> Arrays.fill(values, 0, count, in.readZigzag());
      case OFFSETS -> {
        long base = in.readZigzag();
        long factor = in.readVarint();
        BitPacking.unpack(in, count, base, factor, in.readByte(), values, 0);
      }
      case DELTAS, DELTA_PLANES -> {
        if (count == 0) {
          throw in.bad("differences of an empty list");
        }
        values[0] = in.readZigzag();
        long base = in.readZigzag();
        long factor = in.readVarint();
        if (form == DELTAS) {
          BitPacking.unpack(in, count - 1, base, factor, in.readByte(), values, 1);
        } else {
          readPlanes(in, count - 1, base, factor, values, 1);
        }
        for (int i = 1; i < count; i++) {
          values[i] += values[i - 1];
        }
      }
      case OFFSET_PLANES -> {
        long base = in.readZigzag();
        readPlanes(in, count, base, in.readVarint(), values, 0);
      }
      case SPARSE -> readSparse(in, count, values, depth);
      case DICTIONARY -> {
        long[] distinct = decode(in, in.readCount(count), depth + 1);
        decode(in, count, values, depth + 1);
        for (int i = 0; i < count; i++) {
          values[i] = distinct[(int) values[i]];
        }
      }
      default -> throw badForm(in, form);
    }
  }

  /// Steps over `count` values without decoding them.
  static void skip(ByteSource in, int count) {
    skip(in, count, 0);
  }

  private static void skip(ByteSource in, int count, int depth) {
    if (depth > MAX_DEPTH + 1) {
      throw in.bad("numbers nested more than " + MAX_DEPTH + " deep");
    }
    int form = in.readByte();
    switch (form) {
      case CONSTANT -> in.readZigzag();
      case OFFSETS, OFFSET_PLANES, DELTAS, DELTA_PLANES -> {
        boolean deltas = form == DELTAS || form == DELTA_PLANES;
        if (deltas) {
          in.readZigzag();
        }
        in.readZigzag();
        in.readVarint();
        int width = in.readByte();
        if (form == OFFSETS || form == DELTAS) {
          in.skip(BitPacking.sizeBytes(deltas ? count - 1 : count, width));
        } else {
          Zstandard.skip(in);
        }
      }
      case SPARSE -> {
        in.readZigzag();
        int others = in.readCount(count);
        Zstandard.skip(in);
        skip(in, others, depth + 1);
      }
      case DICTIONARY -> {
        int distinct = in.readCount(count);
        skip(in, distinct, depth + 1);
        skip(in, count, depth + 1);
      }
      default -> throw badForm(in, form);
    }
  }

  private static void readPlanes(
      ByteSource in, int count, long base, long factor, long[] values, int from) {
    int width = in.readByte();
    byte[] planes = readPlanes(in, count, width);
    Arrays.fill(values, from, from + count, 0);
    for (int plane = 0; plane < width; plane++) {
      int shift = plane * 8;
      int start = plane * count;
      for (int i = 0; i < count; i++) {
        values[from + i] |= (planes[start + i] & 0xffL) << shift;
      }
    }
    for (int i = from; i < from + count; i++) {
      values[i] = values[i] * factor + base;
    }
  }

  /// `width` bytes of each value: the lowest of all, then the next.
  static byte[] readPlanes(ByteSource in, int count, int width) {
    byte[] planes = Zstandard.read(in);
    if (width > 8 || planes.length - 8 != (long) count * width) {
      throw in.bad(
          width + " planes in " + (planes.length - 8) + " bytes (expected: " + count + " each)");
    }
    return planes;
  }

  static BadEncodingException badForm(ByteSource in, int form) {
    return in.bad("form " + form + " of numbers (expected: 0 to " + DELTA_PLANES + ")");
  }

  private static void readSparse(ByteSource in, int count, long[] values, int depth) {
    long common = in.readZigzag();
    int marked = in.readCount(count);
    byte[] bits = readMarks(in, count);
    long[] others = decode(in, marked, depth + 1);
    int n = 0;
    for (int i = 0; i < count; i++) {
      values[i] = (bits[i >>> 3] >>> (i & 7) & 1) == 0 ? common : others[n++];
    }
    if (n != others.length) {
      throw in.bad(n + " marks (expected: " + others.length + ")");
    }
  }

  /// A bit for each row.
  static byte[] readMarks(ByteSource in, int count) {
    byte[] bits = Zstandard.read(in);
    if (bits.length - 8 != (count + 7) >>> 3) {
      throw in.bad((bits.length - 8) + " bytes of marks (expected: " + ((count + 7) >>> 3) + ")");
    }
    return bits;
  }
}
