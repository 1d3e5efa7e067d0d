package dev.pharos.insight;

import dev.pharos.insight.change.Course;
import dev.pharos.insight.change.Departure;
import dev.pharos.insight.change.Rates;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// What changed in a range: versions that came, services that came or went, instances that went, and steps of errors,
/// durations and rates, for better and for worse.
final class Changes {
  private static final int MOST = 50;

  /// Since the first data of anyone: what comes later is new.
  private static final long NEW_NANOS = 60_000_000_000L;

  private final Landscape land;
  private final List<Change> found = new ArrayList<>();

  private Changes(Landscape land) {
    this.land = land;
  }

  /// The newest first, at most fifty.
  static List<Change> of(Landscape land, Optional<String> only) {
    var changes = new Changes(land);
    land.assessments()
        .forEach(
            (name, assessment) -> {
              if (only.isEmpty() || only.get().equals(name)) {
                changes.add(name, assessment);
              }
            });
    land.silences().stream()
        .filter(silence -> only.isEmpty() || only.get().equals(silence.service()))
        .map(Change::ofSilence)
        .forEach(changes.found::add);
    changes.found.removeIf(change -> change.atNanos() < land.grid().startNanos());
    changes.found.sort(Comparator.comparingLong(Change::atNanos).reversed());
    return List.copyOf(changes.found.subList(0, Math.min(MOST, changes.found.size())));
  }

  private void add(String name, Assessment assessment) {
    Versions versions = Versions.of(land.activity().instances(name), land.activity().fromNanos());
    for (int i = 1; i < versions.all().size(); i++) {
      Versions.Version version = versions.all().get(i);
      String from = versions.all().get(i - 1).version();
      version
          .sinceNanos()
          .ifPresent(
              at ->
                  found.add(
                      Change.ofVersion(at, name, from, version.version(), version.instances())));
    }
    assessment
        .errors()
        .ifPresent(
            course ->
                steps(
                    name,
                    course,
                    Departure.Errors::between,
                    Change.Kind.ERRORS,
                    Departure.Errors::from,
                    Departure.Errors::to));
    assessment
        .durations()
        .ifPresent(
            course ->
                steps(
                    name,
                    course,
                    Departure.Longer::between,
                    Change.Kind.DURATION,
                    Departure.Longer::from,
                    Departure.Longer::to));
    for (Rates.Step step : assessment.rates().steps()) {
      Timeline timeline = land.timeline();
      double seconds = timeline.seconds(1);
      found.add(
          Change.ofNumber(
              timeline.nanos(step.after().from()),
              Change.Kind.RATE,
              name,
              step.before().perColumn() / seconds,
              step.after().perColumn() / seconds));
    }
    presence(name, assessment);
  }

  private <D extends Departure> void steps(
      String name,
      Course<D> course,
      BiFunction<Calls, Calls, Optional<D>> between,
      Change.Kind kind,
      java.util.function.ToDoubleFunction<D> from,
      java.util.function.ToDoubleFunction<D> to) {
    for (int i = 1; i < course.stretches().size(); i++) {
      Course.Stretch before = course.stretches().get(i - 1);
      Course.Stretch after = course.stretches().get(i);
      long at = land.timeline().nanos(after.from());
      between
          .apply(before.calls(), after.calls())
          .ifPresent(
              worse ->
                  found.add(
                      Change.ofNumber(
                          at, kind, name, from.applyAsDouble(worse), to.applyAsDouble(worse))));
      between
          .apply(after.calls(), before.calls())
          .ifPresent(
              better ->
                  found.add(
                      Change.ofNumber(
                          at, kind, name, to.applyAsDouble(better), from.applyAsDouble(better))));
    }
  }

  private void presence(String name, Assessment assessment) {
    Timeline timeline = land.timeline();
    int first = assessment.series().first();
    int firstOfAll = land.services().values().stream().mapToInt(Series::first).min().orElse(0);
    if (first < timeline.dataColumns()
        && (first - firstOfAll) * timeline.unitNanos() >= NEW_NANOS) {
      double rate =
          assessment.series().sum(first, timeline.dataColumns()).calls()
              / timeline.seconds(timeline.dataColumns() - first);
      found.add(Change.ofNumber(timeline.nanos(first), Change.Kind.NEW, name, 0, rate));
    }
    if (assessment.isGone()) {
      int gone = assessment.goneColumn();
      double rate = assessment.series().sum(first, gone).calls() / timeline.seconds(gone - first);
      found.add(Change.ofNumber(timeline.nanos(gone), Change.Kind.GONE, name, rate, 0));
    }
  }
}
