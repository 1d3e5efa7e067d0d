package dev.pharos.store.segment.encoding;

import dev.pharos.model.Symbols;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;

/// Puts texts together again from what [ShapeEncoder] wrote.
final class ShapeDecoder {
  private static final long[] NO_VALUES = {};
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle PAIR =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  /// Two hexadecimal digits for each byte, and two decimal ones for each number below 100.
  private static final short[] HEX_PAIRS = new short[256];

  private static final short[] PAIRS = new short[100];

  static {
    for (int b = 0; b < 256; b++) {
      HEX_PAIRS[b] =
          (short) (Character.forDigit(b >>> 4, 16) | Character.forDigit(b & 15, 16) << 8);
    }
    for (int n = 0; n < 100; n++) {
      PAIRS[n] = (short) ('0' + n / 10 | '0' + n % 10 << 8);
    }
  }

  /// One step of a shape: the literal text before a word, and the column the word is taken from, which is read when it
  /// is first asked for.
  static final class Operation {
    /// As in the format; `LITERAL` stands for the end of the text, where no word follows.
    int kind;

    int length;
    int literal;
    int literalLength;

    /// The bytes of a hexadecimal column, and where they begin.
    byte[] bytes = {};

    int offset;

    /// Where numbers stand that are not read yet.
    private ByteSource column = new ByteSource(bytes, 0, 0);

    private int count;
    private long[] values = NO_VALUES;

    /// Of the first word in the pool.
    int firstWord;

    /// Takes note of a column of numbers and steps over it.
    private void readLater(ByteSource in, int rows) {
      int from = in.at();
      LongCodec.skip(in, rows);
      column = new ByteSource(in.bytes(), from, in.at() - from);
      count = rows;
    }

    /// How many texts the shape has.
    int count() {
      return count;
    }

    /// Of digits the numbers, of words which of the column's.
    long[] values() {
      if (values.length < count) {
        values = checked(LongCodec.decode(column, count));
      }
      return values;
    }

    /// As [#values], of some texts of the shape alone; empty where the operation has no numbers.
    long[] values(int[] texts) {
      return hasNumbers() ? checked(LongCodec.decode(column, count, texts)) : NO_VALUES;
    }

    /// What stands for the word of a text; 0 where that is no number.
    private long value(int text) {
      return hasNumbers() ? values()[text] : 0;
    }

    private boolean hasNumbers() {
      return kind == ShapeEncoder.DIGITS || kind == ShapeEncoder.WORDS;
    }

    private long[] checked(long[] read) {
      for (long value : read) {
        if (kind == ShapeEncoder.WORDS && (value < 0 || value >= length)) {
          throw column.bad("word " + value + " (expected: 0 to " + (length - 1) + ")");
        }
      }
      return read;
    }
  }

  private ShapeDecoder() {}

  static TextCodec.Prepared prepare(ByteSource in, int count) {
    int total = in.readCount(TextCodec.MAX_BYTES);
    int shapes = in.readCount(ShapeEncoder.MAX_SHAPES);
    long[] rowShapes = LongCodec.decode(in, count);
    var counts = new int[shapes + 1];
    for (long shape : rowShapes) {
      if (shape < 0 || shape > shapes) {
        throw in.bad("shape " + shape + " (expected: 0 to " + shapes + ")");
      }
      counts[(int) shape]++;
    }
    Symbols rest = TextCodec.decodePlain(in, counts[0]);
    byte[] literals = Zstandard.read(in);
    Operation[][] operations = readOperations(literals, shapes);
    int words = readColumns(in, operations, counts);
    Symbols pool = TextCodec.decodePlain(in, words);
    return new TextCodec.Prepared() {
      @Override
      public Symbols of(BitSet wanted) {
        return assemble(rowShapes, operations, literals, rest, pool, total, wanted, in);
      }

      @Override
      public Symbols of(int[] texts) {
        return PickedTexts.of(rowShapes, operations, literals, rest, pool, texts);
      }

      @Override
      public Symbols all() {
        var every = new BitSet(count);
        every.set(0, count);
        return of(every);
      }

      @Override
      public void having(byte[] value, BitSet into) {
        new ShapeSearch(operations, literals, pool, value).add(rowShapes, into);
      }
    };
  }

  private static Operation[][] readOperations(byte[] bytes, int shapes) {
    var source = new ByteSource(bytes, 0, bytes.length - 8);
    var operations = new Operation[shapes + 1][];
    operations[0] = new Operation[0];
    for (int shape = 1; shape <= shapes; shape++) {
      operations[shape] = readShape(source);
    }
    return operations;
  }

  private static Operation[] readShape(ByteSource in) {
    int count = in.readCount(in.remaining());
    var operations = new ArrayList<Operation>();
    var next = new Operation();
    for (int i = 0; i < count; i++) {
      int kind = in.readByte();
      int length = in.readCount(TextCodec.MAX_BYTES);
      if (kind == ShapeEncoder.LITERAL) {
        if (next.literalLength > 0) {
          operations.add(next);
          next = new Operation();
        }
        next.literal = in.skip(length);
        next.literalLength = length;
        continue;
      }
      if (kind > ShapeEncoder.WORDS
          || kind == ShapeEncoder.DIGITS && length > ShapeEncoder.MAX_DIGITS) {
        throw in.bad(
            "operation "
                + kind
                + " of length "
                + length
                + " (expected: up to "
                + ShapeEncoder.WORDS
                + ", and up to "
                + ShapeEncoder.MAX_DIGITS
                + " digits)");
      }
      next.kind = kind;
      next.length = length;
      operations.add(next);
      next = new Operation();
    }
    if (next.literalLength > 0) {
      operations.add(next);
    }
    return operations.toArray(new Operation[0]);
  }

