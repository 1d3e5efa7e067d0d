package dev.pharos.store.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.LogBatch;
import dev.pharos.store.read.AttributeScope;
import dev.pharos.store.read.BlockRef;
import dev.pharos.store.read.Condition;
import dev.pharos.store.read.LogBlock;
import dev.pharos.store.read.Scan;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The pivot from a trace to its log lines.
class LogTraceIndexTest {
  private static final int BLOCKS = 12;

  private final LogFormat format = new LogFormat();
  private final MemoryStorage storage = new MemoryStorage();
  private final LogBatch lines =
      new MeterLines(7, RandomBatches.BASE, 1000).next(BLOCKS * LogFormat.BLOCK_ROWS);

  private int opened(LogBatch written, Condition condition) {
    OpenSegment<LogBlock> segment =
        format.open(storage, format.write(List.of(written), storage, "s"));
    Scan all = SpanFormatTest.ALL;
    int opened = 0;
    for (BlockRef<LogBlock> ref :
        segment.blocks(
            new Scan(
                all.tenant(), all.fromNanos(), all.toNanos(), all.order(), List.of(condition)))) {
      opened += ref.open().isPresent() ? 1 : 0;
    }
    return opened;
  }

  private int rowWithTrace() {
    int row = lines.rows() / 2;
    while ((lines.traceHi()[row] | lines.traceLo()[row]) == 0) {
      row++;
    }
    return row;
  }

  @Test
  void opensOnlyBlocksThatMayHaveTheTrace() {
    int row = rowWithTrace();
    var trace = new Condition.OfTrace(lines.traceHi()[row], lines.traceLo()[row]);
    assertThat(opened(lines, trace)).isBetween(1, 3);
    assertThat(opened(lines, new Condition.OfTrace(1, 2))).isBetween(0, 2);
  }

  @Test
  void opensOnlyThemWhereAnAttributeCouldNameTheTraceToo() {
    int row = rowWithTrace();
    var trace = new Condition.OfTrace(lines.traceHi()[row], lines.traceLo()[row]);
    var attribute = new Condition.AttributeExists(EnumSet.allOf(AttributeScope.class), "trace_id");
    assertThat(opened(lines, new Condition.AnyOf(List.of(trace, attribute)))).isBetween(1, 3);
  }

  @Test
  void opensNoneWhereNoLineHasATrace() {
    LogBatch untraced = new MeterLines(8, RandomBatches.BASE, 1000).next(LogFormat.BLOCK_ROWS);
    java.util.Arrays.fill(untraced.traceHi(), 0);
    java.util.Arrays.fill(untraced.traceLo(), 0);
    assertThat(opened(untraced, new Condition.OfTrace(3, 4))).isZero();
  }
}
