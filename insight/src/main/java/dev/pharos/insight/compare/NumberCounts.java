package dev.pharos.insight.compare;

import java.util.Arrays;
import java.util.stream.IntStream;

/// How many spans inside and outside have each number of one attribute: whole numbers, or raw doubles that are no
/// NaN. Where there are more than [#MAX_NUMBERS], each counts as the least number of two digits that is not below it
/// ([TwoDigits]), so that "above" such a number is still exact. One thread.
final class NumberCounts {
  static final int MAX_NUMBERS = 2_000;

  /// Random doubles of every magnitude make more numbers of two digits; nothing sensible does.
  private static final int MAX_ROUNDED = 20_000;

  private final boolean isDouble;
  private Numbering numbers = new Numbering();
  private long[] inside = new long[4];
  private long[] outside = new long[4];
  private boolean rounded;

  NumberCounts(boolean isDouble) {
    this.isDouble = isDouble;
  }

  void add(long value, long in, long out) {
    addCounted(counted(value), in, out);
  }

  /// As [#add], of what [#counted] says of a value.
  void addCounted(long value, long in, long out) {
    int number = numbers.of(value);
    if (number == inside.length) {
      inside = Arrays.copyOf(inside, number * 2);
      outside = Arrays.copyOf(outside, number * 2);
    }
    inside[number] += in;
    outside[number] += out;
    if (numbers.size() > MAX_NUMBERS && !rounded) {
      round();
    }
  }

  /// What a value is counted as.
  long counted(long value) {
    if (!rounded) {
      return value;
    }
    return isDouble
        ? Double.doubleToRawLongBits(TwoDigits.notBelow(Double.longBitsToDouble(value)))
        : TwoDigits.notBelow(value);
  }

  private void round() {
    var exact = numbers;
    long[] in = inside;
    long[] out = outside;
    numbers = new Numbering();
    inside = new long[in.length];
    outside = new long[in.length];
    rounded = true;
    for (int number = 0; number < exact.size(); number++) {
      add(exact.key(number), in[number], out[number]);
    }
  }

  void addAll(NumberCounts other) {
    if (other.rounded && !rounded) {
      round();
    }
    for (int number = 0; number < other.numbers.size(); number++) {
      add(other.numbers.key(number), other.inside[number], other.outside[number]);
    }
  }

  boolean isUnbounded() {
    return numbers.size() > MAX_ROUNDED;
  }

  /// Whether the values are bounds of two digits, and not what spans have.
  boolean isRounded() {
    return rounded;
  }

  long sizeBytes() {
    return numbers.sizeBytes() + 16L * inside.length;
  }

  /// A value with its spans.
  record Counted(long value, long inside, long outside) {}

  /// All values, ascending.
  Counted[] ascending() {
    return IntStream.range(0, numbers.size())
        .mapToObj(number -> new Counted(numbers.key(number), inside[number], outside[number]))
        .sorted(
            (a, b) ->
                isDouble
                    ? Double.compare(
                        Double.longBitsToDouble(a.value()), Double.longBitsToDouble(b.value()))
                    : Long.compare(a.value(), b.value()))
        .toArray(Counted[]::new);
  }
}
