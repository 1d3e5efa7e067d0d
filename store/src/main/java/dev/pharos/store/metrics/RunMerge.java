package dev.pharos.store.metrics;

import dev.pharos.model.NativeHistogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One merge of the runs of a series. Runs that follow one another are copied, others merged sample by sample. One
/// thread.
final class RunMerge {
  private final List<SampleRun> runs;
  private final boolean origins;
  private final long[] millis;
  private final double[] values;
  private final @Nullable NativeHistogram[] histograms;
  private final long[] originOf;
  private int count;

  /// @param keepOrigins whether anyone will ask for the origins of what comes out
  RunMerge(List<SampleRun> all, boolean keepOrigins) {
    runs = new ArrayList<>(all);
    runs.removeIf(run -> run.count() == 0);
    runs.sort(Comparator.comparingLong(SampleRun::firstMillis));
    int total = 0;
    boolean anyHistograms = false;
    boolean manyOrigins = false;
    for (SampleRun run : runs) {
      total += run.count();
      anyHistograms |= run.histograms().length > 0;
      manyOrigins |= run.origins().length > 0 || run.origin() != runs.get(0).origin();
    }
    origins = manyOrigins && keepOrigins;
    millis = new long[total];
    values = new double[total];
    histograms = anyHistograms ? new NativeHistogram[total] : SampleRun.NO_HISTOGRAMS;
    originOf = origins ? new long[total] : SampleRun.ONE_ORIGIN;
  }

  SampleRun merge() {
    int at = 0;
    while (at < runs.size()) {
      int end = at + 1;
      long last = runs.get(at).lastMillis();
      while (end < runs.size() && runs.get(end).firstMillis() <= last) {
        last = Math.max(last, runs.get(end).lastMillis());
        end++;
      }
      if (end == at + 1) {
        copy(runs.get(at));
      } else {
        interleave(runs.subList(at, end));
      }
      at = end;
    }
    if (count == 0) {
      return SampleRun.NONE;
    }
    return new SampleRun(
        count,
        fit(millis),
        fit(values),
        histograms.length == 0 ? histograms : Arrays.copyOf(histograms, count),
        origins ? fit(originOf) : originOf,
        runs.get(0).origin());
  }

  private long[] fit(long[] array) {
    return array.length == count ? array : Arrays.copyOf(array, count);
  }

  private double[] fit(double[] array) {
    return array.length == count ? array : Arrays.copyOf(array, count);
  }

  private void copy(SampleRun run) {
    System.arraycopy(run.millis(), 0, millis, count, run.count());
    System.arraycopy(run.values(), 0, values, count, run.count());
    if (run.histograms().length > 0) {
      System.arraycopy(run.histograms(), 0, histograms, count, run.count());
    }
    if (origins) {
      for (int i = 0; i < run.count(); i++) {
        originOf[count + i] = run.originOf(i);
      }
    }
    count += run.count();
  }

  private void interleave(List<SampleRun> overlapping) {
    var next = new int[overlapping.size()];
    while (true) {
      int best = -1;
      for (int i = 0; i < next.length; i++) {
        if (next[i] < overlapping.get(i).count()
            && (best < 0 || isBefore(overlapping, next, i, best))) {
          best = i;
        }
      }
      if (best < 0) {
        return;
      }
      SampleRun run = overlapping.get(best);
      int i = next[best];
      take(run, i);
      long taken = run.millis()[i];
      for (int k = 0; k < next.length; k++) {
        SampleRun other = overlapping.get(k);
        while (next[k] < other.count() && other.millis()[next[k]] == taken) {
          next[k]++;
        }
      }
    }
  }

  private static boolean isBefore(List<SampleRun> overlapping, int[] next, int a, int b) {
    SampleRun left = overlapping.get(a);
    SampleRun right = overlapping.get(b);
    long leftMillis = left.millis()[next[a]];
    long rightMillis = right.millis()[next[b]];
    return leftMillis < rightMillis
        || leftMillis == rightMillis && left.originOf(next[a]) < right.originOf(next[b]);
  }

  private void take(SampleRun run, int i) {
    millis[count] = run.millis()[i];
    values[count] = run.values()[i];
    if (run.histograms().length > 0) {
      histograms[count] = run.histograms()[i];
    }
    if (origins) {
      originOf[count] = run.originOf(i);
    }
    count++;
  }
}
