package dev.pharos.query.promql;

import dev.pharos.model.Labels;
import dev.pharos.query.matrix.Grouping;
import dev.pharos.query.matrix.SeriesOperator;
import dev.pharos.query.matrix.StepGrid;
import dev.pharos.query.matrix.StepSeries;
import dev.pharos.store.read.Matcher;
import dev.pharos.store.read.Samples;
import dev.pharos.store.read.Series;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// `info(v, {selector})`: adds to each series the labels of the info series that has the same `job` and `instance`.
///
/// Without a matcher on the name the info metric is `target_info`. Of several info series of one name that overlap the
/// one with the newest sample counts. A series that is an info series itself stays as it is.
final class InfoOperator {
  private static final Set<String> IDENTIFYING = Set.of("instance", "job");
  private static final Grouping IDENTITY = new Grouping(true, IDENTIFYING);
  private static final long NO_SAMPLE = Long.MIN_VALUE;

  /// An info series: when its sample at each step was taken.
  private record Info(Labels labels, long[] millis) {}

  private final Evaluation run;
  private final StepGrid grid;
  private final TimeShift shift;
  private final List<Matcher> names = new ArrayList<>();
  private final List<Matcher> data = new ArrayList<>();

  /// @param shift where the base series are read, and therefore the info series
  InfoOperator(Evaluation run, StepGrid grid, TimeShift shift, List<LabelMatch> selector) {
    this.run = run;
    this.grid = grid;
    this.shift = shift;
    for (Matcher matcher : Matchers.compile(selector)) {
      (matcher.name().equals(Labels.NAME) ? names : data).add(matcher);
    }
    boolean positive =
        names.stream()
            .anyMatch(m -> m.kind() == Matcher.Kind.EQUAL || m.kind() == Matcher.Kind.REGEX);
    if (names.isEmpty()) {
      names.add(Matcher.equal(Labels.NAME, "target_info"));
    } else if (!positive) {
      names.addAll(
          Matchers.compile(List.of(new LabelMatch(Labels.NAME, LabelMatch.Op.REGEX, ".+_info"))));
    }
  }

  SeriesOperator of(SeriesOperator base) {
    return SeriesOperator.deferred(() -> enrich(base.drain()));
  }

  private List<StepSeries> enrich(List<StepSeries> base) {
    Map<Labels, List<Info>> infos = new HashMap<>();
    if (base.stream().anyMatch(series -> !isInfo(series))) {
      select()
          .forEach(
              i -> infos.computeIfAbsent(IDENTITY.apply(i.labels), k -> new ArrayList<>()).add(i));
    }
    List<StepSeries> results = new ArrayList<>();
    for (StepSeries series : base) {
      if (isInfo(series)) {
        results.add(series);
      } else {
        enrich(series, infos.getOrDefault(IDENTITY.apply(series.labels()), List.of()), results);
      }
    }
    return Merge.merge(results);
  }

  private boolean isInfo(StepSeries series) {
    String name = series.labels().get(Labels.NAME);
    return names.stream().allMatch(m -> m.matches(name));
  }

  private List<Info> select() {
    List<Matcher> matchers = new ArrayList<>(names);
    matchers.addAll(data);
    long lookback = run.options().lookbackMillis();
    List<Info> infos = new ArrayList<>();
    for (Series series :
        run.reader()
            .select(run.tenant(), matchers, shift.first(grid) - lookback + 1, shift.last(grid))) {
      infos.add(read(series.labels(), SampleColumn.withMarkers(series.samples()), lookback));
    }
    return infos;
  }

  private Info read(Labels labels, SampleColumn samples, long lookback) {
    long[] millis = new long[grid.count()];
    int newest = -1;
    for (int i = 0; i < millis.length; i++) {
      long time = shift.reference(grid, i);
      while (newest + 1 < samples.count() && samples.millis()[newest + 1] <= time) {
        newest++;
      }
      boolean none =
          newest < 0
              || samples.millis()[newest] <= time - lookback
              || Samples.isStale(samples.values()[newest]);
      if (!none && samples.isHistogram(newest)) {
        throw Evaluation.failure("this should be an info metric, with float samples: " + labels);
      }
      millis[i] = none ? NO_SAMPLE : samples.millis()[newest];
    }
    return new Info(labels, millis);
  }

