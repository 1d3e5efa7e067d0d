package dev.pharos.insight;

import dev.pharos.insight.change.Course;
import dev.pharos.insight.change.Departure;
import dev.pharos.insight.compare.Inside;
import dev.pharos.insight.compare.Ranking;
import dev.pharos.query.QueryContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Makes findings of services that depart from their normal or are called far less: one for each service at which
/// the time or the errors arise, the services that wait for it being part of its finding.
final class Findings {
  private static final int MOST = 5;

  /// How long a version is new.
  private static final long VERSION_NANOS = 30 * 60_000_000_000L;

  /// A version that came so long before a change is not told by its own attributes: then calls before it are no
  /// comparison.
  private static final long CALM_NANOS = 60_000_000_000L;

  private static final long LEAST_STEP_NANOS = 10_000_000_000L;
  private static final int POINTS = 60;

  private final QueryContext context;
  private final Landscape land;
  private final Blame blame;
  private final Falls falls;
  private final Evidence evidence;

  Findings(QueryContext context, Landscape land, Blame blame, Falls falls, Evidence evidence) {
    this.context = context;
    this.land = land;
    this.blame = blame;
    this.falls = falls;
    this.evidence = evidence;
  }

  /// By effect on requests.
  List<Finding> all() {
    Map<String, List<String>> byOrigin = new LinkedHashMap<>();
    land.assessments()
        .forEach(
            (name, assessment) -> {
              if (assessment.departure().isPresent() || assessment.isGone()) {
                List<String> chain = blame.chain(name);
                byOrigin
                    .computeIfAbsent(chain.getLast(), ignored -> new ArrayList<>())
                    .addAll(chain.size() > 1 ? List.of(name) : List.of());
              }
            });
    falls.all().keySet().forEach(name -> byOrigin.putIfAbsent(name, List.of()));
    return byOrigin.entrySet().stream()
        .sorted(
            Comparator.comparingDouble(
                entry -> -(touched(entry.getKey()) + touched(entry.getValue()))))
        .limit(MOST)
        .map(entry -> finding(entry.getKey(), entry.getValue()))
        .toList();
  }

  private double touched(String service) {
    Optional<Falls.Fall> fall = falls.of(service);
    if (fall.isPresent()) {
      return fall.get().missing();
    }
    Assessment assessment = land.assessment(service);
    double gone =
        assessment.isGone()
            ? assessment.series().sum(0, assessment.goneColumn()).calls()
                / (double) Math.max(1, assessment.goneColumn())
                * (land.timeline().dataColumns() - assessment.goneColumn())
            : 0;
    return Math.max(gone, assessment.departure().map(Departure::touched).orElse(0.0));
  }

  private double touched(List<String> services) {
    return services.stream().mapToDouble(this::touched).sum();
  }

  private Finding finding(String service, List<String> waiting) {
    context.check();
    Assessment assessment = land.assessment(service);
    Optional<Falls.Fall> fall = falls.of(service);
    if (fall.isPresent()) {
      Falls.Fall found = fall.get();
      return fewer(service, Away.Kind.RATE, found.sinceColumn(), found.from(), found.to(), waiting);
    }
    if (assessment.departure().isEmpty()) {
      return gone(service, assessment, waiting);
    }
    Course<? extends Departure> course = assessment.course().orElseThrow();
    long since = land.timeline().nanos(course.since());
    long end = land.grid().endNanos();
    Calls now = land.service(service).sum(course.since(), land.timeline().columns());
    Optional<Finding.NewVersion> version = version(service, since);
    return switch (course.departure().orElseThrow()) {
      case Departure.Errors errors -> {
        Told told = told(service, course, since, version, new Inside.Errors(since), -1);
        yield new Finding(
            service,
            Away.Kind.ERRORS,
            since,
            isFromBefore(course),
            course.days(),
            0,
            errors.from(),
            errors.to(),
            blame.of(service).orElse(new Away.Cause.Itself()),
            told.attribute,
            now.errors(),
            touched(service) + touched(waiting),
            explains(waiting),
            version,
            silence(service, since),
            lines(told, calls -> calls.calls() == 0 ? Double.NaN : calls.errorShare()),
            told.requests.traceId(),
            since,
            end,
            OptionalLong.empty());
      }
      case Departure.Longer longer -> {
        long least = longer.leastNanos();
        Told told =
            told(
                service,
                course,
                since,
                version,
                new Inside.Box(since, end, least, Long.MAX_VALUE),
                least);
        yield new Finding(
            service,
            Away.Kind.DURATION,
            since,
            isFromBefore(course),
            course.days(),
            longer.quantile(),
            longer.from(),
            longer.to(),
            blame.of(service).orElse(new Away.Cause.Itself()),
            told.attribute,
            now.durations().above(longer.bucket()),
            touched(service) + touched(waiting),
            explains(waiting),
            version,
            silence(service, since),
            lines(told, calls -> calls.quantile(longer.quantile()).orElse(Double.NaN)),
            told.requests.traceId(),
            since,
            end,
            OptionalLong.of(least));
      }
    };
  }

