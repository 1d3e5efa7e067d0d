package dev.pharos.insight.structure;

import dev.pharos.query.QueryContext;
import dev.pharos.query.traceql.SpanSweep;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.SpanBlock;
import java.util.Arrays;
import java.util.List;

/// The spans of a set of traces that one thread sees. One thread.
final class TraceSpans implements SpanSweep.Work {
  private static final int ERROR = 2;

  /// Of a span, in all columns, while they grow too.
  private static final int SPAN_BYTES = 100;

  private final TraceSet traces;
  private final Operations operations;
  private final QueryContext context;
  private int size;

  /// By span, the number of its trace in the set.
  private int[] trace = new int[64];

  private int[] operation = new int[64];
  private boolean[] failed = new boolean[64];
  private long[] id = new long[64];
  private long[] parent = new long[64];
  private long[] start = new long[64];
  private long[] end = new long[64];

  TraceSpans(TraceSet traces, Operations operations, QueryContext context) {
    this.traces = traces;
    this.operations = operations;
    this.context = context;
  }

  @Override
  public void take(int blockNumber, SpanBlock block, boolean[] taken, int count) {
    long[] hi = block.column(Field.TRACE_HI).values();
    long[] lo = block.column(Field.TRACE_LO).values();
    Operations.OfBlock own = operations.of(block);
    for (int row = 0; row < taken.length; row++) {
      int number = taken[row] ? traces.number(hi[row], lo[row]) : -1;
      if (number >= 0) {
        room();
        trace[size] = number;
        operation[size] = own.number(row);
        failed[size] = block.column(Field.STATUS_CODE).value(row) == ERROR;
        id[size] = block.column(Field.SPAN_ID).value(row);
        parent[size] = block.column(Field.PARENT_SPAN_ID).value(row);
        start[size] = block.column(Field.TIME).value(row);
        end[size++] = block.column(Field.END).value(row);
      }
    }
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
      trace[size] = other.trace[from];
      operation[size] = other.operation[from];
      failed[size] = other.failed[from];
      id[size] = other.id[from];
      parent[size] = other.parent[from];
      start[size] = other.start[from];
      end[size++] = other.end[from];
    }
  }

  /// Shows each trace that has spans to `paths`, in the order of the set.
  static void show(List<TraceSpans> parts, TraceSet traces, Paths paths, QueryContext context) {
    if (parts.isEmpty()) {
      return;
    }
    TraceSpans all = parts.getFirst();
    parts.stream().skip(1).forEach(all::addAll);
    var begins = new int[traces.capacity() + 1];
    for (int span = 0; span < all.size; span++) {
      begins[all.trace[span] + 1]++;
    }
    for (int number = 0; number < traces.capacity(); number++) {
      begins[number + 1] += begins[number];
    }
    int[] next = begins.clone();
    var spans = new int[all.size];
    for (int span = 0; span < all.size; span++) {
      spans[next[all.trace[span]]++] = span;
    }
    for (int number = 0; number < traces.capacity(); number++) {
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
