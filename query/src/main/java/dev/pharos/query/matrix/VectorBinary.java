package dev.pharos.query.matrix;

import dev.pharos.model.Labels;
import dev.pharos.query.matrix.VectorMatching.Cardinality;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Arithmetic and comparison between two vectors whose series meet one to one or many to one.
///
/// Matching is a matter of each point: two series of one side with the same signature are an error only where both
/// have a point.
public final class VectorBinary {
  /// What the operation is.
  ///
  /// @param bool whether a comparison yields 0 or 1
  /// @param fillLeft stands for a missing left point, or one of the many side with `group_right` (as in Prometheus)
  /// @param fillRight stands for a missing right point, or one of the one side with `group_right`
  /// @param dropNow whether the name goes at once, rather than at the end of the query
  public record Operation(
      BinaryOp op,
      boolean bool,
      VectorMatching matching,
      OptionalDouble fillLeft,
      OptionalDouble fillRight,
      boolean dropNow) {}

  /// The series of both sides that share a signature.
  private static final class Meeting {
    private final Labels signature;
    private final List<StepSeries> many = new ArrayList<>();
    private final List<StepSeries> one = new ArrayList<>();

    private Meeting(Labels signature) {
      this.signature = signature;
    }
  }

  private final Operation operation;
  private final int steps;
  private final PointBinary point;
  private final boolean swapped;
  private final Grouping match;
  private final Map<Labels, StepSeries> results = new LinkedHashMap<>();
  private boolean[] manyPresent = new boolean[0];
  private boolean[] onePresent = new boolean[0];

  private VectorBinary(Operation operation, int steps, Notes notes) {
    this.operation = operation;
    this.steps = steps;
    this.point = new PointBinary(operation.op(), operation.bool(), notes);
    this.swapped = operation.matching().cardinality() == Cardinality.ONE_TO_MANY;
    this.match = Grouping.of(operation.matching());
  }

  /// The combination of two vectors on a grid of `steps` points.
  ///
  /// @throws MatchException when they do not match, on the first pull
  public static SeriesOperator of(
      Operation operation, SeriesOperator left, SeriesOperator right, int steps, Notes notes) {
    return SeriesOperator.deferred(
        () -> new VectorBinary(operation, steps, notes).run(left.drain(), right.drain()));
  }

  private List<StepSeries> run(List<StepSeries> left, List<StepSeries> right) {
    List<StepSeries> many = swapped ? right : left;
    List<StepSeries> one = swapped ? left : right;
    boolean fill = operation.fillLeft().isPresent() || operation.fillRight().isPresent();
    if (!fill && (many.isEmpty() || one.isEmpty())) {
      return List.of();
    }
    manyPresent = presence(many);
    onePresent = presence(one);
    Map<Labels, Meeting> meetings = new LinkedHashMap<>();
    for (StepSeries series : many) {
      meetings.computeIfAbsent(match.apply(series.labels()), Meeting::new).many.add(series);
    }
    for (StepSeries series : one) {
      meetings.computeIfAbsent(match.apply(series.labels()), Meeting::new).one.add(series);
    }
    meetings.values().forEach(this::combine);
    List<StepSeries> kept = new ArrayList<>(results.size());
    for (StepSeries series : results.values()) {
      if (!series.isEmpty()) {
        kept.add(series);
      }
    }
    return kept;
  }

  private boolean[] presence(List<StepSeries> side) {
    boolean[] present = new boolean[steps];
    for (StepSeries series : side) {
      for (int i = 0; i < steps; i++) {
        present[i] = present[i] || series.has(i);
      }
    }
    return present;
  }

  private void combine(Meeting meeting) {
    checkOneSide(meeting);
    boolean oneToOne = operation.matching().cardinality() == Cardinality.ONE_TO_ONE;
    boolean[] taken = new boolean[oneToOne ? steps : 0];
    Map<Labels, boolean[]> inserted = new HashMap<>();
    OptionalDouble fillOne = operation.fillRight();
    for (StepSeries many : meeting.many) {
      for (StepSeries one : meeting.one) {
        pair(many, one, taken, inserted);
      }
      if (fillOne.isPresent()) {
        StepSeries filler = filler(meeting.signature, meeting.one, fillOne.getAsDouble());
        pair(many, filler, taken, inserted);
      }
    }
    OptionalDouble fillMany = operation.fillLeft();
    if (fillMany.isPresent()) {
      StepSeries filler = filler(meeting.signature, meeting.many, fillMany.getAsDouble());
      for (StepSeries one : meeting.one) {
        pair(filler, one, taken, inserted);
      }
    }
  }

