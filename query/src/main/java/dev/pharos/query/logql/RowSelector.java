package dev.pharos.query.logql;

import dev.pharos.query.BlocksAhead;
import dev.pharos.query.QueryContext;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.LogBlock;
import dev.pharos.store.read.Scan;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

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
  public Optional<SelectedRows> of(LogBlock columns, int number, BlocksAhead.Tally tally) {
    var block = new LogRows(columns);
    int[] rows = new int[block.rows()];
    int count = within(block, rows);
    if (plan.field().isPresent()) {
      count = withField(block, plan.field().get(), rows, ofStreams(block, rows, count));
    } else {
      count = ofStreams(block, rows, withNeedle(block, rows, count, tally));
    }
    BitSet read = new BitSet();
    BitSet failed = new BitSet();
    long before = line.loadedBytes();
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if ((i & 0xfff) == 0xfff) {
        context.check();
      }
      line.reset(block, rows[i]);
      if (LogPlan.passes(filters, line)) {
        read.set(rows[i], line.isLoaded());
        failed.set(rows[i], line.failed());
        rows[kept++] = rows[i];
      }
    }
    tally.add(block.rows(), line.loadedBytes() - before);
    if (kept == 0) {
      return Optional.empty();
    }
    if (ordered) {
      boolean falling = scan.order() == Scan.Order.NEWEST_FIRST;
      RowOrder.sort(rows, kept, block.field(Field.TIME).values(), falling);
    }
    return Optional.of(new SelectedRows(block, number, rows, kept, read, failed));
  }

  /// Leaves rows out by the text that all wanted lines contain, if there is one.
  private int withNeedle(LogRows block, int[] rows, int count, BlocksAhead.Tally tally) {
    if (count == 0 || plan.needle().length == 0) {
      return count;
    }
    Column body = block.field(Field.BODY);
    int kept = BodySearch.keep(body, plan.needle(), rows, count);
    // What is left is read again, and counted then.
    tally.add(0, kept == 0 ? body.symbols().textBytes() : 0);
    return kept;
  }

  /// Leaves rows out by the value that a field of all wanted lines has.
  private static int withField(LogRows block, FieldNeedle field, int[] rows, int count) {
    return count == 0 || block.mayHave(field.label(), rows, count)
        ? count
        : block.withValue(field.needle(), rows, count);
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
