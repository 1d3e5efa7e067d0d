package dev.pharos.insight.compare;

import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.store.read.AttributeRun;
import dev.pharos.store.read.Column;
import java.util.Arrays;

/// How many spans inside and outside have each value of one attribute. Values that are no text, number or truth are
/// not counted. One thread.
final class AttributeCounts {
  /// Numbers of a block that lie within this of each other have a counter each.
  private static final int DENSE = 1 << 10;

  final TextCounts texts = new TextCounts();
  final NumberCounts whole = new NumberCounts(false);
  final NumberCounts real = new NumberCounts(true);
  final NumberCounts truths = new NumberCounts(false);

  /// Counts a column of texts that every row has.
  ///
  /// @param sides by row as [Sides] says
  /// @param room counters
  void add(Column column, byte[] sides, Room room) {
    int[] byText = room.of(column.symbols().count());
    long[] values = column.values();
    for (int row = 0; row < sides.length; row++) {
      byText[(int) values[row] << 2 | sides[row]]++;
    }
    collect(column.symbols(), values, 0, sides.length, byText);
  }

  /// Counts the values of one type.
  ///
  /// @param sides of the values, as [RunSides] says
  void add(AttributeRun run, byte[] sides, Room room) {
    if (run.type() == ValueType.STRING) {
      addTexts(run, sides, room.of(run.symbols().count()));
    } else if (!ValueType.isSymbol(run.type()) && run.type() != ValueType.EMPTY) {
      addNumbers(run, sides, room);
    }
  }

  /// Without branches: a value that is on no side counts where nobody looks.
  private void addTexts(AttributeRun run, byte[] sides, int[] byText) {
    long[] values = run.values();
    int from = run.from();
    for (int i = 0; i < run.count(); i++) {
      byText[(int) values[from + i] << 2 | sides[i]]++;
    }
    collect(run.symbols(), values, from, run.count(), byText);
  }

  private void addNumbers(AttributeRun run, byte[] sides, Room room) {
    long[] values = run.values();
    int from = run.from();
    int count = run.count();
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (int i = from; i < from + count; i++) {
      least = Math.min(least, values[i]);
      most = Math.max(most, values[i]);
    }
    if (run.type() == ValueType.INT && whole.isRounded()) {
      addRounded(run, sides, room.places);
    } else if (most - least >= 0 && most - least < DENSE) {
      addDense(run, sides, least, (int) (most - least) + 1, room.of((int) (most - least) + 1));
    } else {
      NumberCounts numbers = run.type() == ValueType.DOUBLE ? real : whole;
      room.recent.begin(this, run.type());
      for (int i = 0; i < count; i++) {
        if (sides[i] != Sides.NONE) {
          room.recent.add(numbers.counted(values[from + i]), sides[i]);
        }
      }
      room.recent.flush();
    }
  }

  /// Numbers that lie close together: a counter each.
  private void addDense(AttributeRun run, byte[] sides, long least, int size, int[] counters) {
    long[] values = run.values();
    int from = run.from();
    for (int i = 0; i < run.count(); i++) {
      counters[(int) (values[from + i] - least) << 2 | sides[i]]++;
    }
    for (int n = 0; n < size; n++) {
      int in = counters[n << 2 | Sides.IN];
      int out = counters[n << 2 | Sides.OUT];
      if (in + out > 0) {
        add(run.type(), least + n, in, out);
      }
    }
    Arrays.fill(counters, 0, size << 2, 0);
  }

  /// Whole numbers of which there are so many that each counts as one of two digits.
  private void addRounded(AttributeRun run, byte[] sides, int[] places) {
    long[] values = run.values();
    int from = run.from();
    for (int i = 0; i < run.count(); i++) {
      long value = values[from + i];
      if (value >= 0 && value < TwoDigits.PLACED) {
        places[TwoDigits.place(value) << 2 | sides[i]]++;
      } else if (sides[i] != Sides.NONE) {
        whole.add(value, sides[i] == Sides.IN ? 1 : 0, sides[i] == Sides.OUT ? 1 : 0);
      }
    }
    for (int place = 0; place < TwoDigits.PLACES; place++) {
      int in = places[place << 2 | Sides.IN];
      int out = places[place << 2 | Sides.OUT];
      if (in + out > 0) {
        whole.add(TwoDigits.at(place), in, out);
      }
    }
    Arrays.fill(places, 0);
  }

  /// Counters of numbers that came lately, so that common ones are looked up rarely. One thread.
  private static final class Recent {
    private static final int SIZE = 1 << 10;

    private final long[] numbers = new long[SIZE];
    private final int[] counts = new int[SIZE << 2];
    private AttributeCounts target = new AttributeCounts();
    private byte type;

    /// Numbers are of this type and attribute from now on.
    void begin(AttributeCounts newTarget, byte newType) {
      target = newTarget;
      type = newType;
    }

    void add(long number, byte side) {
      int slot = (int) (number * 0x9E3779B97F4A7C15L >>> 54);
      if (numbers[slot] != number) {
        flush(slot);
        numbers[slot] = number;
      }
      counts[slot << 2 | side]++;
    }

    private void flush(int slot) {
      int in = counts[slot << 2 | Sides.IN];
      int out = counts[slot << 2 | Sides.OUT];
      if (in + out > 0) {
        target.add(type, numbers[slot], in, out);
        counts[slot << 2 | Sides.IN] = 0;
        counts[slot << 2 | Sides.OUT] = 0;
      }
    }

    void flush() {
      for (int slot = 0; slot < SIZE; slot++) {
        flush(slot);
      }
    }
  }

  /// Takes over what was counted by text, and clears it.
  private void collect(Symbols symbols, long[] values, int from, int count, int[] byText) {
    if (symbols.count() <= count) {
      for (int text = 0; text < symbols.count(); text++) {
        collect(symbols, text, byText);
      }
      return;
    }
    for (int i = from; i < from + count; i++) {
      collect(symbols, (int) values[i], byText);
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

  /// Counters that are reused from column to column: four a text, and those of numbers. One thread.
  static final class Room {
    private final int[] places = new int[TwoDigits.PLACES << 2];
    private final Recent recent = new Recent();
    private int[] counters = new int[1 << 10];

    int[] of(int texts) {
      if (counters.length < texts << 2) {
        counters = new int[Math.max(texts << 2, counters.length * 2)];
      }
      return counters;
    }
  }
}
