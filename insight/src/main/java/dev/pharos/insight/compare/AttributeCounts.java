package dev.pharos.insight.compare;

import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.store.read.AttributeRun;
import dev.pharos.store.read.Column;
import java.util.Arrays;

/// How many spans inside and outside have each value of one attribute. Values that are no text, number or truth are
/// not counted. One thread.
final class AttributeCounts {
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
  void add(AttributeRun run, byte[] sides, Room room) {
    if (run.type() == ValueType.STRING) {
      addTexts(run, sides, room.of(run.symbols().count()));
    } else if (!ValueType.isSymbol(run.type()) && run.type() != ValueType.EMPTY) {
      NumberCounts numbers = run.type() == ValueType.DOUBLE ? real : whole;
      if (run.type() == ValueType.INT && numbers.isRounded()) {
        addRounded(run, sides, room.places);
      } else {
        addNumbers(run, sides, numbers, room.recent);
      }
    }
  }

  /// Without branches: a row that has no value, or is on no side, counts where nobody looks.
  private void addTexts(AttributeRun run, byte[] sides, int[] byText) {
    long[] values = run.values();
    int[] groups = run.groups();
    byte[] has = run.has();
    int next = run.from();
    int last = run.from() + run.count() - 1;
    for (int row = 0; row < sides.length; row++) {
      int mine = has[groups[row]];
      int at = (int) values[Math.min(next, last)] << 2 | sides[row];
      byText[at & -(mine & AttributeRun.FIRST)]++;
      next += mine + 1 >> 1;
    }
    byText[0] = 0;
    collect(run.symbols(), values, run.from(), run.count(), byText);
  }

  private void addNumbers(AttributeRun run, byte[] sides, NumberCounts numbers, Recent recent) {
    long[] values = run.values();
    int next = run.from();
    recent.begin(this, run.type());
    for (int row = 0; row < sides.length; row++) {
      byte mine = run.has()[run.groups()[row]];
      if (mine == AttributeRun.FIRST && sides[row] != Sides.NONE) {
        recent.add(numbers.counted(values[next]), sides[row]);
      }
      next += mine == AttributeRun.NONE ? 0 : 1;
    }
    recent.flush();
  }

  /// Whole numbers of which there are so many that each counts as one of two digits.
  private void addRounded(AttributeRun run, byte[] sides, int[] places) {
    long[] values = run.values();
    int next = run.from();
    for (int row = 0; row < sides.length; row++) {
      byte mine = run.has()[run.groups()[row]];
      if (mine == AttributeRun.FIRST) {
        long value = values[next];
        if (value >= 0 && value < TwoDigits.PLACED) {
          places[TwoDigits.place(value) << 2 | sides[row]]++;
        } else if (sides[row] != Sides.NONE) {
          whole.add(value, sides[row] == Sides.IN ? 1 : 0, sides[row] == Sides.OUT ? 1 : 0);
        }
      }
      next += mine == AttributeRun.NONE ? 0 : 1;
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
