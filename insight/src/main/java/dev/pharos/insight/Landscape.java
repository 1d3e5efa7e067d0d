package dev.pharos.insight;

import dev.pharos.insight.change.Course;
import dev.pharos.insight.change.SameHours;
import dev.pharos.model.Tenant;
import dev.pharos.observe.SpanTap;
import dev.pharos.query.QueryContext;
import dev.pharos.store.read.EdgeRequests;
import dev.pharos.store.read.OperationRequests;
import dev.pharos.store.read.Peer;
import dev.pharos.store.read.Requests;
import dev.pharos.store.read.Senders;
import dev.pharos.store.read.ServiceRequests;
import dev.pharos.store.read.SummaryRange;
import dev.pharos.store.read.SummaryReader;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// What is read for one answer: the services of a range and of the time before it, each beside its normal, who
/// sent the spans, and who calls whom. One thread.
final class Landscape {
  private static final long SECOND = 1_000_000_000L;

  /// What is looked at for versions, instances and peers, up to the end of the range.
  private static final long ACTIVITY_NANOS = 3_600 * SECOND;

  /// What is looked at before the range, at most.
  private static final long BEFORE_NANOS = 3_600 * SECOND;

  /// The days whose same hours are looked at: one ago, and a week ago.
  private static final int[] DAYS = {1, 7};

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
  private Optional<List<Silence>> silences = Optional.empty();
  private Optional<Map<Edge, Series>> edges = Optional.empty();
  private final Map<Integer, Map<String, Earlier>> days = new HashMap<>();
  private final Map<Integer, Map<Edge, Earlier>> edgesOfDays = new HashMap<>();
  private final Map<Integer, Map<Outgoing, Earlier>> peersOfDays = new HashMap<>();
  private final Map<OfDay, Map<Operation, Earlier>> operationsOfDays = new HashMap<>();

  /// Calls of one service to another.
  record Edge(String client, String server) {}

  private record Outgoing(String service, Peer peer) {}

  private record OfDay(int day, String service) {}

  private record Operation(String name, int kind) {}

  Landscape(QueryContext context, SummaryReader summaries, Grid grid) {
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
    activity = readActivity();
    context.check();
    services.forEach(
        (name, series) ->
            assessments.put(
                name,
                watched(
                    name,
                    Assessment.of(
                        timeline,
                        series,
                        Starts.settled(name, series, timeline, activity),
                        Starts.young(name, timeline, activity),
                        days(past(name))))));
  }

  /// Pharos is called by those who read what it tells: that they read less is no news.
  private static Assessment watched(String service, Assessment assessment) {
    return service.equals(SpanTap.SERVICE) ? assessment.whateverTheRate() : assessment;
  }

