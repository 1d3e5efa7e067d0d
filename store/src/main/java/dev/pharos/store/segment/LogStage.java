package dev.pharos.store.segment;

import dev.pharos.model.LogBatch;
import dev.pharos.model.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Collects rows in segment order, writes them block by block and counts them by Resource. One thread.
final class LogStage {
  private final SegmentWriter writer;
  private final long[] min;
  private final long[] max;
  private final long[] records;
  private final long[] bodyBytes;
  private LogBatch block = new LogBatch(LogFormat.BLOCK_ROWS);

  LogStage(SegmentWriter writer, int resources) {
    this.writer = writer;
    this.min = new long[resources];
    this.max = new long[resources];
    this.records = new long[resources];
    this.bodyBytes = new long[resources];
    Arrays.fill(min, Long.MAX_VALUE);
    Arrays.fill(max, Long.MIN_VALUE);
  }

  void add(LogCopy copy, int row) {
    copy.copy(row, block);
    int at = block.rows() - 1;
    int resource = block.resource()[at];
    long time = block.timeNanos()[at];
    min[resource] = Math.min(min[resource], time);
    max[resource] = Math.max(max[resource], time);
    records[resource]++;
    if (ValueType.isSymbol(block.bodyType()[at])) {
      bodyBytes[resource] += block.symbols().length((int) block.body()[at]);
    }
    if (block.rows() == LogFormat.BLOCK_ROWS
        || block.symbols().textBytes() > LogFormat.BLOCK_TEXT_BYTES) {
      flush();
    }
  }

  private void flush() {
    LogBlockEncoder.encode(block, writer);
    block = new LogBatch(LogFormat.BLOCK_ROWS);
  }

  /// Writes what is left and returns the counts by Resource.
  List<StreamCounts> finish() {
    if (block.rows() > 0) {
      flush();
    }
    var counts = new ArrayList<StreamCounts>();
    for (int i = 0; i < records.length; i++) {
      counts.add(new StreamCounts(min[i], max[i], records[i], bodyBytes[i]));
    }
    return counts;
  }
}
