package dev.pharos.store.summary;

import dev.pharos.store.read.DurationBuckets;
import dev.pharos.store.read.Durations;
import dev.pharos.store.read.Requests;
import dev.pharos.store.read.SummaryRange;
import java.util.Arrays;

/// Adds up the calls of one line of a chart. One thread.
final class RequestCounts {
  private static final long[] NONE = {};

  private final SummaryRange range;
  private final long[] calls;
  private final long[] errors;

  /// Of each column, by bucket; empty where there was no call.
  private final long[][] buckets;

  RequestCounts(SummaryRange range) {
    this.range = range;
    calls = new long[range.columns()];
    errors = new long[range.columns()];
    buckets = new long[range.columns()][];
    Arrays.fill(buckets, NONE);
  }

  void add(long step, int bucket, long count, boolean error) {
    int column = range.column(step * Steps.NANOS);
    calls[column] += count;
    errors[column] += error ? count : 0;
    long[] counts = buckets[column];
    if (counts.length == 0) {
      counts = new long[DurationBuckets.COUNT];
      buckets[column] = counts;
    }
    counts[bucket] += count;
  }

  Requests requests() {
    var durations = new Durations[calls.length];
    for (int i = 0; i < durations.length; i++) {
      long[] counts = buckets[i];
      durations[i] = counts.length == 0 ? Durations.NONE : trimmed(counts);
    }
    return new Requests(calls, errors, durations);
  }

  private static Durations trimmed(long[] counts) {
    int from = 0;
    while (counts[from] == 0) {
      from++;
    }
    int to = counts.length;
    while (counts[to - 1] == 0) {
      to--;
    }
    return new Durations(from, Arrays.copyOfRange(counts, from, to));
  }
}
