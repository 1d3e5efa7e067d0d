package dev.pharos.store.metrics;

import dev.pharos.model.NativeHistogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Samples of one series as they came. One writer, under the head's write lock; a reader takes a [View] under the read
/// lock and may use it ever after, since what is written once never changes.
final class SampleChunk {
  private static final int FIRST_ROOM = 4;

  /// Objects and array headers of a chunk.
  static final long BASE_BYTES = 176 + 16 * FIRST_ROOM;

  private long[] millis = new long[FIRST_ROOM];
  private double[] values = new double[FIRST_ROOM];
  private @Nullable NativeHistogram[] histograms = SampleRun.NO_HISTOGRAMS;
  private int count;
  private long bytes = BASE_BYTES;
  private boolean sorted = true;
  private final ResourceTimes resources = new ResourceTimes();

  /// What a chunk held at one moment.
  record View(
      long[] millis,
      double[] values,
      @Nullable NativeHistogram[] histograms,
      int count,
      boolean sorted) {
    /// The samples in ascending time; of several at one time the first that came. The arrays may be the chunk's own.
    SampleRun run(long origin) {
      if (sorted) {
        return new SampleRun(count, millis, values, histograms, SampleRun.ONE_ORIGIN, origin);
      }
      long[] order = new long[count];
      Integer[] index = new Integer[count];
      Arrays.setAll(index, i -> i);
      // Stable, so that the first that came stays first.
      Arrays.sort(index, (a, b) -> Long.compare(millis[a], millis[b]));
      var sortedValues = new double[count];
      @Nullable NativeHistogram[] sortedHistograms =
          histograms.length == 0 ? SampleRun.NO_HISTOGRAMS : new NativeHistogram[count];
      int kept = 0;
      for (int from : index) {
        if (kept > 0 && order[kept - 1] == millis[from]) {
          continue;
        }
        order[kept] = millis[from];
        sortedValues[kept] = values[from];
        if (sortedHistograms.length > 0) {
          sortedHistograms[kept] = histograms[from];
        }
        kept++;
      }
      return new SampleRun(
          kept, order, sortedValues, sortedHistograms, SampleRun.ONE_ORIGIN, origin);
    }
  }

  /// Appends a sample unless the one before has its time.
  ///
  /// @return bytes by which the chunk grew, or -1 if the sample was not taken
  long append(long atMillis, double value, @Nullable NativeHistogram histogram, Resource resource) {
    if (count > 0 && atMillis <= millis[count - 1]) {
      if (atMillis == millis[count - 1]) {
        return -1;
      }
      sorted = false;
    }
    long grown = 0;
    if (count == millis.length) {
      // By half, since what is free in the chunks of all series is most of what a head wastes.
      int room = count + Math.max(FIRST_ROOM, count / 2);
      millis = Arrays.copyOf(millis, room);
      values = Arrays.copyOf(values, room);
      grown = 16L * (room - count);
    }
    millis[count] = atMillis;
    values[count] = value;
    if (histogram != null || histograms.length > 0) {
      if (histograms.length <= count) {
        histograms = Arrays.copyOf(histograms, millis.length);
      }
      histograms[count] = histogram;
      grown += histogram == null ? 0 : bytes(histogram);
    }
    count++;
    bytes += grown;
    resources.add(resource, atMillis);
    return grown;
  }

  private static long bytes(NativeHistogram histogram) {
    return 160
        + 8L
            * (histogram.positive().counts().length
                + histogram.negative().counts().length
                + histogram.positive().offsets().length
                + histogram.negative().offsets().length
                + histogram.bounds().length);
  }

  int count() {
    return count;
  }

  /// Heap bytes held.
  long bytes() {
    return bytes;
  }

  View view() {
    return new View(millis, values, histograms, count, sorted);
  }

  ResourceTimes resources() {
    return resources;
  }

  /// Whether some sample lies in the range, both ends inclusive.
  boolean touches(long fromMillis, long toMillis) {
    if (sorted) {
      int at = Arrays.binarySearch(millis, 0, count, fromMillis);
      int first = at >= 0 ? at : -at - 1;
      return first < count && millis[first] <= toMillis;
    }
    for (int i = 0; i < count; i++) {
      if (millis[i] >= fromMillis && millis[i] <= toMillis) {
        return true;
      }
    }
    return false;
  }
}
