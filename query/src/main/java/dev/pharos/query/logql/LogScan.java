package dev.pharos.query.logql;

import dev.pharos.model.Tenant;
import dev.pharos.query.QueryContext;
import dev.pharos.store.read.BlockRef;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.LogBlock;
import dev.pharos.store.read.LogReader;
import dev.pharos.store.read.Plan;
import dev.pharos.store.read.Scan;
import java.util.Arrays;
import java.util.Optional;

/// Runs the lines of a plan through its stages, block by block: time and stream decide first, on their small columns,
/// and the text is read only where rows are left. One thread.
final class LogScan {
  /// Takes the lines that passed all stages.
  interface Sink {
    /// Whether a block of this time range can still matter.
    boolean wantsBlock(long minNanos, long maxNanos);

    /// Whether lines at this time can still matter; asked in time order if the scan is ordered. False ends the block.
    boolean wantsTime(long nanos);

    void take(LogRows rows, int block, int row, Line line);
  }

  private final LogReader reader;
  private final QueryContext context;
  private final LogPlan plan;
  private final Line line = new Line();
  private long lines;

  LogScan(LogReader reader, QueryContext context, LogPlan plan) {
    this.reader = reader;
    this.context = context;
    this.plan = plan;
  }

  /// Lines from `fromNanos` (inclusive) to `toNanos` (exclusive).
  ///
  /// @param ordered whether the rows of a block come in the scan's time order
  void run(long fromNanos, long toNanos, Scan.Order order, boolean ordered, Sink sink) {
    var scan = new Scan(new Tenant(context.tenant()), fromNanos, toNanos, order, plan.conditions());
    Step[] steps = plan.steps();
    try (Plan<LogBlock> blocks = reader.plan(scan)) {
      int number = 0;
      for (BlockRef<LogBlock> ref : blocks.blocks()) {
        context.check();
        int block = number++;
        boolean outside = ref.maxNanos() < fromNanos || ref.minNanos() >= toNanos;
        if (outside || !sink.wantsBlock(ref.minNanos(), ref.maxNanos())) {
          continue;
        }
        Optional<LogBlock> open = ref.open();
        if (open.isPresent()) {
          rows(new LogRows(open.get()), block, scan, ordered, steps, sink);
        }
      }
    }
  }

  private void rows(LogRows rows, int block, Scan scan, boolean ordered, Step[] steps, Sink sink) {
    int[] selected = new int[rows.rows()];
    int count = select(rows, scan, selected);
    lines += rows.rows();
    if (count == 0) {
      return;
    }
    long[] times = rows.field(Field.TIME).values();
    if (ordered) {
      RowOrder.sort(selected, count, times, scan.order() == Scan.Order.NEWEST_FIRST);
    }
    for (int i = 0; i < count; i++) {
      int row = selected[i];
      if ((i & 0xfff) == 0xfff) {
        context.check();
      }
      if (!sink.wantsTime(times[row])) {
        if (ordered) {
          return;
        }
        continue;
      }
      line.reset(rows, row);
      if (passes(steps)) {
        sink.take(rows, block, row, line);
      }
    }
  }

  private boolean passes(Step[] steps) {
    for (Step step : steps) {
      if (!step.apply(line)) {
        return false;
      }
    }
    return true;
  }

  private int select(LogRows rows, Scan scan, int[] selected) {
    Column time = rows.field(Field.TIME);
    int count = 0;
    for (int row = 0; row < rows.rows(); row++) {
      long nanos = time.value(row);
      selected[count] = row;
      count += nanos >= scan.fromNanos() && nanos < scan.toNanos() ? 1 : 0;
    }
    if (count == 0) {
      return 0;
    }
    Column resource = rows.field(Field.RESOURCE);
    byte[] verdicts = new byte[16];
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int id = (int) resource.value(selected[i]);
      if (id >= verdicts.length) {
        verdicts = Arrays.copyOf(verdicts, Math.max(id + 1, verdicts.length * 2));
      }
      if (verdicts[id] == 0) {
        verdicts[id] = (byte) (plan.selects(rows.labels(id).stream()) ? 1 : 2);
      }
      selected[kept] = selected[i];
      kept += verdicts[id] == 1 ? 1 : 0;
    }
    return kept;
  }

  LogqlResult.Stats stats() {
    return new LogqlResult.Stats(lines, line.loadedBytes());
  }
}
