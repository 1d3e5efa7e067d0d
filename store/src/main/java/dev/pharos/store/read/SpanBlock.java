package dev.pharos.store.read;

import dev.pharos.model.SpanBatch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A block of spans with their events and links. The rows of one trace fragment may be anywhere in it.
public interface SpanBlock extends Block {
  /// The events of the block's spans, with column `PARENT_ROW`.
  Block events();

  /// The links of the block's spans, with column `PARENT_ROW`.
  Block links();

  /// By row, the end less the start.
  default long[] durations() {
    long[] starts = column(Field.TIME).values();
    long[] durations = column(Field.END).values().clone();
    for (int row = 0; row < durations.length; row++) {
      durations[row] -= starts[row];
    }
    return durations;
  }

  /// The values of an attribute of spans, those of each type together: what [#attribute] has by row.
  default List<AttributeRun> attributeRuns(String key) {
    return AttributeRun.of(attribute(AttributeScope.ITEM, key));
  }

  /// The rows of a trace, ascending.
  default int[] rowsOf(long traceHi, long traceLo) {
    Column hi = column(Field.TRACE_HI);
    Column lo = column(Field.TRACE_LO);
    var rows = new int[16];
    int count = 0;
    for (int row = 0; row < rows(); row++) {
      if (lo.value(row) == traceLo && hi.value(row) == traceHi) {
        rows = count < rows.length ? rows : Arrays.copyOf(rows, count * 2);
        rows[count++] = row;
      }
    }
    return Arrays.copyOf(rows, count);
  }

  /// These rows alone, which ascend, as a block whose columns are decoded only there; empty if that would save nothing.
  default Optional<SpanBlock> only(int[] rows) {
    return Optional.empty();
  }

  /// Whole spans of these rows, in this order.
  SpanBatch materialize(int[] rows, int count);
}
