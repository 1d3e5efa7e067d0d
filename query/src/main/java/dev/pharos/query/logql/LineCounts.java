package dev.pharos.query.logql;

import dev.pharos.model.Labels;
import dev.pharos.query.QueryContext;
import dev.pharos.query.QueryError;
import dev.pharos.query.QueryException;
import dev.pharos.query.ScanPool;
import dev.pharos.query.logql.syntax.LogqlExpr;
import dev.pharos.query.logql.syntax.LogqlParser;
import dev.pharos.query.logql.syntax.Matcher;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.LogReader;
import dev.pharos.store.read.Scan;
import dev.pharos.store.read.StreamLogs;
import dev.pharos.store.read.SummaryRange;
import dev.pharos.store.read.SummaryReader;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Counts log lines in columns of time: by summaries where the query asks for services alone, else by rows. Lines that
/// are equal count each. Where rows take longer than the query may, what was counted until then is given, the newest
/// lines first. Any thread.
public final class LineCounts {
  /// The least severity number of an error.
  private static final int ERROR = 17;

  private final LogReader reader;
  private final SummaryReader summaries;
  private final ScanPool pool;

  /// @param pool where blocks are read
  public LineCounts(LogReader reader, SummaryReader summaries, ScanPool pool) {
    this.reader = reader;
    this.summaries = summaries;
    this.pool = pool;
  }

  /// @param lines by column
  /// @param errors those of severity error and above
  /// @param services that have such lines
  /// @param exact whether these are all, and not only at least so many
  /// @param rows that were looked at
  public record Counted(
      long[] lines, long[] errors, Set<String> services, boolean exact, long rows) {
    public long total() {
      long total = 0;
      for (long each : lines) {
        total += each;
      }
      return total;
    }
  }

  /// Counts in the columns of a chart.
  ///
  /// @param query a selector with its filters, no metric
  public Counted columns(String query, SummaryRange range, QueryContext context) {
    LogqlExpr.LogQuery parsed = parse(query);
    var sink = new Sink(range.fromNanos(), range.columnNanos(), range.columns());
    if (isOfServices(parsed) && sink.addSummaries(parsed.matchers(), range)) {
      return sink.result(true, 0);
    }
    var counted = new Sink(range.fromNanos(), range.columnNanos(), range.columns());
    return scan(parsed, range.fromNanos(), range.toNanos(), counted, context);
  }

  /// Counts all from one time to another, exclusive.
  public Counted total(String query, long fromNanos, long toNanos, QueryContext context) {
    LogqlExpr.LogQuery parsed = parse(query);
    long step = SummaryRange.STEP_NANOS;
    long from = Math.ceilDiv(fromNanos, step) * step;
    long to = Math.floorDiv(toNanos, step) * step;
    var sink = new Sink(fromNanos, toNanos - fromNanos, 1);
    var tenant = new dev.pharos.model.Tenant(context.tenant());
    if (isOfServices(parsed)
        && to > from
        && sink.addSummaries(parsed.matchers(), new SummaryRange(tenant, from, to, to - from))) {
      // What lies before the first and behind the last whole step is read.
      Counted before = scan(parsed, fromNanos, from, sink, context);
      Counted after = scan(parsed, to, toNanos, sink, context);
      return sink.result(before.exact() && after.exact(), before.rows() + after.rows());
    }
    return scan(parsed, fromNanos, toNanos, new Sink(fromNanos, toNanos - fromNanos, 1), context);
  }

  static LogqlExpr.LogQuery parse(String query) {
    if (LogqlParser.parse(query) instanceof LogqlExpr.LogQuery lines) {
      return lines;
    }
    throw new QueryException(
        new QueryError.Invalid(
            "not a query of log lines: " + query + " (expected: a selector with its filters)"));
  }

  private static boolean isOfServices(LogqlExpr.LogQuery query) {
    return query.stages().isEmpty()
        && query.matchers().stream()
            .allMatch(matcher -> matcher.name().equals(LabelNames.SERVICE_NAME));
  }

  private Counted scan(
      LogqlExpr.LogQuery query, long fromNanos, long toNanos, Sink sink, QueryContext context) {
    var scan = new LogScan(reader, pool, context, new LogPlan(query.matchers(), query.stages()));
    boolean exact = true;
    try {
      if (fromNanos < toNanos) {
        scan.run(fromNanos, toNanos, Scan.Order.NEWEST_FIRST, false, sink);
      }
    } catch (QueryException e) {
      if (!(e.error() instanceof QueryError.Timeout)) {
        throw e;
      }
      exact = false;
    }
    return sink.result(exact, scan.stats().lines());
  }

  /// Counters. One thread.
  private final class Sink implements LogScan.Sink {
    private final long fromNanos;
    private final long widthNanos;
    private final long[] lines;
    private final long[] errors;
    private final Set<String> services = new TreeSet<>();

    Sink(long fromNanos, long widthNanos, int columns) {
      this.fromNanos = fromNanos;
      this.widthNanos = widthNanos;
      lines = new long[columns];
      errors = new long[columns];
    }

    /// Counts by summaries; false if a wanted stream may be among those that found no place in one.
    boolean addSummaries(List<Matcher> matchers, SummaryRange range) {
      var plan = new LogPlan(matchers, List.of());
      for (StreamLogs each : summaries.logs(range)) {
        if (each.other()) {
          return false;
        }
        String service = ResourceLabels.service(each.stream());
        if (plan.selects(Labels.EMPTY.toBuilder().set(LabelNames.SERVICE_NAME, service).build())) {
          services.add(service);
          for (int i = 0; i < lines.length; i++) {
            lines[i] += each.records()[i];
            errors[i] += each.severity() >= ERROR ? each.records()[i] : 0;
          }
        }
      }
      return true;
    }

    @Override
    public void take(LogRows rows, int block, int row, Line line) {
      int column = (int) ((rows.timeNanos(row) - fromNanos) / widthNanos);
      lines[column]++;
      errors[column] += rows.number(Field.SEVERITY_NUMBER, row) >= ERROR ? 1 : 0;
      services.add(line.stream().get(LabelNames.SERVICE_NAME));
    }

    Counted result(boolean exact, long rows) {
      return new Counted(lines, errors, services, exact, rows);
    }
  }
}
