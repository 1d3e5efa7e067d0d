package dev.pharos.insight.compare;

import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.store.read.AttributeRun;
import dev.pharos.store.read.Column;

/// How many spans inside and outside have each value of one attribute. Values that are no text, number or truth are
/// not counted. One thread.
final class AttributeCounts {
  /// Numbers that lie within this of each other have a counter each.
  private static final int CLOSE = 1 << 10;

  private static final int[] NO_COUNTERS = {};

  final TextCounts texts = new TextCounts();
  final NumberCounts whole = new NumberCounts(false);
  final NumberCounts real = new NumberCounts(true);
  final NumberCounts truths = new NumberCounts(false);

  /// Four a number, by side, from `closeFrom` on; empty until there are such numbers.
  private int[] close = NO_COUNTERS;

  private long closeFrom;
  private byte closeType;

  /// Four a place of [TwoDigits], by side; empty until whole numbers are rounded.
  private int[] rounded = NO_COUNTERS;

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
    collect(column.symbols(), values, 0, sides.length, room);
  }

  /// Counts the values of one type.
  ///
  /// @param sides of the values, as [RunSides] says
  void add(AttributeRun run, byte[] sides, Room room) {
    if (run.type() == ValueType.STRING) {
      addTexts(run, sides, room);
    } else if (!ValueType.isSymbol(run.type()) && run.type() != ValueType.EMPTY) {
      addNumbers(run, sides, room);
    }
  }

  /// Without branches: a value that is on no side counts where nobody looks.
  private void addTexts(AttributeRun run, byte[] sides, Room room) {
    int[] byText = room.of(run.symbols().count());
    long[] values = run.values();
    int from = run.from();
    for (int i = 0; i < run.count(); i++) {
      byText[(int) values[from + i] << 2 | sides[i]]++;
    }
    collect(run.symbols(), values, from, run.count(), room);
  }

  private void addNumbers(AttributeRun run, byte[] sides, Room room) {
    long[] values = run.values();
    int from = run.from();
    int count = run.count();
    if (isClose(run, room)) {
      for (int i = 0; i < count; i++) {
        close[(int) (values[from + i] - closeFrom) << 2 | sides[i]]++;
      }
    } else if (run.type() == ValueType.INT && whole.isRounded()) {
      addRounded(run, sides);
    } else {
      NumberCounts numbers = run.type() == ValueType.DOUBLE ? real : whole;
      Recent recent = room.recent;
      recent.begin(this, run.type());
      for (int i = 0; i < count; i++) {
        if (sides[i] != Sides.NONE) {
          recent.add(numbers.counted(values[from + i]), sides[i]);
        }
      }
      recent.flush();
    }
  }

  /// Whether each number of a run has one of the counters of numbers that lie close together; the first run that is
  /// narrow enough chooses which these are.
  private boolean isClose(AttributeRun run, Room room) {
    long[] values = run.values();
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (int i = run.from(); i < run.from() + run.count(); i++) {
      least = Math.min(least, values[i]);
      most = Math.max(most, values[i]);
    }
    if (close.length == 0
        && most - least >= 0
        && most - least < CLOSE / 2
        && room.takesCounters()) {
      close = new int[CLOSE << 2];
      closeFrom = least - CLOSE / 4;
      closeType = run.type();
    }
    return close.length > 0
        && run.type() == closeType
        && most - least >= 0
        && least - closeFrom >= 0
        && most - closeFrom >= 0
        && most - closeFrom < CLOSE;
  }

  /// Whole numbers of which there are so many that each counts as one of two digits.
  private void addRounded(AttributeRun run, byte[] sides) {
    if (rounded.length == 0) {
      rounded = new int[TwoDigits.PLACES << 2];
    }
    long[] values = run.values();
    int from = run.from();
    for (int i = 0; i < run.count(); i++) {
      long value = values[from + i];
      if (value >= 0 && value < TwoDigits.PLACED) {
        rounded[TwoDigits.place(value) << 2 | sides[i]]++;
      } else if (sides[i] != Sides.NONE) {
        whole.add(value, sides[i] == Sides.IN ? 1 : 0, sides[i] == Sides.OUT ? 1 : 0);
      }
    }
  }

  /// Counts as numbers what has counters of its own; to be called before anything is asked.
  void settle() {
    for (int at = 0; at < close.length; at += 4) {
      if (close[at | Sides.IN] + close[at | Sides.OUT] > 0) {
        add(closeType, closeFrom + (at >> 2), close[at | Sides.IN], close[at | Sides.OUT]);
      }
    }
    for (int at = 0; at < rounded.length; at += 4) {
      if (rounded[at | Sides.IN] + rounded[at | Sides.OUT] > 0) {
        whole.addCounted(TwoDigits.at(at >> 2), rounded[at | Sides.IN], rounded[at | Sides.OUT]);
      }
    }
    close = NO_COUNTERS;
    rounded = NO_COUNTERS;
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
  private void collect(Symbols symbols, long[] values, int from, int count, Room room) {
    boolean byText = symbols.count() <= count;
    int candidates = byText ? symbols.count() : count;
    room.begin(candidates);
    for (int i = 0; i < candidates; i++) {
      room.take(byText ? i : (int) values[from + i]);
    }
    texts.add(symbols, room.texts, room.inside, room.outside, room.taken);
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

  /// @param other that is settled
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
    return texts.sizeBytes()
        + whole.sizeBytes()
        + real.sizeBytes()
        + truths.sizeBytes()
        + 4L * (close.length + rounded.length);
  }

  /// Counters that are reused from column to column: four a text, and those of numbers that came lately. One thread.
  static final class Room {
    private final Recent recent = new Recent();
    private int[] counters = new int[1 << 10];

    /// Texts that were counted, and their spans on each side.
    private int[] texts = new int[1 << 8];

    private int[] inside = new int[1 << 8];
    private int[] outside = new int[1 << 8];
    private int taken;

    /// How many attributes more may have counters of close numbers: not each of the thousands that a hostile span has.
    private int left = 64;

    private boolean takesCounters() {
      left -= left > 0 ? 1 : 0;
      return left > 0;
    }

    private void begin(int candidates) {
      taken = 0;
      if (texts.length < candidates) {
        texts = new int[candidates * 2];
        inside = new int[texts.length];
        outside = new int[texts.length];
      }
    }

    /// Takes what was counted of a text, if there is any.
    private void take(int text) {
      int at = text << 2;
      int in = counters[at | Sides.IN];
      int out = counters[at | Sides.OUT];
      counters[at] = 0;
      if (in + out > 0) {
        counters[at | Sides.IN] = 0;
        counters[at | Sides.OUT] = 0;
        texts[taken] = text;
        inside[taken] = in;
        outside[taken++] = out;
      }
    }

    int[] of(int texts) {
      if (counters.length < texts << 2) {
        counters = new int[Math.max(texts << 2, counters.length * 2)];
      }
      return counters;
    }
  }
}