  /// Whether it was so in all columns: then only the same hours of another day were otherwise.
  private static boolean isFromBefore(Course<?> course) {
    return course.days() > 0 && course.since() <= 1;
  }

  private Finding gone(String service, Assessment assessment, List<String> waiting) {
    int column = assessment.goneColumn();
    int first = assessment.series().first();
    double rate =
        assessment.series().sum(first, column).calls() / land.timeline().seconds(column - first);
    return fewer(service, Away.Kind.GONE, column, rate, 0, waiting);
  }

  /// Requests that do not come, or not as many.
  private Finding fewer(
      String service, Away.Kind what, int column, double from, double to, List<String> waiting) {
    long since = land.timeline().nanos(column);
    return new Finding(
        service,
        what,
        since,
        false,
        0,
        0,
        from,
        to,
        new Away.Cause.Itself(),
        Optional.empty(),
        0,
        touched(service) + touched(waiting),
        explains(waiting),
        version(service, since),
        silence(service, since),
        calls(service),
        "",
        since,
        land.grid().endNanos(),
        OptionalLong.empty());
  }

  /// All calls a second.
  private Finding.Lines calls(String service) {
    Grid grid = land.grid();
    Calls[] groups = land.inRange(land.service(service)).grouped(grid.units());
    var rates = new double[groups.length];
    for (int i = 0; i < groups.length; i++) {
      rates[i] = groups[i].calls() / (grid.stepNanos() / 1e9);
    }
    return new Finding.Lines(grid.startNanos(), grid.stepNanos(), rates, new double[0]);
  }

  /// An instance of the service or of one that it calls that fell silent at that time.
  private Optional<Silence> silence(String service, long since) {
    return land.silences().stream()
        .filter(each -> Math.abs(each.sinceNanos() - since) <= CALM_NANOS)
        .filter(
            each ->
                each.service().equals(service)
                    || land.edges().containsKey(new Landscape.Edge(service, each.service())))
        .findFirst();
  }

  /// What the requests of the service say.
  private record Told(
      Optional<Ranking.Row> attribute, Evidence.Told requests, long fromNanos, long stepNanos) {}

  private Told told(
      String service,
      Course<? extends Departure> course,
      long since,
      Optional<Finding.NewVersion> version,
      Inside inside,
      long leastNanos) {
    Timeline timeline = land.timeline();
    long end = land.grid().endNanos();
    int first = course.normal().isEmpty() ? course.since() : course.normal().getFirst().from();
    long from = timeline.nanos(first);
    if (version.isPresent() && since - version.get().atNanos() >= CALM_NANOS) {
      from = Math.max(from, version.get().atNanos());
    }
    Optional<Ranking.Row> attribute =
        evidence.attribute(context, land.cost(), service, from, end, inside);
    long chart = Math.max(timeline.nanos(first), land.grid().startNanos());
    chart = Math.min(chart, since);
    long step =
        Math.ceilDiv(Math.ceilDiv(end - chart, POINTS), LEAST_STEP_NANOS) * LEAST_STEP_NANOS;
    int columns = (int) Math.ceilDiv(end - chart, step);
    chart = end - columns * step;
    return new Told(
        attribute,
        evidence.tell(
            context, land.cost(), service, attribute, chart, step, columns, since, leastNanos),
        chart,
        step);
  }

  private static Finding.Lines lines(Told told, java.util.function.ToDoubleFunction<Calls> value) {
    Calls[] lit = told.requests.lit();
    Calls[] rest = told.requests.rest();
    var litLine = new double[lit.length];
    var restLine = new double[rest.length];
    for (int i = 0; i < lit.length; i++) {
      litLine[i] = value.applyAsDouble(lit[i]);
      restLine[i] = value.applyAsDouble(rest[i]);
    }
    return new Finding.Lines(told.fromNanos, told.stepNanos, litLine, restLine);
  }

  private Optional<Finding.Explains> explains(List<String> waiting) {
    double all = touched(waiting);
    if (waiting.isEmpty() || all == 0) {
      return Optional.empty();
    }
    double explained =
        waiting.stream().mapToDouble(each -> touched(each) * blame.share(each)).sum();
    List<String> services =
        waiting.stream().sorted(Comparator.comparingInt(each -> blame.chain(each).size())).toList();
    return Optional.of(new Finding.Explains(explained / all, services));
  }

  private Optional<Finding.NewVersion> version(String service, long since) {
    Versions versions =
        Versions.of(land.activity().instances(service), land.activity().fromNanos());
    Optional<Finding.NewVersion> found = Optional.empty();
    for (int i = 1; i < versions.all().size(); i++) {
      Versions.Version version = versions.all().get(i);
      long at = version.sinceNanos().orElse(Long.MIN_VALUE);
      if (at >= since - VERSION_NANOS && at <= since + 2 * LEAST_STEP_NANOS) {
        found =
            Optional.of(
                new Finding.NewVersion(versions.all().get(i - 1).version(), version.version(), at));
      }
    }
    return found;
  }
}
