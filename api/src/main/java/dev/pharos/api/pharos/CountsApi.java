package dev.pharos.api.pharos;

import dev.pharos.api.ApiRoutes;
import dev.pharos.api.QuerySlots;
import dev.pharos.api.Tenants;
import dev.pharos.api.json.Json;
import dev.pharos.insight.Grid;
import dev.pharos.model.Tenant;
import dev.pharos.query.QueryContext;
import dev.pharos.query.QueryError;
import dev.pharos.query.QueryException;
import dev.pharos.query.ScanPool;
import dev.pharos.query.logql.LineCounts;
import dev.pharos.query.promql.Expr;
import dev.pharos.query.promql.Matchers;
import dev.pharos.query.promql.PromParser;
import dev.pharos.query.traceql.SpanCounts;
import dev.pharos.query.traceql.SpanFilter;
import dev.pharos.query.traceql.SweepCost;
import dev.pharos.store.read.LogReader;
import dev.pharos.store.read.Matcher;
import dev.pharos.store.read.SeriesReader;
import dev.pharos.store.read.SummaryRange;
import dev.pharos.store.read.SummaryReader;
import dev.pharos.store.read.TraceReader;
import dev.pharos.transport.HttpReply;
import dev.pharos.transport.HttpRequest;
import dev.pharos.transport.Route;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JsonGenerator;

/// The routes that count what a filter leaves: of each signal together, and of one over time. Any thread.
public final class CountsApi {
  private static final int BARS = 180;
  private static final int MAX_BARS = 1_000;
  private static final long MILLI = 1_000_000L;

  /// Counting by rows ends after this time with what it has.
  private static final Duration COUNTS_CAP = Duration.ofMillis(250);

  private static final Duration VOLUME_CAP = Duration.ofSeconds(2);

  private final SpanCounts spans;
  private final LineCounts lines;
  private final SeriesReader series;
  private final Tenants tenants;
  private final QuerySlots slots;

  /// @param pool where blocks are read
  public CountsApi(
      TraceReader traces,
      LogReader logs,
      SeriesReader series,
      SummaryReader summaries,
      ScanPool pool,
      Tenants tenants,
      QuerySlots slots) {
    this.spans = new SpanCounts(traces, summaries, pool);
    this.lines = new LineCounts(logs, summaries, pool);
    this.series = series;
    this.tenants = tenants;
    this.slots = slots;
  }

  /// @param prefix of all paths, without a trailing slash
  public List<Route> routes(String prefix) {
    return new ApiRoutes(prefix, new PharosErrors())
        .get("/api/v1/counts", this::counts)
        .get("/api/v1/volume", this::volume)
        .routes();
  }

  private void counts(HttpRequest request, HttpReply reply) {
    long began = System.nanoTime();
    var parameters = new PharosParameters(request);
    long start = parameters.startNanos();
    long end = parameters.endNanos();
    Optional<SpanCounts.Counted> traces =
        request.query().first("traces").map(traceql -> spans(request, traceql, start, end));
    Optional<LineCounts.Counted> logs =
        request.query().first("logs").map(logql -> lines(request, logql, start, end));
    Optional<Integer> metrics =
        request
            .query()
            .first("metrics")
            .map(selector -> names(tenants.of(request), selector, start, end));
    Set<String> services = new TreeSet<>();
    traces.ifPresent(counted -> services.addAll(counted.services()));
    logs.ifPresent(counted -> services.addAll(counted.services()));
    services.remove("");
    SweepCost cost =
        traces
            .map(SpanCounts.Counted::cost)
            .orElse(SweepCost.NONE)
            .plus(new SweepCost(logs.map(LineCounts.Counted::rows).orElse(0L), 0, 0));
    Json.send(
        reply,
        200,
        json -> {
          json.writeStartObject();
          json.writeNumberProperty("services", services.size());
          traces.ifPresent(each -> count(json, "traces", each.total(), each.exact()));
          logs.ifPresent(each -> count(json, "logs", each.total(), each.exact()));
          metrics.ifPresent(each -> count(json, "metrics", each, true));
          Costs.write(json, began, cost);
          json.writeEndObject();
        });
  }

