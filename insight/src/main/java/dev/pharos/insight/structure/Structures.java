package dev.pharos.insight.structure;

import dev.pharos.query.QueryContext;
import dev.pharos.query.ScanPool;
import dev.pharos.query.traceql.SpanFilter;
import dev.pharos.query.traceql.SpanSweep;
import dev.pharos.store.read.TraceReader;

/// Puts the traces of some spans together by the paths of their operations. Any thread.
///
/// One pass finds the traces of the spans of a filter, another reads all spans of these. Where traces or spans are too
/// many, one trace in 2, 4, … is taken, by id, and the answer says so.
public final class Structures {
  static final int MOST_TRACES = 50_000;
  static final int MOST_SPANS = 300_000;
  static final int MOST_NODES = 20_000;

  /// Of the budget, for a span: columns of two threads or more that grow by doubling, and the one they are joined in.
  private static final int SPAN_BYTES = 400;

  /// Spans of the traces that start so much before or after the range are there too.
  private static final long MARGIN_NANOS = 60_000_000_000L;

  private final TraceReader reader;
  private final ScanPool pool;
  private final int mostTraces;
  private final int mostSpans;

  /// @param pool where blocks are read
  public Structures(TraceReader reader, ScanPool pool) {
    this(reader, pool, MOST_TRACES, MOST_SPANS);
  }

  Structures(TraceReader reader, ScanPool pool, int mostTraces, int mostSpans) {
    this.reader = reader;
    this.pool = pool;
    this.mostTraces = mostTraces;
    this.mostSpans = mostSpans;
  }

  /// @param toNanos of starts, exclusive
  /// @param limit of nodes, at least one
  public Structure of(
      SpanFilter filter, long fromNanos, long toNanos, int limit, QueryContext context) {
    SpanSweep.Swept<TraceSet> found;
    try (var sweep = SpanSweep.open(reader, pool, context, filter, fromNanos, toNanos)) {
      found = sweep.run(() -> new TraceSet(mostTraces, context));
    }
    var traces = new TraceSet(mostTraces, context);
    found.works().forEach(traces::addAll);
    var sample = new Sample(traces, Math.min(mostSpans, context.budgetBytes() / SPAN_BYTES));
    var operations = new Operations();
    SpanSweep.Swept<TraceSpans> spans;
    try (var sweep =
        SpanSweep.open(
            reader,
            pool,
            context,
            SpanFilter.ALL,
            fromNanos - MARGIN_NANOS,
            toNanos + MARGIN_NANOS)) {
      spans = sweep.run(() -> new TraceSpans(sample, operations, context));
    }
    var paths = new Paths(sample, operations, MOST_NODES);
    TraceSpans.show(spans.works(), sample, paths, context);
    return paths.told(limit, found.cost().plus(spans.cost()));
  }
}
