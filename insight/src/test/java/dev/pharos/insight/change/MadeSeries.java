package dev.pharos.insight.change;

import dev.pharos.insight.Calls;
import dev.pharos.insight.Histogram;
import dev.pharos.insight.Series;
import dev.pharos.store.read.DurationBuckets;
import dev.pharos.store.read.Durations;
import java.util.Arrays;
import java.util.SplittableRandom;

/// A series of calls in columns of ten seconds, made up with the noise that real ones have: random arrivals whose rate
/// wanders, durations with a long tail, single slow moments, and a program that is slow in its first half minute.
final class MadeSeries {
  private static final double SECONDS = 10;
  private static final double MS = 1e6;

  private final SplittableRandom random;
  private final Series series;
  private final double rate;
  private double wander = 1;

  MadeSeries(long seed, int columns, double rate) {
    this.random = new SplittableRandom(seed);
    this.series = Series.empty(columns);
    this.rate = rate;
  }

  Series series() {
    return series;
  }

  /// Columns `from` to `to`, exclusive.
  Series part(int from, int to) {
    return new Series(
        Arrays.copyOfRange(series.calls(), from, to),
        Arrays.copyOfRange(series.errors(), from, to),
        Arrays.copyOfRange(series.durations(), from, to));
  }

  /// Columns `from` to `to`, exclusive, in columns of a minute.
  Series minutes(int from, int to) {
    Series minutes = Series.empty((to - from) / 6);
    for (int i = 0; i < minutes.columns(); i++) {
      Calls sum = series.sum(from + 6 * i, from + 6 * i + 6);
      minutes.calls()[i] = sum.calls();
      minutes.errors()[i] = sum.errors();
      minutes.durations()[i] = sum.durations().durations();
    }
    return minutes;
  }

  /// Usual calls in all columns.
  MadeSeries calm() {
    double median = 2 + random.nextInt(60);
    double spread = 0.3 + random.nextDouble() * 0.5;
    double errors = random.nextInt(3) == 0 ? 0 : random.nextDouble() * 0.01;
    for (int i = 0; i < series.columns(); i++) {
      wander = Math.clamp(wander + random.nextGaussian() * 0.05, 0.7, 1.4);
      double start = i < 3 ? 4 - i : 1;
      double hiccup = random.nextInt(40) == 0 ? 3 : 1;
      add(i, wander, 1, median * start, spread, errors);
      if (hiccup > 1) {
        add(i, wander * 0.1, 1, median * hiccup, spread, errors);
      }
    }
    return this;
  }

  /// A part of the calls of these columns becomes slow or fails.
  MadeSeries fault(int from, int to, double part, double millis, boolean error) {
    for (int i = from; i < to; i++) {
      long calls = Math.round(series.calls()[i] * part);
      Histogram left = Histogram.of(series.durations()[i]);
      long all = left.total();
      series.calls()[i] -= calls;
      series.errors()[i] -= Math.round(series.errors()[i] * part);
      series.durations()[i] = scaled(series.durations()[i], all - calls);
      for (int call = 0; call < calls; call++) {
        put(i, millis * Math.exp(0.2 * random.nextGaussian()), error);
      }
    }
    return this;
  }

  private static Durations scaled(Durations durations, long wanted) {
    long[] counts = durations.counts().clone();
    long too = durations.count() - wanted;
    for (int i = 0; i < counts.length; i++) {
      long less = Math.min(counts[i], Math.round((double) too * counts[i] / durations.count()));
      counts[i] -= less;
    }
    long now = new Durations(durations.firstBucket(), counts).count();
    for (int i = 0; now > wanted && i < counts.length; i++) {
      long less = Math.min(counts[i], now - wanted);
      counts[i] -= less;
      now -= less;
    }
    return new Durations(durations.firstBucket(), counts);
  }

  private void add(
      int column, double share, double factor, double millis, double spread, double errors) {
    double expected = rate * SECONDS * share * factor;
    long calls = Math.max(0, Math.round(expected + Math.sqrt(expected) * random.nextGaussian()));
    for (int i = 0; i < calls; i++) {
      boolean tail = random.nextInt(100) == 0;
      double nanos = millis * Math.exp(spread * random.nextGaussian()) * (tail ? 4 : 1);
      put(column, nanos, random.nextDouble() < errors);
    }
  }

  private void put(int column, double millis, boolean error) {
    series.calls()[column]++;
    series.errors()[column] += error ? 1 : 0;
    int bucket = DurationBuckets.of((long) (millis * MS));
    Durations had = series.durations()[column];
    var counts = new long[DurationBuckets.COUNT];
    System.arraycopy(had.counts(), 0, counts, had.firstBucket(), had.counts().length);
    counts[bucket]++;
    series.durations()[column] = new Durations(0, counts);
  }
}