  /// A series of the signature that has `value` wherever `side` has no point.
  private StepSeries filler(Labels signature, List<StepSeries> side, double value) {
    StepSeries filler = StepSeries.empty(signature, steps);
    for (int i = 0; i < steps; i++) {
      boolean present = false;
      for (StepSeries series : side) {
        present |= series.has(i);
      }
      if (!present) {
        filler.setFloat(i, value);
      }
    }
    return filler;
  }

  private void checkOneSide(Meeting meeting) {
    if (meeting.one.size() < 2) {
      return;
    }
    boolean fill = operation.fillLeft().isPresent() || operation.fillRight().isPresent();
    @Nullable StepSeries[] holder = new StepSeries[steps];
    for (StepSeries series : meeting.one) {
      for (int i = 0; i < steps; i++) {
        if (!series.has(i) || (!fill && !manyPresent[i])) {
          continue;
        }
        StepSeries other = holder[i];
        if (other != null) {
          throw duplicates(series.labels(), other.labels());
        }
        holder[i] = series;
      }
    }
  }

  private MatchException duplicates(Labels a, Labels b) {
    boolean ordered = a.compareTo(b) <= 0;
    return new MatchException(
        "found duplicate series for the match group "
            + text(match.apply(a))
            + " on the "
            + (swapped ? "left" : "right")
            + " hand-side of the operation: ["
            + text(ordered ? a : b)
            + ", "
            + text(ordered ? b : a)
            + "];many-to-many matching not allowed: matching labels must be unique on one side");
  }

  /// Label sets in messages: every label in braces, the name included.
  static String text(Labels labels) {
    StringBuilder out = new StringBuilder("{");
    labels.forEach(
        (name, value) -> {
          out.append(out.length() == 1 ? "" : ", ").append(name).append("=\"");
          out.append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
              .append('"');
        });
    return out.append('}').toString();
  }

  private void pair(
      StepSeries many, StepSeries one, boolean[] taken, Map<Labels, boolean[]> inserted) {
    StepSeries result = null;
    boolean[] used = taken;
    for (int i = 0; i < steps; i++) {
      if (!many.has(i) || !one.has(i)) {
        continue;
      }
      if (taken.length > 0) {
        // Even a comparison that drops the pair shows that there is more than one.
        if (taken[i]) {
          throw new MatchException(
              "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)");
        }
        taken[i] = true;
      }
      if (!compute(many, one, i)) {
        continue;
      }
      if (result == null) {
        Labels labels = resultLabels(many.labels(), one.labels());
        boolean drop = many.dropName() || (dropsName() && !operation.dropNow());
        result =
            results.computeIfAbsent(labels, key -> StepSeries.empty(key, steps).with(key, drop));
        if (taken.length == 0) {
          used = inserted.computeIfAbsent(labels, key -> new boolean[steps]);
        }
      }
      if (taken.length == 0) {
        if (used[i]) {
          throw new MatchException(
              "multiple matches for labels: grouping labels must ensure unique matches");
        }
        used[i] = true;
      }
      if (result.has(i)) {
        throw new MatchException("vector cannot contain metrics with the same labelset");
      }
      FloatHistogram histogram = point.histogram();
      if (histogram == null) {
        result.setFloat(i, point.number());
      } else {
        result.setHistogram(i, histogram);
      }
    }
  }

  private boolean compute(StepSeries many, StepSeries one, int i) {
    StepSeries left = swapped ? one : many;
    StepSeries right = swapped ? many : one;
    return point.apply(left.values()[i], left.histogram(i), right.values()[i], right.histogram(i));
  }

  private boolean dropsName() {
    return operation.bool() || operation.op().changesMeaning();
  }

  private Labels resultLabels(Labels many, Labels one) {
    VectorMatching matching = operation.matching();
    Labels labels = dropsName() && operation.dropNow() ? Grouping.withoutName(many) : many;
    if (matching.cardinality() == Cardinality.ONE_TO_ONE) {
      labels =
          new Grouping(matching.on(), Set.copyOf(new HashSet<>(matching.labels()))).apply(labels);
    }
    if (matching.include().isEmpty()) {
      return labels;
    }
    Labels.Builder builder = labels.toBuilder();
    for (String name : matching.include()) {
      builder.set(name, one.get(name));
    }
    return builder.build();
  }
}
