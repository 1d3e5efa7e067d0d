package dev.pharos.query.matrix;

import dev.pharos.query.matrix.HistogramBuckets.Bucket;
import java.util.List;

/// Quantiles, fractions and deviations of native histograms.
///
/// Inside a bucket observations are taken as evenly spread on a logarithmic scale, in the zero bucket and in custom
/// buckets on a linear one. Observations of NaN are in the count but in no bucket.
public final class NativeQuantile {
  private NativeQuantile() {}

  /// @param named what notes add about the metric, ` for metric name "x"` or nothing
  public static double quantile(double phi, FloatHistogram h, String named, Notes notes) {
    if (phi < 0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (phi > 1) {
      return Double.POSITIVE_INFINITY;
    }
    if (h.count() == 0 || Double.isNaN(phi)) {
      return Double.NaN;
    }
    boolean nan = Double.isNaN(h.sum());
    boolean forward = nan || phi < 0.5;
    double rank = forward ? phi * h.count() : (1 - phi) * h.count();
    double count = 0;
    Bucket bucket = new Bucket(0, 0, 0, true, true);
    for (Bucket b : forward ? HistogramBuckets.of(h) : HistogramBuckets.falling(h)) {
      bucket = b;
      count += b.count();
      if (count >= rank) {
        break;
      }
    }
    bucket = oneSided(bucket, h);
    if (h.customBounds()) {
      if (bucket.lower() == Double.NEGATIVE_INFINITY) {
        return bucket.upper();
      }
      if (bucket.upper() == Double.POSITIVE_INFINITY) {
        return bucket.lower();
      }
    }
    count = Math.min(count, h.count());
    if (count < rank) {
      if (nan) {
        notes.inform("input to histogram_quantile has NaN observations, result is NaN" + named);
        return Double.NaN;
      }
      return forward ? bucket.upper() : bucket.lower();
    }
    if (nan) {
      notes.inform(
          "input to histogram_quantile has NaN observations, result is skewed higher" + named);
    }
    rank = forward ? rank - (count - bucket.count()) : count - rank;
    return interpolate(bucket, h, rank / bucket.count());
  }

  /// The bucket with 0 as its end where nothing speaks for values beyond.
  private static Bucket oneSided(Bucket bucket, FloatHistogram h) {
    if (h.customBounds()) {
      return bucket.lower() == Double.NEGATIVE_INFINITY && bucket.upper() > 0
          ? new Bucket(0, bucket.upper(), bucket.count(), false, true)
          : bucket;
    }
    if (!bucket.holdsZero()) {
      return bucket;
    }
    if (h.negative().size() == 0 && h.positive().size() > 0) {
      return new Bucket(0, bucket.upper(), bucket.count(), true, true);
    }
    if (h.positive().size() == 0 && h.negative().size() > 0) {
      return new Bucket(bucket.lower(), 0, bucket.count(), true, true);
    }
    return bucket;
  }

  private static double interpolate(Bucket bucket, FloatHistogram h, double fraction) {
    if (h.customBounds() || bucket.holdsZero()) {
      return bucket.lower() + (bucket.upper() - bucket.lower()) * fraction;
    }
    double logLower = log2(Math.abs(bucket.lower()));
    double logUpper = log2(Math.abs(bucket.upper()));
    if (bucket.lower() > 0) {
      return Math.pow(2, logLower + (logUpper - logLower) * fraction);
    }
    return -Math.pow(2, logUpper + (logLower - logUpper) * (1 - fraction));
  }

  private static double log2(double v) {
    int exponent = Math.getExponent(v);
    return v == Math.scalb(1.0, exponent) ? exponent : Math.log(v) / Math.log(2);
  }

  /// The part of the observations between two values.
  public static double fraction(
      double lower, double upper, FloatHistogram h, String named, Notes notes) {
    if (h.count() == 0 || Double.isNaN(lower) || Double.isNaN(upper)) {
      return Double.NaN;
    }
    List<Bucket> buckets = HistogramBuckets.of(h);
    double total = h.count();
    if (Double.isNaN(h.sum())) {
      notes.inform(
          "input to histogram_fraction has NaN observations, which are excluded from all fractions"
              + named);
      total = 0;
      for (Bucket bucket : buckets) {
        total += bucket.count();
      }
    }
    if (lower >= upper) {
      return 0;
    }
    return (below(upper, buckets, h, total) - below(lower, buckets, h, total)) / h.count();
  }

  /// How many observations are below `value`, at most `total`.
  private static double below(double value, List<Bucket> buckets, FloatHistogram h, double total) {
    double rank = 0;
    for (Bucket populated : buckets) {
      Bucket bucket = oneSided(populated, h);
      if (bucket.lower() >= value) {
        return Math.min(rank, total);
      }
      if (bucket.upper() > value) {
        return Math.min(rank + bucket.count() * part(value, bucket, h), total);
      }
      rank += bucket.count();
    }
    return total;
  }

  private static double part(double value, Bucket bucket, FloatHistogram h) {
    if (h.customBounds() || bucket.holdsZero()) {
      // Where a bucket has no lower end all of it counts as below; where it has no upper end
      // nothing does.
      return bucket.lower() == Double.NEGATIVE_INFINITY
          ? 1
          : (value - bucket.lower()) / (bucket.upper() - bucket.lower());
    }
    double logLower = log2(Math.abs(bucket.lower()));
    double logUpper = log2(Math.abs(bucket.upper()));
    double logValue = log2(Math.abs(value));
    return value > 0
        ? (logValue - logLower) / (logUpper - logLower)
        : 1 - (logValue - logUpper) / (logLower - logUpper);
  }

  /// Variance estimated from the centres of the buckets: geometric, arithmetic for custom ones, 0 for the zero bucket.
  public static double variance(FloatHistogram h) {
    double mean = h.sum() / h.count();
    KahanSum variance = new KahanSum();
    for (Bucket bucket : HistogramBuckets.of(h)) {
      double centre;
      if (h.customBounds()) {
        centre = (bucket.upper() + bucket.lower()) / 2;
      } else if (bucket.holdsZero()) {
        centre = 0;
      } else {
        centre = Math.copySign(Math.sqrt(bucket.upper() * bucket.lower()), bucket.upper());
      }
      double delta = centre - mean;
      variance.add(bucket.count() * delta * delta);
    }
    return variance.value() / h.count();
  }
}
