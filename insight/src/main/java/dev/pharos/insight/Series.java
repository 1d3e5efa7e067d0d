package dev.pharos.insight;

import dev.pharos.store.read.Durations;
import dev.pharos.store.read.Requests;
import java.util.Arrays;
import java.util.OptionalDouble;

/// Calls, errors and durations in columns of time.
///
/// @param durations of each column
public record Series(long[] calls, long[] errors, Durations[] durations) {
  static Series of(Requests requests) {
    return new Series(requests.calls(), requests.errors(), requests.durations());
  }

  public static Series empty(int columns) {
    var durations = new Durations[columns];
    Arrays.fill(durations, Durations.NONE);
    return new Series(new long[columns], new long[columns], durations);
  }

  public int columns() {
    return calls.length;
  }

  /// All in columns `from` to `to`, exclusive.
  public Calls sum(int from, int to) {
    var sum = new Calls();
    for (int i = from; i < to; i++) {
      sum.add(calls[i], errors[i], durations[i]);
    }
    return sum;
  }

  public Calls sum() {
    return sum(0, columns());
  }

  /// The first column with a call; the number of columns without any.
  public int first() {
    int first = 0;
    while (first < calls.length && calls[first] == 0) {
      first++;
    }
    return first;
  }

  /// One after the last column with a call; 0 without any.
  int end() {
    int end = calls.length;
    while (end > 0 && calls[end - 1] == 0) {
      end--;
    }
    return end;
  }

  /// Columns `from` to `to`, exclusive.
  Series part(int from, int to) {
    return new Series(
        Arrays.copyOfRange(calls, from, to),
        Arrays.copyOfRange(errors, from, to),
        Arrays.copyOfRange(durations, from, to));
  }

  Series copy() {
    return part(0, columns());
  }

  /// Both added up, column by column.
  Series plus(Series other) {
    Series sum = copy();
    for (int i = 0; i < columns(); i++) {
      sum.calls[i] += other.calls[i];
      sum.errors[i] += other.errors[i];
      Histogram both = Histogram.of(durations[i]);
      both.add(other.durations[i]);
      sum.durations[i] = both.durations();
    }
    return sum;
  }

  /// Sums of `width` columns each, from the first on.
  Calls[] grouped(int width) {
    var groups = new Calls[calls.length / width];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = sum(i * width, (i + 1) * width);
    }
    return groups;
  }

  /// A series of numbers as charts show them.
  static long[] callsOf(Calls[] groups) {
    var counts = new long[groups.length];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = groups[i].calls();
    }
    return counts;
  }

  static long[] errorsOf(Calls[] groups) {
    var counts = new long[groups.length];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = groups[i].errors();
    }
    return counts;
  }

  /// A quantile of each group; NaN where there was no call.
  static double[] quantileOf(Calls[] groups, double share) {
    var quantiles = new double[groups.length];
    for (int i = 0; i < quantiles.length; i++) {
      quantiles[i] = orNaN(groups[i].quantile(share));
    }
    return quantiles;
  }

  private static double orNaN(OptionalDouble value) {
    return value.orElse(Double.NaN);
  }
}
