package dev.pharos.insight.structure;

import dev.pharos.query.QueryContext;
import dev.pharos.query.traceql.SpanSweep;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.SpanBlock;
import java.util.Arrays;
import java.util.List;

/// The spans of a sample of traces that one thread sees. One thread.
final class TraceSpans implements SpanSweep.Work {
  private static final int ERROR = 2;

  /// Of a span, in all columns, while they grow too.
  private static final int SPAN_BYTES = 100;

  private final Sample sample;
  private final Operations operations;
  private final QueryContext context;
  private int size;

  /// That of the sample when spans were last dropped.
  private int level;

  /// By span, the number of its trace in the sample.
  private int[] trace = new int[64];

  private int[] operation = new int[64];
  private boolean[] failed = new boolean[64];
  private long[] id = new long[64];
  private long[] parent = new long[64];
  private long[] start = new long[64];
  private long[] end = new long[64];

  TraceSpans(Sample sample, Operations operations, QueryContext context) {
    this.sample = sample;
    this.operations = operations;
    this.context = context;
  }

  @Override
  public void take(int blockNumber, SpanBlock block, boolean[] taken, int count) {
    long[] hi = block.column(Field.TRACE_HI).values();
    long[] lo = block.column(Field.TRACE_LO).values();
    Operations.OfBlock own = operations.of(block);
    var met = new int[Sample.LEVELS];
    for (int row = 0; row < taken.length; row++) {
      int number = taken[row] ? sample.number(hi[row], lo[row]) : -1;
      if (number >= 0) {
        room();
        trace[size] = number;
        operation[size] = own.number(row);
        failed[size] = block.column(Field.STATUS_CODE).value(row) == ERROR;
        id[size] = block.column(Field.SPAN_ID).value(row);
        parent[size] = block.column(Field.PARENT_SPAN_ID).value(row);
        start[size] = block.column(Field.TIME).value(row);
        end[size++] = block.column(Field.END).value(row);
        met[sample.lastLevel(number)]++;
      }
    }
    sample.count(met);
    drop();
  }

  /// Drops the spans of traces that are not in the sample any more.
  private void drop() {
    int now = sample.level();
    if (now == level) {
      return;
    }
    level = now;
    int kept = 0;
    for (int from = 0; from < size; from++) {
      if (sample.lastLevel(trace[from]) >= now) {
        copy(this, from, kept++);
      }
    }
    size = kept;
  }

  private void copy(TraceSpans other, int from, int to) {
    trace[to] = other.trace[from];
    operation[to] = other.operation[from];
    failed[to] = other.failed[from];
    id[to] = other.id[from];
    parent[to] = other.parent[from];
    start[to] = other.start[from];
    end[to] = other.end[from];
  }

  private void room() {
    if (size < trace.length) {
      return;
    }
    context.reserve((long) size * SPAN_BYTES);
    int length = size * 2;
    trace = Arrays.copyOf(trace, length);
    operation = Arrays.copyOf(operation, length);
    failed = Arrays.copyOf(failed, length);
    id = Arrays.copyOf(id, length);
    parent = Arrays.copyOf(parent, length);
    start = Arrays.copyOf(start, length);
    end = Arrays.copyOf(end, length);
  }

  private void addAll(TraceSpans other) {
    for (int from = 0; from < other.size; from++) {
      room();
      copy(other, from, size++);
    }
  }

  /// Shows each trace that has spans to `paths`, in the order of the sample, which is complete.
  static void show(List<TraceSpans> parts, Sample sample, Paths paths, QueryContext context) {
    if (parts.isEmpty()) {
      return;
    }
    parts.forEach(TraceSpans::drop);
    TraceSpans all = parts.getFirst();
    parts.stream().skip(1).forEach(all::addAll);
    var begins = new int[sample.capacity() + 1];
    for (int span = 0; span < all.size; span++) {
      begins[all.trace[span] + 1]++;
    }
    for (int number = 0; number < sample.capacity(); number++) {
      begins[number + 1] += begins[number];
    }
    int[] next = begins.clone();
    var spans = new int[all.size];
    for (int span = 0; span < all.size; span++) {
      spans[next[all.trace[span]]++] = span;
    }
    for (int number = 0; number < sample.capacity(); number++) {
      if (begins[number + 1] > begins[number]) {
        context.check();
        paths.add(all, number, Arrays.copyOfRange(spans, begins[number], begins[number + 1]));
      }
    }
  }

  int operation(int span) {
    return operation[span];
  }

  boolean failed(int span) {
    return failed[span];
  }

  long id(int span) {
    return id[span];
  }

  long parent(int span) {
    return parent[span];
  }

  long start(int span) {
    return start[span];
  }

  long end(int span) {
    return end[span];
  }
}