  /// Reads the columns of all shapes and returns the number of words in the pool.
  private static int readColumns(ByteSource in, Operation[][] operations, int[] counts) {
    long words = 0;
    for (int shape = 1; shape < operations.length; shape++) {
      for (Operation operation : operations[shape]) {
        switch (operation.kind) {
          case ShapeEncoder.DIGITS -> operation.readLater(in, counts[shape]);
          case ShapeEncoder.HEX -> {
            operation.bytes = in.bytes();
            operation.count = counts[shape];
            operation.offset = in.skip((long) counts[shape] * (operation.length / 2));
          }
          case ShapeEncoder.WORDS -> {
            if (operation.length > counts[shape]) {
              throw in.bad(
                  operation.length + " distinct words (expected: up to " + counts[shape] + ")");
            }
            operation.firstWord = (int) words;
            words += operation.length;
            operation.readLater(in, counts[shape]);
          }
          default -> {}
        }
      }
    }
    if (words > TextCodec.MAX_BYTES) {
      throw in.bad(words + " words");
    }
    return (int) words;
  }

  private static Symbols assemble(
      long[] rowShapes,
      Operation[][] operations,
      byte[] literals,
      Symbols rest,
      Symbols pool,
      int total,
      BitSet wanted,
      ByteSource in) {
    boolean whole = wanted.cardinality() == rowShapes.length;
    var out = new byte[whole ? total + 8 : 1 << 12];
    var offsets = new int[rowShapes.length + 2];
    var used = new int[operations.length];
    int at = 0;
    for (int row = 0; row < rowShapes.length; row++) {
      int shape = (int) rowShapes[row];
      int n = used[shape]++;
      if (!wanted.get(row)) {
        offsets[row + 2] = at;
        continue;
      }
      if (!whole) {
        int length = shape == 0 ? rest.length(n + 1) : length(operations[shape], n, pool);
        out = roomFor(length, out, at);
      }
      if (shape == 0) {
        int length = rest.length(n + 1);
        System.arraycopy(rest.bytes(), rest.offset(n + 1), out, at, length);
        at += length;
      } else {
        for (Operation operation : operations[shape]) {
          at = apply(operation, operation.value(n), n, literals, out, at, pool);
        }
      }
      offsets[row + 2] = at;
    }
    if (at != total && whole) {
      throw in.bad("texts of " + at + " bytes (expected: " + total + ")");
    }
    return Symbols.of(out, offsets, rowShapes.length + 1);
  }

  static byte[] roomFor(int length, byte[] out, int at) {
    return out.length - at < length + 8 ? Arrays.copyOf(out, (at + length) * 2 + 8) : out;
  }

  /// The bytes of a text.
  private static int length(Operation[] operations, int n, Symbols pool) {
    int length = 0;
    for (Operation operation : operations) {
      length += length(operation, operation.value(n), pool);
    }
    return length;
  }

  static int length(Operation operation, long value, Symbols pool) {
    return operation.literalLength
        + switch (operation.kind) {
          case ShapeEncoder.LITERAL -> 0;
          case ShapeEncoder.DIGITS -> operation.length == 0 ? digits(value) : operation.length;
          case ShapeEncoder.HEX -> operation.length;
          default -> pool.length(operation.firstWord + (int) value + 1);
        };
  }

  static int apply(
      Operation operation,
      long value,
      int n,
      byte[] literals,
      byte[] out,
      int start,
      Symbols pool) {
    copy(literals, operation.literal, out, start, operation.literalLength);
    int at = start + operation.literalLength;
    int length = operation.length;
    switch (operation.kind) {
      case ShapeEncoder.LITERAL -> {
        return at;
      }
      case ShapeEncoder.DIGITS -> {
        if (length == 0) {
          length = digits(value);
        }
        putDigits(value, out, at, length);
      }
      case ShapeEncoder.HEX -> {
        int from = operation.offset + n * (length >>> 1);
        for (int i = 0; i < length; i += 2) {
          PAIR.set(out, at + i, HEX_PAIRS[operation.bytes[from++] & 0xff]);
        }
      }
      default -> {
        int word = operation.firstWord + (int) value + 1;
        length = pool.length(word);
        copy(pool.bytes(), pool.offset(word), out, at, length);
      }
    }
    return at + length;
  }

  /// Copies; up to 16 bytes as two words, where there is room to write a little too far: what follows is written later.
  private static void copy(byte[] from, int offset, byte[] to, int at, int length) {
    if (length <= 16 && offset + 16 <= from.length && at + 16 <= to.length) {
      WORD.set(to, at, (long) WORD.get(from, offset));
      WORD.set(to, at + 8, (long) WORD.get(from, offset + 8));
    } else {
      System.arraycopy(from, offset, to, at, length);
    }
  }

  private static void putDigits(long number, byte[] out, int at, int length) {
    int end = at + length;
    long value = number;
    while (value > Integer.MAX_VALUE && end - at >= 2) {
      long rest = value / 100;
      end -= 2;
      PAIR.set(out, end, PAIRS[(int) (value - rest * 100)]);
      value = rest;
    }
    int small = (int) value;
    while (end - at >= 2) {
      int rest = small / 100;
      end -= 2;
      PAIR.set(out, end, PAIRS[small - rest * 100]);
      small = rest;
    }
    if (end > at) {
      out[at] = (byte) ('0' + small % 10);
    }
  }

  private static int digits(long value) {
    int digits = 1;
    for (long ten = 10; digits < ShapeEncoder.MAX_DIGITS && value >= ten; ten *= 10) {
      digits++;
    }
    return digits;
  }
}
