package dev.pharos.query.logql;

import dev.pharos.model.Labels;
import dev.pharos.store.read.Field;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// The rows of a block by stream, those of each in the order of their times. One thread.
final class StreamRows {
  private final LogRows rows;
  private final Map<Labels, int[]> byStream = new LinkedHashMap<>();

  StreamRows(LogRows rows) {
    this.rows = rows;
    long[] resources = rows.field(Field.RESOURCE).values();
    long[] times = rows.field(Field.TIME).values();
    var numbers = new int[16];
    var counts = new int[16];
    Map<Labels, Integer> streams = new LinkedHashMap<>();
    var streamOf = new int[rows.rows()];
    for (int row = 0; row < streamOf.length; row++) {
      int resource = (int) resources[row];
      if (resource >= numbers.length) {
        numbers = Arrays.copyOf(numbers, Math.max(resource + 1, numbers.length * 2));
      }
      if (numbers[resource] == 0) {
        numbers[resource] =
            streams.computeIfAbsent(rows.labels(resource).stream(), s -> streams.size()) + 1;
        counts = counts.length < streams.size() ? Arrays.copyOf(counts, counts.length * 2) : counts;
      }
      streamOf[row] = numbers[resource] - 1;
      counts[streamOf[row]]++;
    }
    var lists = new int[streams.size()][];
    for (int row = 0; row < streamOf.length; row++) {
      int stream = streamOf[row];
      if (lists[stream] == null) {
        lists[stream] = new int[counts[stream]];
        counts[stream] = 0;
      }
      lists[stream][counts[stream]++] = row;
    }
    streams.forEach(
        (labels, stream) -> {
          RowOrder.sort(lists[stream], lists[stream].length, times, false);
          byStream.put(labels, lists[stream]);
        });
  }

  LogRows rows() {
    return rows;
  }

  Map<Labels, int[]> byStream() {
    return byStream;
  }

  /// The rows of a stream from one time to another, both inclusive.
  int[] between(Labels stream, long minNanos, long maxNanos) {
    int[] all = byStream.getOrDefault(stream, new int[0]);
    int from = 0;
    while (from < all.length && rows.timeNanos(all[from]) < minNanos) {
      from++;
    }
    int to = from;
    while (to < all.length && rows.timeNanos(all[to]) <= maxNanos) {
      to++;
    }
    return Arrays.copyOfRange(all, from, to);
  }
}
