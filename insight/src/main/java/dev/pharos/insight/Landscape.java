package dev.pharos.insight;

import dev.pharos.insight.digest.Digests;
import dev.pharos.model.Tenant;
import dev.pharos.query.QueryContext;
import dev.pharos.store.read.EdgeRequests;
import dev.pharos.store.read.ServiceRequests;
import dev.pharos.store.read.SummaryRange;
import dev.pharos.store.read.SummaryReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What is read for one answer: the services of a range and of the time before it, each beside its normal, who sent the
/// spans, and who calls whom. One thread.
final class Landscape {
  private static final long SECOND = 1_000_000_000L;

  /// What is looked at for versions, instances and peers, up to the end of the range.
  private static final long ACTIVITY_NANOS = 3_600 * SECOND;

  /// What is looked at before the range, at most.
  private static final long BEFORE_NANOS = 3_600 * SECOND;

  private static final long DAY_NANOS = 86_400 * SECOND;
  private static final long MINUTE_NANOS = 60 * SECOND;

  /// Of today's calls, yesterday must have had so many to be a measure.
  private static final double LEAST_YESTERDAY = 0.2;

  private final Tenant tenant;
  private final SummaryReader summaries;
  private final Grid grid;
  private final SummaryRange range;
  private final Timeline timeline;
  private final Map<String, Series> services;
  private final Activity activity;
  private final Map<String, Assessment> assessments = new TreeMap<>();
  private final Cost cost = new Cost();
  private Optional<Map<Edge, Series>> edges = Optional.empty();
  private Optional<Map<String, Calls>> yesterday = Optional.empty();

  /// Calls of one service to another.
  record Edge(String client, String server) {}

  Landscape(QueryContext context, SummaryReader summaries, Digests digests, Grid grid) {
    this.tenant = new Tenant(context.tenant());
    this.summaries = summaries;
    this.grid = grid;
    long unit = grid.unitNanos();
    long before = Math.min(BEFORE_NANOS, grid.endNanos() - grid.startNanos()) / unit * unit;
    before = Math.max(before, 0);
    range =
        new SummaryRange(tenant, Math.max(0, grid.startNanos() - before), grid.endNanos(), unit);
    services = new LinkedHashMap<>();
    for (ServiceRequests requests : summaries.services(range)) {
      if (!requests.other()) {
        services.put(requests.service(), Series.of(requests.requests()));
      }
    }
    context.check();
    int data = services.values().stream().mapToInt(Series::end).max().orElse(0);
    timeline =
        new Timeline(
            range.fromNanos(),
            unit,
            (int) ((grid.startNanos() - range.fromNanos()) / unit),
            range.columns(),
            data);
    long from = Math.max(range.fromNanos(), grid.endNanos() - ACTIVITY_NANOS);
    long step = Activity.STEP_NANOS;
    activity =
        Activity.read(digests, context, Math.floorDiv(from, step) * step, grid.endNanos(), cost);
    context.check();
    services.forEach(
        (name, series) ->
            assessments.put(
                name,
                Assessment.of(
                    timeline,
                    series,
                    Starts.settled(name, series, timeline, activity),
                    Starts.young(name, timeline, activity))));
  }

  Grid grid() {
    return grid;
  }

  Timeline timeline() {
    return timeline;
  }

  Activity activity() {
    return activity;
  }

  Cost cost() {
    return cost;
  }

  Map<String, Assessment> assessments() {
    return assessments;
  }

  /// Of a service without requests it says nothing.
  Assessment assessment(String service) {
    Series none = Series.empty(timeline.columns());
    return assessments.getOrDefault(
        service, Assessment.of(timeline, none, none, timeline.columns()));
  }

  /// In the columns of the timeline.
  Map<String, Series> services() {
    return services;
  }

  Series service(String name) {
    return services.getOrDefault(name, Series.empty(timeline.columns()));
  }

