package dev.pharos.insight;

import dev.pharos.insight.change.Course;
import dev.pharos.model.Tenant;
import dev.pharos.store.read.OperationRequests;
import dev.pharos.store.read.Peer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes the page of a service and the map out of a landscape. One thread.
final class Pages {
  private static final int SPARK_POINTS = 40;

  private final Tenant tenant;
  private final Landscape land;
  private final Blame blame;
  private final Falls falls;
  private final Externals externals;

  Pages(Tenant tenant, Landscape land, Blame blame, Falls falls, Externals externals) {
    this.tenant = tenant;
    this.land = land;
    this.blame = blame;
    this.falls = falls;
    this.externals = externals;
  }

  ServiceState state(String name, LogCounts logs) {
    Series series = land.inRange(land.service(name));
    LogCounts.Levels levels = logs.of(name);
    Versions versions = Versions.of(land.activity().instances(name), land.activity().fromNanos());
    return new ServiceState(
        name,
        versions.language(),
        versions.current(),
        versions.sinceNanos(),
        versions.instances(),
        Figures.of(series.sum(), land.seconds()),
        land.was(name),
        falls
            .of(name)
            .map(fall -> fall.away(land.timeline()))
            .orElseGet(() -> land.assessment(name).away(blame.of(name))),
        LogCounts.sum(levels.all()),
        LogCounts.sum(levels.error),
        Chart.of(series, land.grid()));
  }

  ServicePage service(String name) {
    LogCounts logs = land.logs();
    LogCounts.Levels levels = logs.of(name);
    return new ServicePage(
        land.grid(),
        state(name, logs),
        land.baseline(),
        operations(name),
        dependsOn(name),
        usedBy(name),
        instances(name),
        deploys(name),
        levels.error,
        levels.warn,
        levels.info,
        levels.other,
        Changes.of(land, Optional.of(name)),
        land.cost());
  }

  private Assessment assess(Series series, Past past) {
    return Assessment.of(
        land.timeline(), series, series, land.timeline().columns(), land.days(past));
  }

  private Optional<Figures> was(Assessment assessment, Series series, Past past) {
    return assessment.departure().isPresent() ? land.was(assessment, past) : land.before(series);
  }

  private Figures figures(Series series) {
    return Figures.of(land.inRange(series).sum(), land.seconds());
  }

  private List<ServicePage.Operation> operations(String name) {
    List<OperationRequests> read =
        land.operations(name).stream().filter(each -> !each.other()).toList();
    Map<Integer, Double> times = new HashMap<>();
    for (OperationRequests each : read) {
      times.merge(each.kind(), time(Series.of(each.requests())), Double::sum);
    }
    var operations = new ArrayList<ServicePage.Operation>();
    for (OperationRequests each : read) {
      Series series = Series.of(each.requests());
      Past past = land.past(name, each);
      Assessment assessment = assess(series, past);
      double all = times.getOrDefault(each.kind(), 0.0);
      if (land.inRange(series).sum().calls() > 0) {
        operations.add(
            new ServicePage.Operation(
                each.name(),
                each.kind(),
                figures(series),
                was(assessment, series, past),
                all > 0 ? time(series) / all : 0,
                assessment.away(Optional.empty()),
                spark(series)));
      }
    }
    operations.sort(Comparator.comparingDouble(each -> -each.impact()));
    return operations;
  }

  private double time(Series series) {
    return land.inRange(series).sum().durations().sumNanos();
  }

  private double[] spark(Series series) {
    Series shown = land.inRange(series);
    int width = Math.ceilDiv(shown.columns(), SPARK_POINTS);
    int columns = Math.ceilDiv(shown.columns(), width);
    var points = new double[columns];
    for (int i = 0; i < columns; i++) {
      int to = shown.columns() - (columns - 1 - i) * width;
      points[i] = shown.sum(Math.max(0, to - width), to).quantile(0.95).orElse(Double.NaN);
    }
    return points;
  }

  private List<ServicePage.Neighbour> dependsOn(String name) {
    var found = new ArrayList<ServicePage.Neighbour>();
    land.edges()
        .forEach(
            (edge, series) -> {
              if (edge.client().equals(name)) {
                found.add(neighbour(name, edge.server(), false, "", series, land.past(edge)));
              }
            });
    external(name)
        .forEach(
            (peer, series) -> {
              Past past = land.past(name, peer);
              found.add(neighbour(name, peer.name(), true, peer.system(), series, past));
            });
    found.removeIf(each -> each.figures().rate() == 0);
    found.sort(Comparator.comparingDouble(each -> -each.timeShare()));
    return found;
  }

  private ServicePage.Neighbour neighbour(
      String name, String other, boolean external, String system, Series series, Past past) {
    double all = time(land.service(name));
    return new ServicePage.Neighbour(
        other,
        external,
        system,
        figures(series),
        was(assess(series, past), series, past),
        all > 0 ? Math.min(1, time(series) / all) : 0);
  }

  private List<ServicePage.Neighbour> usedBy(String name) {
    var found = new ArrayList<ServicePage.Neighbour>();
    land.edges()
        .forEach(
            (edge, series) -> {
              if (edge.server().equals(name) && land.inRange(series).sum().calls() > 0) {
                String client = edge.client();
                found.add(neighbour(client, client, false, "", series, land.past(edge)));
              }
            });
    found.sort(Comparator.comparingDouble(each -> -each.figures().rate()));
    return found;
  }

  /// Peers of a service without spans of their own, with the calls to them.
  private Map<Peer, Series> external(String service) {
    var found = new HashMap<Peer, Series>();
    land.activity()
        .outgoing(service)
        .forEach(
            (peer, calls) -> {
              if (externals.isExternal(tenant, service, peer, calls.samples(), land.grid())) {
                found.put(peer, land.activity().series(calls, land.timeline()));
              }
            });
    return found;
  }