  private SpanCounts.Counted spans(HttpRequest request, String traceql, long start, long end) {
    SpanFilter filter = Spans.filter(traceql);
    try (QueryContext context = slots.open(request, tenants.of(request), COUNTS_CAP)) {
      return spans.total(filter, start, end, context);
    }
  }

  private LineCounts.Counted lines(HttpRequest request, String logql, long start, long end) {
    try (QueryContext context = slots.open(request, tenants.of(request), COUNTS_CAP)) {
      return lines.total(selector(logql), start, end, context);
    }
  }

  private static void count(JsonGenerator json, String name, long count, boolean exact) {
    json.writeObjectPropertyStart(name);
    json.writeNumberProperty("count", count);
    json.writeBooleanProperty("exact", exact);
    json.writeEndObject();
  }

  private static String selector(String logql) {
    return logql.isBlank() ? "{service_name=~\".+\"}" : logql;
  }

  /// How many names the metrics of a selector have.
  private int names(Tenant tenant, String selector, long start, long end) {
    List<List<Matcher>> selectors = List.of();
    if (!selector.isBlank()) {
      if (!(PromParser.parse(selector) instanceof Expr.VectorSelector vector)) {
        throw new QueryException(
            new QueryError.Invalid(
                "metrics: \"" + selector + "\" (expected: a selector, such as {job=\"x\"})"));
      }
      selectors = List.of(Matchers.compile(vector.matchers()));
    }
    return series.labelValues(tenant, "__name__", selectors, start / MILLI, end / MILLI).size();
  }

  private void volume(HttpRequest request, HttpReply reply) {
    long began = System.nanoTime();
    var parameters = new PharosParameters(request);
    Grid grid =
        Grid.of(
            parameters.startNanos(),
            parameters.endNanos(),
            parameters.number("bars", BARS, 1, MAX_BARS));
    Tenant tenant = tenants.of(request);
    SummaryRange range = grid.columns(tenant);
    Optional<String> logql = request.query().first("logs");
    try (QueryContext context = slots.open(request, tenant, VOLUME_CAP)) {
      if (logql.isPresent()) {
        LineCounts.Counted counted = lines.columns(selector(logql.get()), range, context);
        var cost = new SweepCost(counted.rows(), 0, 0);
        Json.send(
            reply,
            200,
            json ->
                volume(
                    json,
                    range,
                    "logs",
                    counted.lines(),
                    counted.errors(),
                    counted.exact(),
                    cost,
                    began));
      } else {
        SpanCounts.Counted counted =
            spans.columns(Spans.filter(parameters.text("traces")), range, context);
        Json.send(
            reply,
            200,
            json ->
                volume(
                    json,
                    range,
                    "traces",
                    counted.spans(),
                    counted.errors(),
                    counted.exact(),
                    counted.cost(),
                    began));
      }
    }
  }

  private static void volume(
      JsonGenerator json,
      SummaryRange range,
      String signal,
      long[] counts,
      long[] errors,
      boolean exact,
      SweepCost cost,
      long began) {
    json.writeStartObject();
    json.writeNumberProperty("start", range.fromNanos() / MILLI);
    json.writeNumberProperty("end", range.toNanos() / MILLI);
    json.writeNumberProperty("stepSeconds", range.columnNanos() / (1_000 * MILLI));
    json.writeStringProperty("signal", signal);
    json.writeName("counts");
    json.writeArray(counts, 0, counts.length);
    json.writeName("errors");
    json.writeArray(errors, 0, errors.length);
    json.writeBooleanProperty("exact", exact);
    Costs.write(json, began, cost);
    json.writeEndObject();
  }
}