  /// The part of a series that lies in the range.
  Series inRange(Series series) {
    return series.part(timeline.before(), timeline.columns());
  }

  /// Read when first asked for.
  Map<Edge, Series> edges() {
    if (edges.isEmpty()) {
      var read = new LinkedHashMap<Edge, Series>();
      for (EdgeRequests edge : summaries.edges(range)) {
        read.put(new Edge(edge.client(), edge.server()), Series.of(edge.requests()));
      }
      edges = Optional.of(read);
    }
    return edges.get();
  }

  List<dev.pharos.store.read.OperationRequests> operations(String service) {
    return summaries.operations(range, service);
  }

  LogCounts logs() {
    return new LogCounts(summaries.logs(grid.columns(tenant)), grid.columns());
  }

  /// Seconds of the range from the first request of any service on: a program that has just started has no rates
  /// before.
  double seconds() {
    int first =
        services.values().stream()
            .map(this::inRange)
            .filter(series -> series.sum().calls() > 0)
            .mapToInt(Series::first)
            .min()
            .orElse(0);
    return timeline.seconds(timeline.columns() - timeline.before() - first);
  }

  /// By service, the same hours a day before; empty where there was too little to compare with.
  Map<String, Calls> yesterday() {
    if (yesterday.isEmpty()) {
      yesterday = Optional.of(readYesterday());
    }
    return yesterday.get();
  }

  private Map<String, Calls> readYesterday() {
    long from = dayBefore(grid.startNanos(), 0);
    long to = dayBefore(grid.endNanos(), 1);
    if (from < 0) {
      return Map.of();
    }
    var found = new TreeMap<String, Calls>();
    for (ServiceRequests requests :
        summaries.services(new SummaryRange(tenant, from, to, to - from))) {
      Calls then = Series.of(requests.requests()).sum();
      Calls now = inRange(service(requests.service())).sum();
      if (!requests.other() && then.calls() >= LEAST_YESTERDAY * now.calls()) {
        found.put(requests.service(), then);
      }
    }
    return found;
  }

  private static long dayBefore(long nanos, int minutes) {
    return (Math.floorDiv(nanos - DAY_NANOS, MINUTE_NANOS) + minutes) * MINUTE_NANOS;
  }

  Baseline baseline() {
    if (!yesterday().isEmpty()) {
      return new Baseline(
          Baseline.Kind.YESTERDAY, dayBefore(grid.startNanos(), 0), dayBefore(grid.endNanos(), 1));
    }
    int first = services.values().stream().mapToInt(Series::first).min().orElse(0);
    if (timeline.before() - first >= 6) {
      return new Baseline(Baseline.Kind.BEFORE, timeline.nanos(first), grid.startNanos());
    }
    int last =
        assessments.values().stream()
            .filter(each -> each.was().isPresent())
            .mapToInt(Assessment::sinceColumn)
            .max()
            .orElse(-1);
    return last < 0
        ? Baseline.NONE
        : new Baseline(Baseline.Kind.WITHIN, timeline.nanos(first), timeline.nanos(last));
  }

  /// What a service's figures were: what it departed from, else the day before, else what lies before the range.
  Optional<Figures> was(String name) {
    Assessment assessment = assessments.get(name);
    if (assessment == null) {
      return Optional.empty();
    }
    if (assessment.departure().isPresent()) {
      return assessment.was();
    }
    Calls then = yesterday().get(name);
    if (then != null) {
      return Optional.of(Figures.of(then, grid.seconds()));
    }
    return before(service(name));
  }

  /// What lies before the range; nothing unless it is a minute or more.
  Optional<Figures> before(Series series) {
    Series earlier = series.part(0, timeline.before());
    int columns = earlier.columns() - earlier.first();
    return timeline.seconds(columns) < 60
        ? Optional.empty()
        : Optional.of(Figures.of(earlier.sum(), timeline.seconds(columns)));
  }
}
