package dev.pharos.store.metrics;

import dev.pharos.model.NativeHistogram;
import dev.pharos.store.read.Samples;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Samples of one series in ascending time, no time twice, with the origin of each: the lower of two origins was logged
/// first. Never written after it is made.
///
/// @param values of histogram samples the histogram's sum
/// @param histograms empty if there are none, else null where the sample is a double
/// @param origins empty if all are `origin`
record SampleRun(
    int count,
    long[] millis,
    double[] values,
    @Nullable NativeHistogram[] histograms,
    long[] origins,
    long origin) {
  static final NativeHistogram[] NO_HISTOGRAMS = {};
  static final long[] ONE_ORIGIN = {};

  /// The origin of samples that are in no segment yet, and the least that stands for such.
  static final long HEAD = Long.MAX_VALUE;

  static final long FIRST_HEAD = Long.MAX_VALUE - Integer.MAX_VALUE;

  static final SampleRun NONE =
      new SampleRun(0, new long[0], new double[0], NO_HISTOGRAMS, ONE_ORIGIN, HEAD);

  long firstMillis() {
    return millis[0];
  }

  long lastMillis() {
    return millis[count - 1];
  }

  long originOf(int i) {
    return origins.length == 0 ? origin : origins[i];
  }

  /// The index of the first sample at this time or later.
  int find(long atMillis) {
    int at = Arrays.binarySearch(millis, 0, count, atMillis);
    return at >= 0 ? at : -at - 1;
  }

  /// The samples of a range, both ends inclusive.
  SampleRun between(long fromMillis, long toMillis) {
    int from = find(fromMillis);
    int to = toMillis == Long.MAX_VALUE ? count : find(toMillis + 1);
    if (from == 0 && to == count) {
      return this;
    }
    if (from >= to) {
      return NONE;
    }
    return new SampleRun(
        to - from,
        Arrays.copyOfRange(millis, from, to),
        Arrays.copyOfRange(values, from, to),
        histograms.length == 0 ? histograms : Arrays.copyOfRange(histograms, from, to),
        origins.length == 0 ? origins : Arrays.copyOfRange(origins, from, to),
        origin);
  }

  /// All samples of all runs; of several at one time the one of the lowest origin, of equal ones the first in the list.
  static SampleRun merge(List<SampleRun> runs) {
    return merge(runs, true);
  }

  /// The same for readers, without the origins.
  static Samples samples(List<SampleRun> runs) {
    SampleRun all = merge(runs, false);
    return new Samples(all.count, all.millis, all.values, all.histograms);
  }

  private static SampleRun merge(List<SampleRun> runs, boolean keepOrigins) {
    return switch (runs.size()) {
      case 0 -> NONE;
      case 1 -> runs.get(0);
      default -> new RunMerge(runs, keepOrigins).merge();
    };
  }
}
