package dev.pharos.query.logql;

import dev.pharos.query.QueryContext;
import dev.pharos.query.QueryError;
import dev.pharos.query.QueryException;
import dev.pharos.query.ScanPool;
import dev.pharos.query.logql.syntax.LogqlExpr;
import dev.pharos.query.logql.syntax.LogqlParser;
import dev.pharos.query.matrix.StepGrid;
import dev.pharos.query.matrix.StepSeries;
import dev.pharos.store.read.LogReader;
import dev.pharos.store.read.Scan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Answers LogQL over the log records of a store, seen as Loki sees OpenTelemetry logs. Any thread; what is wrong
/// with a query, or cannot run yet, is a [QueryException] before any block is read.
public final class LogqlEngine {
  /// Lines that one query may ask for.
  public static final int MAX_LINES = 5_000;

  /// Series that one metric query may give.
  public static final int MAX_SERIES = 500;

  private static final int MAX_POINTS = 11_000;
  private static final int FEW_CELLS = 256;

  private final LogReader reader;
  private final ScanPool pool;
  private final KnownResources resources;

  public LogqlEngine(LogReader reader) {
    this(reader, ScanPool.NONE);
  }

  /// @param pool where blocks are read and lines filtered
  public LogqlEngine(LogReader reader, ScanPool pool) {
    this(reader, pool, FEW_CELLS);
  }

  /// @param fewCells what the counts of a block may have before they are made coarser
  LogqlEngine(LogReader reader, ScanPool pool, int fewCells) {
    this.reader = reader;
    this.pool = pool;
    this.resources = new KnownResources(fewCells);
  }

  public LogqlResult query(LogqlRequest request, QueryContext context) {
    return switch (request) {
      case LogqlRequest.Range range -> range(range, context);
      case LogqlRequest.Instant instant -> instant(instant, context);
    };
  }

  private LogqlResult range(LogqlRequest.Range request, QueryContext context) {
    LogqlExpr expr = LogqlParser.parse(request.query());
    if (request.endNanos() < request.startNanos()) {
      throw invalid("end timestamp must not be before or equal to start time");
    }
    return switch (expr) {
      case LogqlExpr.LogQuery query -> lines(query, request, context);
      case LogqlExpr.Metric metric -> {
        StepGrid grid = grid(request);
        var run = new MetricRun(reader, pool, context, grid, resources);
        List<StepSeries> series = run.series(run.run(MetricPlanner.plan(metric)));
        yield new LogqlResult.Matrix(matrix(series, grid), run.stats());
      }
    };
  }

  /// The multiples of the step that enclose a range: its start rounded down, its end up.
  private static StepGrid grid(LogqlRequest.Range request) {
    long step = request.stepNanos();
    if (step <= 0) {
      throw invalid(
          "zero or negative query resolution step widths are not accepted."
              + " Try a positive integer");
    }
    if ((request.endNanos() - request.startNanos()) / step > MAX_POINTS) {
      throw invalid(
          "exceeded maximum resolution of 11,000 points per time series."
              + " Try increasing the value of the step parameter");
    }
    long start = Math.floorDiv(request.startNanos(), step) * step;
    return StepGrid.between(start, Math.ceilDiv(request.endNanos(), step) * step, step);
  }

  private LogqlResult lines(
      LogqlExpr.LogQuery query, LogqlRequest.Range request, QueryContext context) {
    if (request.limit() <= 0) {
      throw invalid("limit must be a positive value");
    }
    if (request.limit() > MAX_LINES) {
      throw invalid(
          "max entries limit per query exceeded, limit > max_entries_limit_per_query ("
              + request.limit()
              + " > "
              + MAX_LINES
              + ")");
    }
    boolean newestFirst = request.direction() == LogqlRequest.Direction.BACKWARD;
    var plan = new LogPlan(query.matchers(), query.stages());
    var scan = new LogScan(reader, pool, context, plan);
    var collector = new LineCollector(context, request.limit(), newestFirst);
    Scan.Order order = newestFirst ? Scan.Order.NEWEST_FIRST : Scan.Order.OLDEST_FIRST;
    if (request.startNanos() < request.endNanos()) {
      scan.run(request.startNanos(), request.endNanos(), order, true, collector);
    }
    return new LogqlResult.Streams(collector.streams(), scan.stats());
  }

  private LogqlResult instant(LogqlRequest.Instant request, QueryContext context) {
    return switch (LogqlParser.parse(request.query())) {
      case LogqlExpr.LogQuery query ->
          throw invalid(
              "log queries are not supported as an instant query type,"
                  + " please change your query to a range query type");
      case LogqlExpr.Metric metric -> {
        var run = new MetricRun(reader, pool, context, StepGrid.at(request.timeNanos()), resources);
        yield switch (run.run(MetricPlanner.plan(metric))) {
          case MetricRun.Value.One(double value) ->
              new LogqlResult.Scalar(request.timeNanos(), value, run.stats());
          case MetricRun.Value.Many(List<StepSeries> series) ->
              new LogqlResult.Vector(
                  request.timeNanos(), vector(series, ordered(metric)), run.stats());
        };
      }
    };
  }

  /// Whether the query itself puts its series in order.
  private static boolean ordered(LogqlExpr.Metric metric) {
    return metric instanceof LogqlExpr.VectorAggregation v
        && switch (v.function()) {
          case TOPK, BOTTOMK, SORT, SORT_DESC -> true;
          case SUM, AVG, MIN, MAX, COUNT, STDDEV, STDVAR, APPROX_TOPK -> false;
        };
  }

  private static List<LogqlResult.Sample> vector(List<StepSeries> series, boolean ordered) {
    var samples = new ArrayList<LogqlResult.Sample>();
    for (StepSeries each : checked(series)) {
      if (each.hasFloat(0)) {
        samples.add(new LogqlResult.Sample(each.labels(), each.values()[0]));
      }
    }
    if (!ordered) {
      samples.sort(Comparator.comparing(LogqlResult.Sample::labels));
    }
    return samples;
  }

  private static List<LogqlResult.Series> matrix(List<StepSeries> series, StepGrid grid) {
    var result = new ArrayList<LogqlResult.Series>();
    for (StepSeries each : checked(series)) {
      int points = each.pointCount();
      if (points == 0) {
        continue;
      }
      var times = new long[points];
      var values = new double[points];
      int at = 0;
      for (int step = 0; step < grid.count(); step++) {
        if (each.hasFloat(step)) {
          times[at] = grid.time(step);
          values[at++] = each.values()[step];
        }
      }
      result.add(new LogqlResult.Series(each.labels(), times, values));
    }
    result.sort(Comparator.comparing(LogqlResult.Series::labels));
    return result;
  }

  private static List<StepSeries> checked(List<StepSeries> series) {
    if (series.size() > MAX_SERIES) {
      throw new QueryException(
          new QueryError.Limit(
              "maximum of series ("
                  + MAX_SERIES
                  + ") reached for a single query; consider reducing"
                  + " query cardinality by adding more specific stream selectors, reducing the time range, or aggregating"
                  + " results with functions like sum(), count() or topk()"));
    }
    return series;
  }

  private static QueryException invalid(String message) {
    return new QueryException(new QueryError.Invalid(message));
  }
}
