package dev.pharos.store.segment.encoding;

import dev.pharos.model.Symbols;
import dev.pharos.store.segment.encoding.ShapeDecoder.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// Finds the texts with a [DelimitedValue] without putting texts together: the value is a word of one column, with what
/// the literals beside it add up to the next delimiters, or it stands in a literal. Errs on the side of yes: texts
/// without a shape, and those in which a backslash may spell the value in another way, may have it. One thread.
final class ShapeSearch {
  private final Operation[][] operations;
  private final byte[] literals;
  private final Symbols pool;
  private final byte[] value;

  /// Whether words may hold delimiters, which what writes shapes never does.
  private final boolean unsure;

  ShapeSearch(Operation[][] operations, byte[] literals, Symbols pool, byte[] value) {
    this.operations = operations;
    this.literals = literals;
    this.pool = pool;
    this.value = value;
    this.unsure = Words.end(pool.bytes(), 0, pool.textBytes()) < pool.textBytes();
  }

  /// Adds the numbers of the texts, given the shape of each.
  void add(long[] shapes, BitSet into) {
    if (unsure) {
      into.set(0, shapes.length);
      return;
    }
    var found = new Shape[operations.length];
    for (int shape = 1; shape < found.length; shape++) {
      found[shape] = examine(operations[shape]);
    }
    var used = new int[operations.length];
    for (int text = 0; text < shapes.length; text++) {
      int shape = (int) shapes[text];
      int n = used[shape]++;
      if (shape == 0 || found[shape].always() || found[shape].texts().get(n)) {
        into.set(text);
      }
    }
  }

  /// What of a shape has the value.
  ///
  /// @param always whether all its texts may
  /// @param texts numbers within the shape of those that may
  private record Shape(boolean always, BitSet texts) {}

  /// A stretch of a shape between delimiters: its columns, and its literal bytes, of which so many stand before the
  /// first column and after the last.
  private static final class Run {
    private final ByteSink bytes = new ByteSink(16);
    private final List<Operation> columns = new ArrayList<>();
    private int before;
    private int after;

    void column(Operation operation) {
      before = columns.isEmpty() ? bytes.size() : before;
      columns.add(operation);
      after = 0;
    }

    void literal(byte b) {
      bytes.putByte(b);
      after++;
    }
  }

  private Shape examine(Operation[] shape) {
    var texts = new BitSet();
    boolean always = false;
    var run = new Run();
    for (Operation operation : shape) {
      for (int i = 0; i < operation.literalLength; i++) {
        byte b = literals[operation.literal + i];
        if (DelimitedValue.isDelimiter(b)) {
          always |= b == '\\' || mayBe(run, texts);
          run = new Run();
        } else {
          run.literal(b);
        }
      }
      if (operation.kind != ShapeEncoder.LITERAL) {
        run.column(operation);
      }
    }
    always |= mayBe(run, texts);
    return new Shape(always, texts);
  }

  /// Whether a run is the value in all texts of the shape; if only in some, these are added.
  private boolean mayBe(Run run, BitSet texts) {
    byte[] bytes = Arrays.copyOf(run.bytes.bytes(), run.bytes.size());
    if (run.columns.isEmpty()) {
      return Arrays.equals(bytes, value);
    }
    if (run.before + run.after > value.length
        || !startsWith(bytes, run.before)
        || !endsWith(bytes, run.after)) {
      return false;
    }
    if (run.columns.size() > 1) {
      return hasInOrder(bytes, run.before, bytes.length - run.after);
    }
    byte[] middle = Arrays.copyOfRange(value, run.before, value.length - run.after);
    Operation column = run.columns.get(0);
    switch (column.kind) {
      case ShapeEncoder.DIGITS -> digits(column, middle, texts);
      case ShapeEncoder.HEX -> hex(column, middle, texts);
      default -> words(column, middle, texts);
    }
    return false;
  }

  /// Whether the value has these bytes of a run, whatever the columns put between them.
  private boolean hasInOrder(byte[] bytes, int from, int to) {
    int at = from;
    for (int i = from; i < value.length && at < to; i++) {
      at += value[i] == bytes[at] ? 1 : 0;
    }
    return at == to;
  }

  private boolean startsWith(byte[] bytes, int length) {
    return Arrays.equals(bytes, 0, length, value, 0, length);
  }

  private boolean endsWith(byte[] bytes, int length) {
    return Arrays.equals(
        bytes, bytes.length - length, bytes.length, value, value.length - length, value.length);
  }

  private static void digits(Operation column, byte[] middle, BitSet into) {
    boolean asWritten =
        column.length == 0
            ? middle.length > 0 && (middle[0] != '0' || middle.length == 1)
            : middle.length == column.length;
    long number = middle.length > ShapeEncoder.MAX_DIGITS ? -1 : 0;
    for (int i = 0; i < middle.length && number >= 0; i++) {
      number = middle[i] >= '0' && middle[i] <= '9' ? number * 10 + middle[i] - '0' : -1;
    }
    if (asWritten && number >= 0) {
      long[] values = column.values();
      for (int n = 0; n < values.length; n++) {
        if (values[n] == number) {
          into.set(n);
        }
      }
    }
  }

  private static void hex(Operation column, byte[] middle, BitSet into) {
    int half = column.length / 2;
    var packed = new byte[half];
    if (middle.length == half * 2
        && column.length == half * 2
        && Words.packHex(middle, 0, middle.length, packed, 0)) {
      for (int n = 0; n < column.count(); n++) {
        int at = column.offset + n * half;
        if (Arrays.equals(column.bytes, at, at + half, packed, 0, half)) {
          into.set(n);
        }
      }
    }
  }

  private void words(Operation column, byte[] middle, BitSet into) {
    var wanted = new BitSet();
    for (int i = 0; i < column.length; i++) {
      int word = column.firstWord + i + 1;
      int from = pool.offset(word);
      if (Arrays.equals(pool.bytes(), from, from + pool.length(word), middle, 0, middle.length)) {
        wanted.set(i);
      }
    }
    if (!wanted.isEmpty()) {
      long[] values = column.values();
      for (int n = 0; n < values.length; n++) {
        if (wanted.get((int) values[n])) {
          into.set(n);
        }
      }
    }
  }
}