  /// In steps of ten seconds or a minute.
  private Activity readActivity() {
    long step = Math.min(grid.unitNanos(), MINUTE_NANOS);
    long from = Math.max(range.fromNanos(), grid.endNanos() - ACTIVITY_NANOS);
    var last = new SummaryRange(tenant, Math.floorDiv(from, step) * step, grid.endNanos(), step);
    return new Activity(last, summaries.senders(last));
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
    return assessments.getOrDefault(
        service, Assessment.of(timeline, Series.empty(timeline.columns())));
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

  /// Instances of services that are silent.
  List<Silence> silences() {
    if (silences.isEmpty()) {
      var names = new TreeSet<String>();
      activity.instances().forEach(instance -> names.add(instance.sender.service()));
      silences =
          Optional.of(names.stream().flatMap(name -> Silence.of(name, activity).stream()).toList());
    }
    return silences.get();
  }

  List<OperationRequests> operations(String service) {
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

  /// The same hours of earlier days, each read when it is come to; days without calls are left out.
  Iterable<Earlier> days(Past past) {
    return () -> Arrays.stream(DAYS).mapToObj(past::on).flatMap(Optional::stream).iterator();
  }

  Past past(String service) {
    return day -> Optional.ofNullable(day(day).get(service));
  }

  Past past(Edge edge) {
    return day -> Optional.ofNullable(edgesOf(day).get(edge));
  }

  /// Of the calls of a service to a peer, of which no more is known than of today's.
  Past past(String service, Peer peer) {
    return day -> Optional.ofNullable(peersOf(day).get(new Outgoing(service, peer)));
  }

  /// Of the calls of all services to a peer.
  Past past(Peer peer) {
    return day ->
        peersOf(day).entrySet().stream()
            .filter(each -> each.getKey().peer.equals(peer))
            .map(Map.Entry::getValue)
            .reduce(Earlier::plus);
  }

  Past past(String service, OperationRequests operation) {
    var key = new Operation(operation.name(), operation.kind());
    return day -> Optional.ofNullable(operationsOf(day, service).get(key));
  }

  /// By service.
  private Map<String, Earlier> day(int day) {
    Map<String, Earlier> known = days.get(day);
    if (known == null) {
      known = new HashMap<>();
      SummaryRange hours = hours(day);
      if (hours.fromNanos() >= 0) {
        for (ServiceRequests requests : summaries.services(hours)) {
          if (!requests.other()) {
            known.put(requests.service(), earlier(day, hours, requests.requests()));
          }
        }
      }
      days.put(day, known);
    }
    return known;
  }

  private Map<Edge, Earlier> edgesOf(int day) {
    return edgesOfDays.computeIfAbsent(
        day,
        ignored -> {
          var read = new HashMap<Edge, Earlier>();
          SummaryRange hours = hours(day);
          if (hours.fromNanos() >= 0) {
            for (EdgeRequests edge : summaries.edges(hours)) {
              read.put(
                  new Edge(edge.client(), edge.server()), earlier(day, hours, edge.requests()));
            }
          }
          return read;
        });
  }

  private Map<Outgoing, Earlier> peersOf(int day) {
    return peersOfDays.computeIfAbsent(
        day,
        ignored -> {
          var read = new HashMap<Outgoing, Earlier>();
          SummaryRange hours = hours(day, activity.fromNanos());
          if (hours.fromNanos() >= 0) {
            for (Senders.PeerCalls calls : summaries.senders(hours).calls()) {
              read.put(
                  new Outgoing(calls.service(), calls.peer()), earlier(day, hours, calls.calls()));
            }
          }
          return read;
        });
  }

  private Map<Operation, Earlier> operationsOf(int day, String service) {
    return operationsOfDays.computeIfAbsent(
        new OfDay(day, service),
        ignored -> {
          var read = new HashMap<Operation, Earlier>();
          SummaryRange hours = hours(day);
          if (hours.fromNanos() >= 0) {
            for (OperationRequests each : summaries.operations(hours, service)) {
              if (!each.other()) {
                read.put(
                    new Operation(each.name(), each.kind()), earlier(day, hours, each.requests()));
              }
            }
          }
          return read;
        });
  }

  /// The hours of the timeline on an earlier day, and a little more: in whole minutes, since old summaries know no
  /// less.
  private SummaryRange hours(int day) {
    return hours(day, range.fromNanos());
  }

  private SummaryRange hours(int day, long fromNanos) {
    long width = Math.max(MINUTE_NANOS, timeline.unitNanos());
    long back = day * Earlier.DAY_NANOS;
    return SummaryRange.around(
        tenant, fromNanos - back, range.toNanos() + SameHours.NEAR_NANOS - back, width);
  }

  private static Earlier earlier(int day, SummaryRange hours, Requests requests) {
    return new Earlier(
        day, hours.fromNanos() + day * Earlier.DAY_NANOS, hours.columnNanos(), Series.of(requests));
  }

  /// What a series did in the normal of a course.
  Calls usual(Course<?> course, Past past, Series series) {
    return usual(course, past, series, course.since());
  }

  /// What a series did in the normal of a course; where that is another day, from the time of this column on.
  Calls usual(Course<?> course, Past past, Series series, int since) {
    return course.days() == 0
        ? course.usual(series)
        : past.on(course.days())
            .map(day -> day.sum(timeline.nanos(since), timeline.dataEndNanos()))
            .orElseGet(Calls::new);
  }

  /// The same hours a day before; empty where there was too little to compare with.
  private Optional<Calls> yesterday(String service) {
    Calls now = inRange(service(service)).sum();
    return Optional.ofNullable(day(1).get(service))
        .map(day -> day.sum(grid.startNanos(), grid.endNanos()))
        .filter(then -> then.calls() >= LEAST_YESTERDAY * now.calls());
  }

  Baseline baseline() {
    if (services.keySet().stream().anyMatch(name -> yesterday(name).isPresent())) {
      return new Baseline(
          Baseline.Kind.YESTERDAY,
          grid.startNanos() - Earlier.DAY_NANOS,
          grid.endNanos() - Earlier.DAY_NANOS);
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
      return was(assessment, past(name));
    }
    return yesterday(name)
        .map(then -> Figures.of(then, grid.seconds()))
        .or(() -> before(service(name)));
  }

  /// What a series that departs has departed from.
  Optional<Figures> was(Assessment assessment, Past past) {
    Course<?> course = assessment.course().orElseThrow();
    return course.days() == 0
        ? assessment.was()
        : Optional.of(
            Figures.of(
                usual(course, past, assessment.series()),
                (timeline.dataEndNanos() - timeline.nanos(course.since())) / 1e9));
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
