package dev.pharos.query.logql;

import dev.pharos.query.BlocksAhead;
import dev.pharos.query.QueryContext;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.LogBlock;
import dev.pharos.store.read.Scan;
import java.util.Arrays;
import java.util.BitSet;

/// Finds the rows of blocks that a plan's time range, streams and filters let through. One thread.
final class RowSelector implements BlocksAhead.Work<LogBlock, SelectedRows> {
  private final QueryContext context;
  private final LogPlan plan;
  private final Scan scan;
  private final boolean ordered;
  private final Step[] filters;
  private final Line line = new Line();

  /// @param ordered whether the rows are put in the scan's time order
  RowSelector(QueryContext context, LogPlan plan, Scan scan, boolean ordered) {
    this.context = context;
    this.plan = plan;
    this.scan = scan;
    this.ordered = ordered;
    this.filters = plan.filters();
  }

  @Override
  public SelectedRows of(LogBlock columns, int number) {
    var block = new LogRows(columns);
    int[] rows = new int[block.rows()];
    int count = ofStreams(block, rows, within(block, rows));
    BitSet read = new BitSet();
    long before = line.loadedBytes();
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if ((i & 0xfff) == 0xfff) {
        context.check();
      }
      line.reset(block, rows[i]);
      if (LogPlan.passes(filters, line)) {
        read.set(rows[i], line.isLoaded());
        rows[kept++] = rows[i];
      }
    }
    if (ordered && kept > 0) {
      boolean falling = scan.order() == Scan.Order.NEWEST_FIRST;
      RowOrder.sort(rows, kept, block.field(Field.TIME).values(), falling);
    }
    long bytes = line.loadedBytes() - before;
    return new SelectedRows(block, number, rows, kept, read, block.rows(), bytes);
  }

  private int within(LogRows block, int[] rows) {
    Column time = block.field(Field.TIME);
    int count = 0;
    for (int row = 0; row < rows.length; row++) {
      long nanos = time.value(row);
      rows[count] = row;
      count += nanos >= scan.fromNanos() && nanos < scan.toNanos() ? 1 : 0;
    }
    return count;
  }

  private int ofStreams(LogRows block, int[] rows, int count) {
    if (count == 0) {
      return 0;
    }
    Column resource = block.field(Field.RESOURCE);
    byte[] verdicts = new byte[16];
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int id = (int) resource.value(rows[i]);
      if (id >= verdicts.length) {
        verdicts = Arrays.copyOf(verdicts, Math.max(id + 1, verdicts.length * 2));
      }
      if (verdicts[id] == 0) {
        verdicts[id] = (byte) (plan.selects(block.labels(id).stream()) ? 1 : 2);
      }
      rows[kept] = rows[i];
      kept += verdicts[id] == 1 ? 1 : 0;
    }
    return kept;
  }
}
