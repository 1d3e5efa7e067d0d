package dev.pharos.store.summary;

import dev.pharos.store.read.DurationBuckets;
import dev.pharos.store.read.Durations;
import dev.pharos.store.read.Requests;
import dev.pharos.store.read.SummaryRange;
import java.util.Arrays;

/// Adds up the calls of one line of a chart, which come in the order of columns. One thread.
final class RequestCounts {
  private final SummaryRange range;
  private final long[] calls;
  private final long[] errors;
  private final Durations[] durations;

  /// Of the last column, by bucket.
  private final long[] buckets = new long[DurationBuckets.COUNT];

  private int last;

  RequestCounts(SummaryRange range) {
    this.range = range;
    calls = new long[range.columns()];
    errors = new long[range.columns()];
    durations = new Durations[range.columns()];
    Arrays.fill(durations, Durations.NONE);
  }

  void add(long step, int bucket, long count, boolean error) {
    int column = range.column(step * Steps.NANOS);
    if (column != last) {
      if (column < last) {
        throw new IllegalStateException("column " + column + " (expected: at least " + last + ")");
      }
      endColumn();
      last = column;
    }
    calls[column] += count;
    errors[column] += error ? count : 0;
    buckets[bucket] += count;
  }

  private void endColumn() {
    if (calls[last] > 0) {
      durations[last] = trimmed();
      Arrays.fill(buckets, 0);
    }
  }

  Requests requests() {
    endColumn();
    return new Requests(calls, errors, durations);
  }

  private Durations trimmed() {
    int from = 0;
    while (buckets[from] == 0) {
      from++;
    }
    int to = buckets.length;
    while (buckets[to - 1] == 0) {
      to--;
    }
    return new Durations(from, Arrays.copyOfRange(buckets, from, to));
  }
}
