package dev.pharos.insight.compare;

import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.store.read.Column;

/// How many spans inside and outside have each value of one attribute. Values that are no text, number or truth are
/// not counted. One thread.
final class AttributeCounts {
  final TextCounts texts = new TextCounts();
  final NumberCounts whole = new NumberCounts(false);
  final NumberCounts real = new NumberCounts(true);
  final NumberCounts truths = new NumberCounts(false);

  /// Counts a column.
  ///
  /// @param sides by row as [Sides] says
  /// @param counts room that is all zero, and is again when this returns
  void add(Column column, byte[] sides, Room counts) {
    byte uniform = column.types() == null ? column.uniform() : ValueType.ABSENT;
    if (uniform == ValueType.STRING) {
      addTexts(column, sides, counts);
      return;
    }
    int[] byText = counts.of(column.symbols().count());
    for (int row = 0; row < sides.length; row++) {
      byte type = column.type(row);
      if (sides[row] == Sides.NONE || type == ValueType.ABSENT) {
        continue;
      }
      if (type == ValueType.STRING) {
        byText[(int) column.value(row) << 2 | sides[row]]++;
      } else {
        add(
            type,
            column.value(row),
            sides[row] == Sides.IN ? 1 : 0,
            sides[row] == Sides.IN ? 0 : 1);
      }
    }
    collect(column, sides, byText);
  }

  private void addTexts(Column column, byte[] sides, Room counts) {
    int[] byText = counts.of(column.symbols().count());
    long[] values = column.values();
    for (int row = 0; row < sides.length; row++) {
      byText[(int) values[row] << 2 | sides[row]]++;
    }
    collect(column, sides, byText);
  }

  /// Takes over what was counted by text, and clears it.
  private void collect(Column column, byte[] sides, int[] byText) {
    int symbols = column.symbols().count();
    if (symbols <= sides.length) {
      for (int text = 0; text < symbols; text++) {
        collect(column.symbols(), text, byText);
      }
      return;
    }
    for (int row = 0; row < sides.length; row++) {
      if (column.type(row) == ValueType.STRING) {
        collect(column.symbols(), (int) column.value(row), byText);
      }
    }
  }

  private void collect(Symbols symbols, int text, int[] byText) {
    int at = text << 2;
    int in = byText[at | Sides.IN];
    int out = byText[at | Sides.OUT];
    byText[at] = 0;
    if (in + out > 0) {
      byText[at | Sides.IN] = 0;
      byText[at | Sides.OUT] = 0;
      texts.add(symbols, text, in, out);
    }
  }

  /// Counts a value that is no text.
  void add(byte type, long value, long in, long out) {
    if (type == ValueType.INT) {
      whole.add(value, in, out);
    } else if (type == ValueType.BOOL) {
      truths.add(value == 0 ? 0 : 1, in, out);
    } else if (type == ValueType.DOUBLE && !Double.isNaN(Double.longBitsToDouble(value))) {
      // Adding zero makes one of the two zeros.
      double number = Double.longBitsToDouble(value) + 0.0;
      real.add(Double.doubleToRawLongBits(number), in, out);
    }
  }

  void addAll(AttributeCounts other) {
    texts.addAll(other.texts);
    whole.addAll(other.whole);
    real.addAll(other.real);
    truths.addAll(other.truths);
  }

  /// Whether there are more values than groups of spans could have.
  boolean isUnbounded() {
    return texts.isUnbounded() || whole.isUnbounded() || real.isUnbounded();
  }

  long sizeBytes() {
    return texts.sizeBytes() + whole.sizeBytes() + real.sizeBytes() + truths.sizeBytes();
  }

  /// Four counters a text, reused from column to column. One thread.
  static final class Room {
    private int[] counters = new int[1 << 10];

    int[] of(int texts) {
      if (counters.length < texts << 2) {
        counters = new int[Math.max(texts << 2, counters.length * 2)];
      }
      return counters;
    }
  }
}
