package dev.pharos.query.traceql;

import dev.pharos.model.SpanBatch;
import dev.pharos.model.Tenant;
import dev.pharos.query.QueryContext;
import dev.pharos.query.QueryError;
import dev.pharos.query.QueryException;
import dev.pharos.query.ScanPool;
import dev.pharos.query.traceql.syntax.FieldExpr;
import dev.pharos.query.traceql.syntax.Intrinsic;
import dev.pharos.query.traceql.syntax.Literal;
import dev.pharos.query.traceql.syntax.TraceqlParser;
import dev.pharos.store.read.Condition;
import dev.pharos.store.read.TraceReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/// Answers TraceQL searches over the spans of a store. Any thread; what is wrong with a query, or cannot run yet, is a
/// [QueryException] before any block is read.
///
/// A search has two steps. A scan of columns finds traces that may be in the answer and puts those with the latest
/// matching span first. Then these are assembled whole, one after the other, and the query is evaluated on each,
/// until there are enough. So the answer depends on the spans alone, and not on where they lie.
public final class TraceqlEngine {
  /// Traces that are read at once: reading one costs little more than two, and their memory is charged one by one.
  private static final int MOST_TOGETHER = 10;

  private final TraceReader reader;
  private final ScanPool pool;

  public TraceqlEngine(TraceReader reader) {
    this(reader, ScanPool.NONE);
  }

  /// @param pool where blocks are read and filtered
  public TraceqlEngine(TraceReader reader, ScanPool pool) {
    this.reader = reader;
    this.pool = pool;
  }

  /// All spans of a trace, ordered by start; empty if there is none.
  public SpanBatch trace(long traceHi, long traceLo, QueryContext context) {
    return reader.trace(new Tenant(context.tenant()), traceHi, traceLo, 0, Long.MAX_VALUE);
  }

  public SearchResult search(SearchRequest request, QueryContext context) {
    var plan = new SearchPlan(TraceqlParser.parse(request.query()));
    if (request.limit() < 1 || request.spansPerSet() < 1) {
      throw new QueryException(
          new QueryError.Invalid(
              "limit: "
                  + request.limit()
                  + ", spss: "
                  + request.spansPerSet()
                  + " (expected: at least 1)"));
    }
    var scan = new SpanScan(reader, pool, context, plan);
    CandidateTraces candidates = scan.run(request);
    var found = new ArrayList<SearchResult.TraceMatch>();
    int[] slots = candidates.newestFirst(plan);
    for (int from = 0; from < slots.length && found.size() < request.limit(); ) {
      int to = Math.min(slots.length, from + request.limit() - found.size());
      found.addAll(
          matches(plan, request, candidates, Arrays.copyOfRange(slots, from, to), context));
      from = to;
    }
    found.sort(
        Comparator.comparingLong(SearchResult.TraceMatch::startNanos)
            .reversed()
            .thenComparing(SearchResult.TraceMatch::traceHi, Long::compareUnsigned)
            .thenComparing(SearchResult.TraceMatch::traceLo, Long::compareUnsigned));
    return new SearchResult(found, scan.inspectedSpans());
  }

  /// Of these traces those that the query finds, in the same order. They are assembled on the pool, some together.
  private List<SearchResult.TraceMatch> matches(
      SearchPlan plan,
      SearchRequest request,
      CandidateTraces candidates,
      int[] slots,
      QueryContext context) {
    boolean alone = slots.length == 1 || pool.threads() == 1;
    Executor executor = alone ? Runnable::run : pool.executor();
    int each = Math.clamp((slots.length - 1) / pool.threads() + 1, 1, MOST_TOGETHER);
    var tasks = new ArrayList<CompletableFuture<List<SearchResult.TraceMatch>>>();
    for (int from = 0; from < slots.length; from += each) {
      List<Condition.OfTrace> traces =
          Arrays.stream(slots, from, Math.min(slots.length, from + each))
              .mapToObj(
                  slot -> new Condition.OfTrace(candidates.traceHi(slot), candidates.traceLo(slot)))
              .toList();
      tasks.add(
          CompletableFuture.supplyAsync(() -> matches(plan, request, traces, context), executor));
    }
    try {
      // All of them: none may go on with a query that has ended.
      CompletableFuture.allOf(tasks.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
    return tasks.stream().flatMap(task -> task.join().stream()).toList();
  }

  private List<SearchResult.TraceMatch> matches(
      SearchPlan plan,
      SearchRequest request,
      List<Condition.OfTrace> traces,
      QueryContext context) {
    context.check();
    List<SpanBatch> spans = reader.traces(new Tenant(context.tenant()), traces, 0, Long.MAX_VALUE);
    var found = new ArrayList<SearchResult.TraceMatch>();
    for (int i = 0; i < traces.size(); i++) {
      Condition.OfTrace trace = traces.get(i);
      match(plan, request, trace.traceHi(), trace.traceLo(), spans.get(i), context)
          .ifPresent(found::add);
    }
    return found;
  }

  private Optional<SearchResult.TraceMatch> match(
      SearchPlan plan,
      SearchRequest request,
      long traceHi,
      long traceLo,
      SpanBatch spans,
      QueryContext context) {
    context.check();
    if (spans.rows() == 0) {
      return Optional.empty();
    }
    long bytes = spans.sizeBytes();
    context.reserve(bytes);
    try {
      var trace = new Trace(spans);
      var run = new SpansetRun(trace, context);
      BitSet rows = run.run(plan.expr());
      if (rows.isEmpty()) {
        return Optional.empty();
      }
      var shown = new ArrayList<SearchResult.FoundSpan>();
      var evaluator = new SpanEvaluator(trace);
      rows.stream()
          .limit(request.spansPerSet())
          .forEach(row -> shown.add(show(plan, evaluator, spans, row)));
      var set = new SearchResult.SpanSet(shown, rows.cardinality(), run.attributes());
      return Optional.of(
          new SearchResult.TraceMatch(
              traceHi,
              traceLo,
              trace.rootService(),
              trace.rootName(),
              trace.startNanos(),
              trace.durationNanos(),
              List.of(set),
              trace.services()));
    } finally {
      context.release(bytes);
    }
  }

  private static SearchResult.FoundSpan show(
      SearchPlan plan, SpanEvaluator evaluator, SpanBatch spans, int row) {
    var attributes = new ArrayList<SearchResult.Attribute>();
    Optional<String> name = Optional.empty();
    for (FieldExpr field : plan.shown()) {
      switch (field) {
        case FieldExpr.IntrinsicField(Intrinsic i) when i == Intrinsic.NAME ->
            name = Optional.of(spans.symbols().text(spans.name()[row]));
        case FieldExpr.IntrinsicField(Intrinsic i) when i == Intrinsic.DURATION -> {}
        case FieldExpr.IntrinsicField f ->
            add(attributes, f.intrinsic().word(), evaluator.values(f, row));
        case FieldExpr.Attribute a -> add(attributes, a.key(), evaluator.values(a, row));
        case FieldExpr.Static s -> {}
        case FieldExpr.Unary u -> {}
        case FieldExpr.Binary b -> {}
      }
    }
    long start = spans.startNanos()[row];
    return new SearchResult.FoundSpan(
        spans.spanId()[row], name, start, spans.endNanos()[row] - start, attributes);
  }

  private static void add(
      List<SearchResult.Attribute> attributes, String key, List<Literal> values) {
    if (!values.isEmpty()) {
      attributes.add(new SearchResult.Attribute(key, values.getFirst()));
    }
  }
}
