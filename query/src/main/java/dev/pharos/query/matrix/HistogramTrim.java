package dev.pharos.query.matrix;

import dev.pharos.query.matrix.FloatHistogram.Buckets;
import java.util.Arrays;

/// Cuts a native histogram at a value (`</` keeps what is below, `>/` what is above).
///
/// A bucket that the value falls into is divided as quantiles are: on a logarithmic scale, or on a linear one in the
/// zero bucket and in custom buckets. Count and sum are those of what is left, the sum from the middles of the
/// buckets. A histogram that loses nothing stays as it is. One thread, one use.
final class HistogramTrim {
  private final FloatHistogram source;
  private final double cut;
  private final boolean below;
  private double count;
  private double sum;
  private boolean changed;

  private HistogramTrim(FloatHistogram source, double cut, boolean below) {
    this.source = source;
    this.cut = cut;
    this.below = below;
  }

  static FloatHistogram keepBelow(FloatHistogram histogram, double bound) {
    return new HistogramTrim(histogram, bound, true).run();
  }

  static FloatHistogram keepAbove(FloatHistogram histogram, double bound) {
    return new HistogramTrim(histogram, bound, false).run();
  }

  private FloatHistogram run() {
    Buckets positive = trimmed(source.positive(), false);
    Buckets negative = trimmed(source.negative(), true);
    double zero = zero();
    if (!changed) {
      return source;
    }
    return new FloatHistogram(
        source.schema(),
        count,
        sum,
        source.zeroThreshold(),
        zero,
        positive,
        negative,
        source.bounds(),
        source.hint());
  }

  private Buckets trimmed(Buckets buckets, boolean mirrored) {
    int[] indexes = new int[buckets.size()];
    double[] counts = new double[indexes.length];
    int n = 0;
    for (int i = 0; i < indexes.length; i++) {
      int index = buckets.indexes()[i];
      double lower = HistogramBuckets.lowerBound(source, index);
      double upper = HistogramBuckets.upperBound(source, index);
      double held = buckets.counts()[i];
      double kept =
          source.customBounds()
              ? custom(lower, upper, held)
              : exponential(lower, upper, held, mirrored);
      changed |= kept != held;
      if (kept != 0) {
        indexes[n] = index;
        counts[n++] = kept;
      }
    }
    return new Buckets(Arrays.copyOf(indexes, n), Arrays.copyOf(counts, n));
  }

  private double keep(double kept, double middle) {
    count += kept;
    if (kept != 0) {
      sum += kept * middle;
    }
    return kept;
  }

  /// What is kept of a bucket between two magnitudes.
  private double exponential(double lower, double upper, double held, boolean mirrored) {
    double at = mirrored ? -cut : cut;
    boolean small = below != mirrored;
    double sign = mirrored ? -1 : 1;
    if (small ? upper <= at : lower >= at) {
      return keep(held, sign * Math.sqrt(lower * upper));
    }
    if (small ? lower >= at : upper <= at) {
      return 0;
    }
    double part = Math.log(at / lower) / Math.log(upper / lower);
    return small
        ? keep(held * part, sign * Math.sqrt(lower * at))
        : keep(held * (1 - part), sign * Math.sqrt(at * upper));
  }

  private double custom(double lower, double upper, double held) {
    boolean openBelow = lower == Double.NEGATIVE_INFINITY;
    boolean openAbove = upper == Double.POSITIVE_INFINITY;
    if (openBelow && openAbove) {
      boolean whole = below ? cut == Double.POSITIVE_INFINITY : cut == Double.NEGATIVE_INFINITY;
      return whole ? keep(held, 0) : 0;
    }
    if (openAbove) {
      if (below) {
        return cut == Double.POSITIVE_INFINITY ? keep(held, lower) : 0;
      }
      return cut == Double.POSITIVE_INFINITY ? 0 : keep(held, Math.max(lower, cut));
    }
    if (openBelow && upper <= 0) {
      if (below) {
        return cut == Double.NEGATIVE_INFINITY ? 0 : keep(held, Math.min(upper, cut));
      }
      return cut == Double.NEGATIVE_INFINITY ? keep(held, upper) : 0;
    }
    if (openBelow && !below && cut < 0) {
      return cut == Double.NEGATIVE_INFINITY ? keep(held, upper / 2) : 0;
    }
    return linear(openBelow ? 0 : lower, upper, held);
  }

  private double linear(double lower, double upper, double held) {
    if (below ? upper <= cut : lower >= cut) {
      return keep(held, (lower + upper) / 2);
    }
    if (below ? lower >= cut : upper <= cut) {
      return 0;
    }
    double part = (cut - lower) / (upper - lower);
    return below
        ? keep(held * part, (lower + cut) / 2)
        : keep(held * (1 - part), (cut + upper) / 2);
  }

  private double zero() {
    double held = source.zeroCount();
    if (held == 0) {
      return 0;
    }
    double lower =
        source.negative().size() == 0 && source.positive().size() > 0 ? 0 : -source.zeroThreshold();
    double upper =
        source.positive().size() == 0 && source.negative().size() > 0 ? 0 : source.zeroThreshold();
    double kept = linear(lower, upper, held);
    changed |= kept != held;
    return kept;
  }
}
