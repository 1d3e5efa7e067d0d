package dev.pharos.store.read;

import dev.pharos.model.NativeHistogram;
import org.jspecify.annotations.Nullable;

/// The samples of one series in ascending time, no time twice. A sample is a double whose raw bits count, or a
/// histogram. The arrays are valid up to `count`; series may share them, so they are not to be written to.
///
/// @param millis Unix time
/// @param values raw doubles; of histogram samples the histogram's sum (so a stale marker is seen here)
/// @param histograms empty if the series has none, else null where the sample is a double
public record Samples(
    int count, long[] millis, double[] values, @Nullable NativeHistogram[] histograms) {
  /// The NaN that says a series has ended.
  public static final long STALE_BITS = 0x7ff0000000000002L;

  public static final Samples NONE =
      new Samples(0, new long[0], new double[0], new NativeHistogram[0]);

  public static boolean isStale(double value) {
    return Double.doubleToRawLongBits(value) == STALE_BITS;
  }
}
