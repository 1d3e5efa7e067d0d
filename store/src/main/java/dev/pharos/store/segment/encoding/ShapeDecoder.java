package dev.pharos.store.segment.encoding;

import dev.pharos.model.Symbols;

/// Puts texts together again from what [ShapeEncoder] wrote.
final class ShapeDecoder {
  private static final long[] NO_VALUES = {};
  private static final byte[] HEX_DIGITS = new byte[512];

  static {
    for (int b = 0; b < 256; b++) {
      HEX_DIGITS[2 * b] = (byte) Character.forDigit(b >>> 4, 16);
      HEX_DIGITS[2 * b + 1] = (byte) Character.forDigit(b & 15, 16);
    }
  }

  /// One step of a shape and the column it takes from.
  private static final class Operation {
    int kind;
    int length;
    /// The literal's or the hexadecimal column's bytes, and where they begin.
    byte[] bytes = {};

    int offset;
    long[] values = NO_VALUES;
    /// Of the first word in the pool.
    int firstWord;
  }

  private ShapeDecoder() {}

  static Symbols decode(ByteSource in, int count) {
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
    Operation[][] operations = readOperations(in, shapes);
    int words = readColumns(in, operations, counts);
    Symbols pool = TextCodec.decodePlain(in, words);
    return assemble(rowShapes, operations, rest, pool, total, in);
  }

  private static Operation[][] readOperations(ByteSource in, int shapes) {
    byte[] bytes = Zstandard.read(in);
    var source = new ByteSource(bytes, 0, bytes.length - 8);
    var operations = new Operation[shapes + 1][];
    operations[0] = new Operation[0];
    for (int shape = 1; shape <= shapes; shape++) {
      operations[shape] = new Operation[source.readCount(source.remaining())];
      for (int i = 0; i < operations[shape].length; i++) {
        var operation = new Operation();
        operation.kind = source.readByte();
        operation.length = source.readCount(TextCodec.MAX_BYTES);
        operation.bytes = bytes;
        if (operation.kind == ShapeEncoder.LITERAL) {
          operation.offset = source.skip(operation.length);
        } else if (operation.kind > ShapeEncoder.WORDS) {
          throw in.bad("operation " + operation.kind + " (expected: 0 to " + ShapeEncoder.WORDS + ")");
        } else if (operation.kind == ShapeEncoder.DIGITS && operation.length > ShapeEncoder.MAX_DIGITS) {
          throw in.bad(operation.length + " digits (expected: up to " + ShapeEncoder.MAX_DIGITS + ")");
        }
        operations[shape][i] = operation;
      }
    }
    return operations;
  }

  /// Reads the columns of all shapes and returns the number of words in the pool.
  private static int readColumns(ByteSource in, Operation[][] operations, int[] counts) {
    long words = 0;
    for (int shape = 1; shape < operations.length; shape++) {
      for (Operation operation : operations[shape]) {
        switch (operation.kind) {
          case ShapeEncoder.DIGITS -> operation.values = LongCodec.decode(in, counts[shape]);
          case ShapeEncoder.HEX -> {
            operation.bytes = in.bytes();
            operation.offset = in.skip((long) counts[shape] * (operation.length / 2));
          }
          case ShapeEncoder.WORDS -> {
            if (operation.length > counts[shape]) {
              throw in.bad(operation.length + " distinct words (expected: up to " + counts[shape] + ")");
            }
            operation.firstWord = (int) words;
            words += operation.length;
            operation.values = LongCodec.decode(in, counts[shape]);
            for (long value : operation.values) {
              if (value < 0 || value >= operation.length) {
                throw in.bad("word " + value + " (expected: 0 to " + (operation.length - 1) + ")");
              }
            }
          }
          default -> { }
        }
      }
    }
    if (words > TextCodec.MAX_BYTES) {
      throw in.bad(words + " words");
    }
    return (int) words;
  }

  private static Symbols assemble(
      long[] rowShapes, Operation[][] operations, Symbols rest, Symbols pool, int total, ByteSource in) {
    var out = new byte[total + 8];
    var offsets = new int[rowShapes.length + 2];
    var used = new int[operations.length];
    int at = 0;
    for (int row = 0; row < rowShapes.length; row++) {
      int shape = (int) rowShapes[row];
      int n = used[shape]++;
      if (shape == 0) {
        int length = rest.length(n + 1);
        System.arraycopy(rest.bytes(), rest.offset(n + 1), out, at, length);
        at += length;
      } else {
        for (Operation operation : operations[shape]) {
          at = apply(operation, n, out, at, pool);
        }
      }
      offsets[row + 2] = at;
    }
    if (at != total) {
      throw in.bad("texts of " + at + " bytes (expected: " + total + ")");
    }
    return Symbols.of(out, offsets, rowShapes.length + 1);
  }

  private static int apply(Operation operation, int n, byte[] out, int at, Symbols pool) {
    int length = operation.length;
    switch (operation.kind) {
      case ShapeEncoder.LITERAL -> System.arraycopy(operation.bytes, operation.offset, out, at, length);
      case ShapeEncoder.DIGITS -> {
        long value = operation.values[n];
        if (length == 0) {
          length = digits(value);
        }
        for (int i = at + length - 1; i >= at; i--) {
          long tenth = value / 10;
          out[i] = (byte) ('0' + (value - tenth * 10));
          value = tenth;
        }
      }
      case ShapeEncoder.HEX -> {
        int from = operation.offset + n * (length >>> 1);
        for (int i = 0; i < length; i += 2) {
          int b = (operation.bytes[from++] & 0xff) << 1;
          out[at + i] = HEX_DIGITS[b];
          out[at + i + 1] = HEX_DIGITS[b + 1];
        }
      }
      default -> {
        int word = operation.firstWord + (int) operation.values[n] + 1;
        length = pool.length(word);
        System.arraycopy(pool.bytes(), pool.offset(word), out, at, length);
      }
    }
    return at + length;
  }

  private static int digits(long value) {
    int digits = 1;
    for (long ten = 10; digits < ShapeEncoder.MAX_DIGITS && value >= ten; ten *= 10) {
      digits++;
    }
    return digits;
  }
}
