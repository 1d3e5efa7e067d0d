package dev.pharos.query.traceql;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.Symbols;
import dev.pharos.model.Tenant;
import dev.pharos.model.ValueType;
import dev.pharos.query.QueryContext;
import dev.pharos.query.QueryError;
import dev.pharos.query.QueryException;
import dev.pharos.query.ScanPool;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.ServiceRequests;
import dev.pharos.store.read.SpanBlock;
import dev.pharos.store.read.SummaryRange;
import dev.pharos.store.read.SummaryReader;
import dev.pharos.store.read.TraceReader;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/// Counts spans in columns of time: by summaries where the filter asks for all spans or those of a service, else by
/// rows. Both give the same counts. Where rows take longer than the query may, what was counted until then is
/// given. Any thread.
public final class SpanCounts {
  private static final byte[] SERVICE = "service.name".getBytes(StandardCharsets.UTF_8);
  private static final int ERROR = 2;

  private final TraceReader traces;
  private final SummaryReader summaries;
  private final ScanPool pool;

  /// @param pool where blocks are read
  public SpanCounts(TraceReader traces, SummaryReader summaries, ScanPool pool) {
    this.traces = traces;
    this.summaries = summaries;
    this.pool = pool;
  }

  /// @param spans by column
  /// @param errors those with status error
  /// @param services that have such spans
  /// @param exact whether these are all, and not only at least so many
  public record Counted(
      long[] spans, long[] errors, Set<String> services, boolean exact, SweepCost cost) {
    public long total() {
      long total = 0;
      for (long each : spans) {
        total += each;
      }
      return total;
    }
  }

  /// Counts in the columns of a chart.
  public Counted columns(SpanFilter filter, SummaryRange range, QueryContext context) {
    var counts = new Counts(range.columns());
    if (filter.services().isPresent() && counts.addSummaries(filter.services().get(), range)) {
      return counts.result(true, SweepCost.NONE);
    }
    return sweep(
        filter,
        new TimeColumns(range.fromNanos(), range.toNanos(), range.columns()),
        new Counts(range.columns()),
        context);
  }

  /// Counts all from one time to another, exclusive.
  public Counted total(SpanFilter filter, long fromNanos, long toNanos, QueryContext context) {
    long step = SummaryRange.STEP_NANOS;
    long from = Math.ceilDiv(fromNanos, step) * step;
    long to = Math.floorDiv(toNanos, step) * step;
    if (filter.services().isPresent() && to > from) {
      var counts = new Counts(1);
      var range = new SummaryRange(new Tenant(context.tenant()), from, to, to - from);
      if (counts.addSummaries(filter.services().get(), range)) {
        // What lies before the first and behind the last whole step is read.
        SweepCost cost = SweepCost.NONE;
        boolean exact = true;
        for (long[] edge : new long[][] {{fromNanos, from}, {to, toNanos}}) {
          if (edge[0] < edge[1]) {
            Counted part = sweep(filter, new TimeColumns(edge[0], edge[1], 1), counts, context);
            cost = cost.plus(part.cost());
            exact &= part.exact();
          }
        }
        return counts.result(exact, cost);
      }
    }
    return sweep(filter, new TimeColumns(fromNanos, toNanos, 1), new Counts(1), context);
  }

  /// Adds what rows say to `counts`.
  private Counted sweep(SpanFilter filter, TimeColumns times, Counts counts, QueryContext context) {
    Queue<Counts> parts = new ConcurrentLinkedQueue<>();
    SweepCost cost = SweepCost.NONE;
    boolean exact = true;
    try (var sweep =
        SpanSweep.open(traces, pool, context, filter, times.fromNanos(), times.toNanos())) {
      cost =
          sweep
              .run(
                  () -> {
                    var part = new Counts(times.columns());
                    parts.add(part);
                    TimeColumns.Reader reader = times.reader();
                    return (number, block, taken, count) -> part.take(block, taken, reader);
                  })
              .cost();
    } catch (QueryException e) {
      if (!(e.error() instanceof QueryError.Timeout)) {
        throw e;
      }
      exact = false;
    }
    parts.forEach(counts::add);
    return counts.result(exact, cost);
  }

  /// Counters of one thread.
  private final class Counts {
    private final long[] spans;
    private final long[] errors;
    private final Set<String> services = new TreeSet<>();

    Counts(int columns) {
      spans = new long[columns];
      errors = new long[columns];
    }

    void take(SpanBlock block, boolean[] taken, TimeColumns.Reader reader) {
      long[] starts = block.column(Field.TIME).values();
      long[] status = block.column(Field.STATUS_CODE).values();
      Column resource = block.column(Field.RESOURCE);
      var seen = new boolean[block.resources().size()];
      for (int row = 0; row < taken.length; row++) {
        if (taken[row]) {
          int column = reader.column(starts[row]);
          spans[column]++;
          errors[column] += status[row] == ERROR ? 1 : 0;
          seen[(int) resource.value(row)] = true;
        }
      }
      for (int row = 0; row < seen.length; row++) {
        if (seen[row]) {
          services.add(service(block.resources().attributes(), row, block.resourceSymbols()));
        }
      }
    }

    private static String service(AttributeRows attributes, int row, Symbols symbols) {
      for (int i = attributes.from(row); i < attributes.to(row); i++) {
        if (symbols.same(attributes.key(i), SERVICE)) {
          return attributes.type(i) == ValueType.STRING
              ? symbols.text((int) attributes.value(i))
              : "";
        }
      }
      return "";
    }

    /// Counts by summaries; false if a wanted service may be among those that found no place in one.
    boolean addSummaries(Predicate<String> wanted, SummaryRange range) {
      for (ServiceRequests each : summaries.spans(range)) {
        if (each.other()) {
          return false;
        }
        if (wanted.test(each.service())) {
          services.add(each.service());
          add(each.requests().calls(), each.requests().errors());
        }
      }
      return true;
    }

    void add(Counts other) {
      add(other.spans, other.errors);
      services.addAll(other.services);
    }

    private void add(long[] moreSpans, long[] moreErrors) {
      for (int i = 0; i < spans.length; i++) {
        spans[i] += moreSpans[i];
        errors[i] += moreErrors[i];
      }
    }

    Counted result(boolean exact, SweepCost cost) {
      return new Counted(spans, errors, services, exact, cost);
    }
  }
}
