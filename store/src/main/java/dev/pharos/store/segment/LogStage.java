package dev.pharos.store.segment;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.LogBatch;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.store.segment.encoding.TextEncoder;
import java.util.Arrays;

/// Collects rows in segment order and writes them block by block. One thread.
final class LogStage {
  /// Texts of a block beside its bodies, at a guess.
  private static final int OTHER_TEXT_BYTES = 1 << 16;

  private final SegmentWriter writer;
  private final StreamTally tally;
  private final TextEncoder bodies = new TextEncoder();
  private final LogCopy[] sources = new LogCopy[LogFormat.BLOCK_ROWS];
  private final int[] rows = new int[LogFormat.BLOCK_ROWS];
  private int count;
  private long bodyBytes;

  /// Of attributes' texts, each time they occur.
  private long attributeBytes;

  LogStage(SegmentWriter writer, StreamTally tally) {
    this.writer = writer;
    this.tally = tally;
  }

  /// Adds a row; its source is read until the block is written, and is not to change.
  ///
  /// @param counted whether the row is to be counted by its Resource
  void add(LogCopy copy, int row, boolean counted) {
    LogBatch from = copy.from();
    int bytes =
        ValueType.isSymbol(from.bodyType()[row])
            ? from.symbols().length((int) from.body()[row])
            : 0;
    if (counted) {
      tally.add(copy.resourceRows[from.resource()[row]], LogCopy.time(from, row), bytes);
    }
    sources[count] = copy;
    rows[count++] = row;
    bodyBytes += bytes;
    attributeBytes += attributeBytes(from, row);
    if (count == LogFormat.BLOCK_ROWS || bodyBytes + attributeBytes > LogFormat.BLOCK_TEXT_BYTES) {
      flush();
    }
  }

  private static long attributeBytes(LogBatch from, int row) {
    AttributeRows attributes = from.attributes();
    long bytes = 0;
    for (int i = attributes.from(row), end = attributes.to(row); i < end; i++) {
      if (ValueType.isSymbol(attributes.type(i))) {
        bytes += from.symbols().length((int) attributes.value(i));
      }
    }
    return bytes;
  }

  private void flush() {
    var symbols = new Symbols(Math.toIntExact(bodyBytes) + OTHER_TEXT_BYTES, count * 2);
    var block = new LogBatch(count, count * 4, symbols);
    for (int start = 0, end; start < count; start = end) {
      end = start + 1;
      while (end < count && sources[end] == sources[start]) {
        end++;
      }
      sources[start].copy(rows, start, end, block);
    }
    LogBlockEncoder.encode(block, bodies, writer);
    Arrays.fill(sources, 0, count, null);
    count = 0;
    bodyBytes = 0;
    attributeBytes = 0;
  }

  /// Writes what is left.
  void finish() {
    if (count > 0) {
      flush();
    }
  }
}