  private List<ServicePage.Instance> instances(String name) {
    long from = Math.max(land.grid().startNanos(), land.activity().fromNanos());
    long end = land.grid().endNanos();
    Optional<? extends Course<?>> course =
        Optional.ofNullable(land.assessments().get(name))
            .filter(each -> each.departure().isPresent())
            .flatMap(Assessment::course);
    var found = new ArrayList<ServicePage.Instance>();
    for (Activity.Instance each : land.activity().instances(name)) {
      if (each.isIn(from, end)) {
        Calls calls = each.requests(from, end);
        found.add(
            new ServicePage.Instance(
                each.sender.instance(),
                each.sender.version(),
                Figures.of(calls, Math.min(land.seconds(), (end - from) / 1e9)),
                course.map(of -> away(name, each, of)).orElse(0.0),
                each.sender.attributes()));
      }
    }
    found.sort(
        Comparator.<ServicePage.Instance>comparingDouble(each -> -each.away())
            .thenComparing(ServicePage.Instance::instance)
            .thenComparing(ServicePage.Instance::version));
    return found;
  }

  /// How far an instance is from the normal of its service since that departed from it.
  private double away(String name, Activity.Instance instance, Course<?> course) {
    Calls normal = land.usual(course, land.past(name), land.service(name));
    Calls now = instance.requests(land.timeline().nanos(course.since()), land.grid().endNanos());
    double errors =
        dev.pharos.insight.change.Departure.Errors.between(normal, now)
            .map(each -> each.score())
            .orElse(0.0);
    double longer =
        dev.pharos.insight.change.Departure.Longer.between(normal, now)
            .map(each -> each.score())
            .orElse(0.0);
    return Math.max(errors, longer);
  }

  /// The newest first; each version's requests beside those of the version before.
  private List<ServicePage.Deploy> deploys(String name) {
    Versions versions = Versions.of(land.activity().instances(name), land.activity().fromNanos());
    var deploys = new ArrayList<ServicePage.Deploy>();
    Calls before = new Calls();
    for (Versions.Version version : versions.all()) {
      var own = new Calls();
      for (Activity.Instance instance : land.activity().instances(name)) {
        if (instance.sender.version().equals(version.version())) {
          own.add(instance.requests(0, land.grid().endNanos()));
        }
      }
      double was = before.quantile(0.95).orElse(Double.NaN);
      deploys.addFirst(
          new ServicePage.Deploy(
              version.version(),
              version.sinceNanos().orElse(0),
              own.quantile(0.95).orElse(Double.NaN) / was,
              before.calls() == 0 ? Double.NaN : before.errorShare(),
              own.errorShare()));
      before = own;
    }
    return deploys;
  }

  ServiceMap map() {
    var nodes = new ArrayList<ServiceMap.Node>();
    var edges = new ArrayList<ServiceMap.Edge>();
    land.assessments()
        .forEach(
            (name, assessment) -> {
              Series series = land.service(name);
              if (land.inRange(series).sum().calls() > 0) {
                nodes.add(node(name, false, "", series, assessment));
              }
            });
    land.edges()
        .forEach(
            (edge, series) -> add(edges, edge.client(), edge.server(), series, land.past(edge)));
    Map<Peer, Series> outside = new HashMap<>();
    for (String service : land.activity().outgoing().keySet()) {
      external(service)
          .forEach(
              (peer, series) -> {
                add(edges, service, peer.name(), series, land.past(service, peer));
                outside.merge(peer, series, Series::plus);
              });
    }
    outside.forEach(
        (peer, series) -> {
          if (land.inRange(series).sum().calls() > 0) {
            Assessment assessment = assess(series, land.past(peer));
            nodes.add(node(peer.name(), true, peer.system(), series, assessment));
          }
        });
    addSilent(nodes, edges);
    nodes.sort(Comparator.comparing(ServiceMap.Node::name));
    edges.sort(
        Comparator.comparing(ServiceMap.Edge::client).thenComparing(ServiceMap.Edge::server));
    return new ServiceMap(land.grid(), nodes, edges, land.cost());
  }

  private ServiceMap.Node node(
      String name, boolean external, String system, Series series, Assessment assessment) {
    return new ServiceMap.Node(
        name,
        external,
        system,
        figures(series),
        assessment.away(Optional.empty()).score(),
        spark(series));
  }

  private void add(
      List<ServiceMap.Edge> edges, String client, String server, Series series, Past past) {
    if (land.inRange(series).sum().calls() == 0) {
      return;
    }
    Assessment assessment = assess(series, past);
    boolean blamed =
        blame.of(client).orElse(new Away.Cause.Itself()) instanceof Away.Cause.Waits waits
            && waits.service().equals(server);
    boolean origin =
        blamed && blame.of(server).filter(Away.Cause.Waits.class::isInstance).isEmpty();
    edges.add(
        new ServiceMap.Edge(
            client,
            server,
            figures(series),
            was(assessment, series, past),
            assessment.away(Optional.empty()).score(),
            origin,
            Chart.of(land.inRange(series), land.grid())));
  }

  /// Callers that answer no requests, such as what makes the load, have edges and need nodes.
  private void addSilent(List<ServiceMap.Node> nodes, List<ServiceMap.Edge> edges) {
    Series none = Series.empty(land.timeline().columns());
    for (ServiceMap.Edge edge : edges) {
      for (String name : List.of(edge.client(), edge.server())) {
        if (nodes.stream().noneMatch(node -> node.name().equals(name))) {
          nodes.add(node(name, false, "", none, Assessment.of(land.timeline(), none)));
        }
      }
    }
  }
}
