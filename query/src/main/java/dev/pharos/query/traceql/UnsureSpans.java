package dev.pharos.query.traceql;

import dev.pharos.model.SpanBatch;
import dev.pharos.model.Tenant;
import dev.pharos.query.QueryContext;
import dev.pharos.query.traceql.syntax.TraceqlQuery.Stage;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.SpanBlock;
import dev.pharos.store.read.TraceReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Tries a filter on spans of which their columns alone cannot tell: on the spans whole, or on their assembled traces
/// where the filter asks for what only these have. One thread.
final class UnsureSpans {
  private final TraceReader reader;
  private final QueryContext context;
  private final SpanFilter filter;
  private final Stage.Filter stage;

  UnsureSpans(TraceReader reader, QueryContext context, SpanFilter filter) {
    this.reader = reader;
    this.context = context;
    this.filter = filter;
    this.stage = new Stage.Filter(filter.condition());
  }

  /// Takes back the unsure rows that the filter does not take.
  void drop(SpanBlock block, byte[] verdicts, boolean[] taken) {
    var rows = new int[taken.length];
    int count = 0;
    for (int row = 0; row < taken.length; row++) {
      if (taken[row] && verdicts[row] == BlockFilter.PERHAPS) {
        rows[count++] = row;
      }
    }
    boolean[] matching =
        filter.needsTrace() ? ofTraces(block, rows, count) : whole(block, rows, count);
    for (int i = 0; i < count; i++) {
      taken[rows[i]] = matching[i];
    }
  }

  private boolean[] whole(SpanBlock block, int[] rows, int count) {
    var matching = new boolean[count];
    SpanBatch spans = block.materialize(rows, count);
    long bytes = spans.sizeBytes();
    context.reserve(bytes);
    try {
      var evaluator = new SpanEvaluator(new Trace(spans));
      for (int i = 0; i < count; i++) {
        matching[i] = evaluator.matches(stage, i);
      }
    } finally {
      context.release(bytes);
    }
    return matching;
  }

  /// What tells spans of one trace apart, since ids alone may not.
  private record SpanKey(long id, long startNanos, long endNanos) {}

  private boolean[] ofTraces(SpanBlock block, int[] rows, int count) {
    var matching = new boolean[count];
    long[] hi = block.column(Field.TRACE_HI).values();
    long[] lo = block.column(Field.TRACE_LO).values();
    long[] ids = block.column(Field.SPAN_ID).values();
    long[] starts = block.column(Field.TIME).values();
    long[] ends = block.column(Field.END).values();
    Map<List<Long>, Set<SpanKey>> known = new HashMap<>();
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      Set<SpanKey> found =
          known.computeIfAbsent(List.of(hi[row], lo[row]), id -> matching(id.get(0), id.get(1)));
      matching[i] = found.contains(new SpanKey(ids[row], starts[row], ends[row]));
    }
    return matching;
  }

  private Set<SpanKey> matching(long traceHi, long traceLo) {
    context.check();
    var found = new HashSet<SpanKey>();
    SpanBatch spans =
        reader.trace(new Tenant(context.tenant()), traceHi, traceLo, 0, Long.MAX_VALUE);
    if (spans.rows() == 0) {
      return found;
    }
    long bytes = spans.sizeBytes();
    context.reserve(bytes);
    try {
      var evaluator = new SpanEvaluator(new Trace(spans));
      for (int row = 0; row < spans.rows(); row++) {
        if (evaluator.matches(stage, row)) {
          found.add(
              new SpanKey(spans.spanId()[row], spans.startNanos()[row], spans.endNanos()[row]));
        }
      }
    } finally {
      context.release(bytes);
    }
    return found;
  }
}