  private void enrich(StepSeries series, List<Info> infos, List<StepSeries> results) {
    boolean needed = data.stream().anyMatch(m -> !m.matchesEmpty());
    Map<Labels, StepSeries> byLabels = new LinkedHashMap<>();
    for (int i = 0; i < grid.count(); i++) {
      if (!series.has(i)) {
        continue;
      }
      Optional<Labels> labels = labels(series.labels(), infos, i);
      if (labels.isEmpty() && needed) {
        continue;
      }
      StepSeries result =
          byLabels.computeIfAbsent(
              labels.orElse(series.labels()),
              key -> StepSeries.empty(key, grid.count()).with(key, series.dropName()));
      result.copyPoint(i, series, i);
    }
    results.addAll(byLabels.values());
  }

  /// The labels with those of the info series at a step; empty if there is none.
  private Optional<Labels> labels(Labels base, List<Info> infos, int step) {
    Map<String, Info> byName = new TreeMap<>();
    for (Info info : infos) {
      if (info.millis[step] == NO_SAMPLE) {
        continue;
      }
      Info other = byName.get(info.labels.get(Labels.NAME));
      if (other != null && other.millis[step] == info.millis[step]) {
        throw Evaluation.failure(
            "found duplicate series for info metric: existing "
                + other.labels
                + " @ "
                + other.millis[step]
                + ", new "
                + info.labels
                + " @ "
                + info.millis[step]);
      }
      if (other == null || other.millis[step] < info.millis[step]) {
        byName.put(info.labels.get(Labels.NAME), info);
      }
    }
    if (byName.isEmpty()) {
      return Optional.empty();
    }
    Set<String> wanted = new HashSet<>();
    data.forEach(m -> wanted.add(m.name()));
    Map<String, String> added = new HashMap<>();
    for (Info info : byName.values()) {
      info.labels.forEach(
          (name, value) -> {
            boolean skipped =
                name.equals(Labels.NAME)
                    || IDENTIFYING.contains(name)
                    || (!wanted.isEmpty() && !wanted.contains(name))
                    || !base.get(name).isEmpty();
            String before = skipped ? null : added.put(name, value);
            if (before != null && !before.equals(value)) {
              throw Evaluation.failure("conflicting label: " + name);
            }
          });
    }
    Labels.Builder labels = base.toBuilder();
    added.forEach(labels::set);
    return Optional.of(labels.build());
  }

  /// Where the first selector in an expression reads, subqueries around it included.
  static TimeShift shiftOf(Evaluation run, Expr expr) {
    return find(run, expr, new TimeShift(java.util.OptionalLong.empty(), 0))
        .orElse(new TimeShift(java.util.OptionalLong.empty(), 0));
  }

  private static Optional<TimeShift> find(Evaluation run, Expr expr, TimeShift outer) {
    return switch (expr) {
      case Expr.VectorSelector v -> Optional.of(outer.then(run.shift(v.at(), v.offset())));
      case Expr.MatrixSelector m -> find(run, m.selector(), outer);
      case Expr.Subquery s -> find(run, s.inner(), outer.then(run.shift(s.at(), s.offset())));
      case Expr.Paren p -> find(run, p.inner(), outer);
      case Expr.Unary u -> find(run, u.operand(), outer);
      case Expr.Aggregate a -> find(run, a.operand(), outer);
      case Expr.Binary b -> find(run, b.left(), outer).or(() -> find(run, b.right(), outer));
      case Expr.Call c -> c.args().stream().flatMap(a -> find(run, a, outer).stream()).findFirst();
      case Expr.NumberLiteral n -> Optional.empty();
      case Expr.StringLiteral s -> Optional.empty();
    };
  }
}
