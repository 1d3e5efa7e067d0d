package dev.pharos.store.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Counts the records of a segment that is being written by Resource. One thread.
final class StreamTally {
  private final long[] min;
  private final long[] max;
  private final long[] records;
  private final long[] bodyBytes;

  StreamTally(int resources) {
    this.min = new long[resources];
    this.max = new long[resources];
    this.records = new long[resources];
    this.bodyBytes = new long[resources];
    Arrays.fill(min, Long.MAX_VALUE);
    Arrays.fill(max, Long.MIN_VALUE);
  }

  void add(int resource, long time, long bytes) {
    min[resource] = Math.min(min[resource], time);
    max[resource] = Math.max(max[resource], time);
    records[resource]++;
    bodyBytes[resource] += bytes;
  }

  /// Adds what another segment says of a Resource.
  void add(int resource, StreamCounts counts) {
    min[resource] = Math.min(min[resource], counts.minNanos());
    max[resource] = Math.max(max[resource], counts.maxNanos());
    records[resource] += counts.records();
    bodyBytes[resource] += counts.bodyBytes();
  }

  List<StreamCounts> counts() {
    var counts = new ArrayList<StreamCounts>();
    for (int i = 0; i < records.length; i++) {
      counts.add(new StreamCounts(min[i], max[i], records[i], bodyBytes[i]));
    }
    return counts;
  }
}
