package dev.pharos.insight;

import dev.pharos.insight.change.Rates;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Services that get far fewer requests than before, although those who call them have as much to do as ever.
///
/// Of a service that others call, less than half of what its callers' own requests would bring is a fall; of one
/// that nobody calls who is known, a twentieth, since what people ask for is theirs to choose. Where an instance
/// fell silent at that time, half of its part is enough. None is told of a service that departs otherwise, or
/// whose callers depart or fall themselves: then that is what is wrong. Nor is one that was as low at this time
/// yesterday. One thread.
final class Falls {
  private static final double CALLED = 0.5;
  private static final double ENTRY = 0.05;

  /// Of the share of a silent instance, what must be missing.
  private static final double SILENT = 0.5;

  /// What callers must still have to do.
  private static final double STEADY = 0.8;

  /// Part of a service's calls that makes one a caller of it.
  private static final double LEAST_PART = 0.1;

  /// Beside yesterday, what is as low.
  private static final double ALIKE = 1.5;

  private static final long NEAR_NANOS = 60_000_000_000L;
  private static final double MOST_SCORE = 6;

  private final Landscape land;
  private final Map<String, Fall> falls = new HashMap<>();

  /// @param from calls a second
  /// @param silence of an instance at that time
  /// @param missing requests that did not come
  record Fall(int sinceColumn, double from, double to, Optional<Silence> silence, double missing) {
    Away away(Timeline timeline) {
      return new Away(
          Math.min(MOST_SCORE, Math.log(from / Math.max(to, from / 64)) / Math.log(2)),
          Set.of(Away.Kind.RATE),
          OptionalLong.of(timeline.nanos(sinceColumn)),
          Optional.of(new Away.Cause.Itself()));
    }
  }

  Falls(Landscape land) {
    this.land = land;
    land.assessments()
        .forEach(
            (name, assessment) -> {
              if (!assessment.isAway()) {
                fall(name, assessment).ifPresent(fall -> falls.put(name, fall));
              }
            });
  }

  Optional<Fall> of(String service) {
    return Optional.ofNullable(falls.get(service));
  }

  /// By service.
  Map<String, Fall> all() {
    return falls;
  }

  private Optional<Fall> fall(String name, Assessment assessment) {
    Optional<Silence> silence = Optional.empty();
    double limit = CALLED;
    // Whoever is called by nobody has a lower one, which is asked for once its callers are known.
    Optional<Rates.Step> step = assessment.rates().fall(1);
    if (step.isPresent()) {
      long since = land.timeline().nanos(step.get().after().from());
      silence = silence(name, since);
      limit = silence.map(each -> 1 - SILENT * each.share()).orElse(CALLED);
    }
    if (step.isEmpty() || step.get().ratio() >= limit || wasAlike(name, step.get())) {
      return Optional.empty();
    }
    return matters(name, step.get(), limit, silence.isPresent())
        ? Optional.of(fall(step.get(), silence))
        : Optional.empty();
  }

  private Fall fall(Rates.Step step, Optional<Silence> silence) {
    double unit = land.timeline().seconds(1);
    int columns = step.after().to() - step.after().from();
    return new Fall(
        step.after().from(),
        step.before().perColumn() / unit,
        step.after().perColumn() / unit,
        silence,
        (step.before().perColumn() - step.after().perColumn()) * columns);
  }

  private boolean matters(String name, Rates.Step step, double limit, boolean silent) {
    List<String> callers = callers(name, step.before());
    if (callers.isEmpty()) {
      return step.ratio() < (silent ? limit : ENTRY);
    }
    double before = 0;
    double now = 0;
    for (String caller : callers) {
      if (land.assessment(caller).isAway()) {
        return false;
      }
      Series series = land.service(caller);
      before += perColumn(series, step.before());
      now += perColumn(series, step.after());
    }
    return now >= STEADY * before && step.ratio() < limit * Math.min(1, now / before);
  }

  private static double perColumn(Series series, Rates.Level level) {
    return (double) series.sum(level.from(), level.to()).calls() / (level.to() - level.from());
  }

  /// Services with requests of their own that made a good part of its calls.
  private List<String> callers(String name, Rates.Level level) {
    return land.edges().entrySet().stream()
        .filter(edge -> edge.getKey().server().equals(name))
        .filter(edge -> !edge.getKey().client().equals(name))
        .filter(edge -> perColumn(edge.getValue(), level) >= LEAST_PART * level.perColumn())
        .map(edge -> edge.getKey().client())
        .filter(caller -> perColumn(land.service(caller), level) > 0)
        .toList();
  }

  private Optional<Silence> silence(String service, long since) {
    return land.silences().stream()
        .filter(each -> each.service().equals(service))
        .filter(each -> Math.abs(each.sinceNanos() - since) <= NEAR_NANOS)
        .findFirst();
  }

  private boolean wasAlike(String name, Rates.Step step) {
    Timeline timeline = land.timeline();
    long from = timeline.nanos(step.after().from());
    long to = timeline.nanos(step.after().to());
    for (Earlier day : land.days(land.past(name))) {
      double calls = day.sum(from, to).calls() * (to - from) / (double) day.widthNanos(from, to);
      if (calls > 0 && calls <= ALIKE * step.after().calls()) {
        return true;
      }
    }
    return false;
  }
}
