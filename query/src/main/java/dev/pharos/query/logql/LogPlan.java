package dev.pharos.query.logql;

import dev.pharos.model.Labels;
import dev.pharos.query.logql.syntax.Matcher;
import dev.pharos.query.logql.syntax.Stage;
import dev.pharos.query.regex.Regex;
import dev.pharos.store.read.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How the lines of a selector and its stages are found: which streams, by which conditions blocks are left out, and
/// what is done with each line. Immutable; any thread.
final class LogPlan {
  private interface StreamTest {
    boolean matches(Labels stream);
  }

  private final List<StreamTest> tests = new ArrayList<>();
  private final List<Condition> conditions;
  private final List<Stage> stages;
  private final Optional<Set<String>> needed;
  private final byte[] needle;
  private final Optional<FieldNeedle> field;
  private final Optional<List<String>> result;
  private final boolean onlyParsesAndFilters;

  /// A plan whose lines are shown with all their labels.
  LogPlan(List<Matcher> matchers, List<Stage> stages) {
    this(matchers, stages, Optional.empty());
  }

  /// @param result the labels that the result asks for; empty if all
  /// @throws dev.pharos.query.QueryException for a stage that cannot run yet
  LogPlan(List<Matcher> matchers, List<Stage> stages, Optional<List<String>> result) {
    for (Matcher matcher : matchers) {
      tests.add(test(matcher));
    }
    this.stages = stages;
    this.needed = result.flatMap(labels -> NeededLabels.of(stages, labels));
    this.conditions = Pushdown.conditions(matchers, stages);
    this.needle = needle(conditions);
    this.field = field(stages);
    this.result = result;
    this.onlyParsesAndFilters = onlyParsesAndFilters(stages);
    var unused = steps(0, stages.size());
  }

  private static StreamTest test(Matcher matcher) {
    boolean negative = matcher.op().isNegative();
    if (matcher.op().isRegex()) {
      Regex regex = Regex.anchored(matcher.value(), false);
      return stream -> regex.matches(stream.get(matcher.name())) != negative;
    }
    return stream -> stream.get(matcher.name()).equals(matcher.value()) != negative;
  }

  boolean selects(Labels stream) {
    for (StreamTest test : tests) {
      if (!test.matches(stream)) {
        return false;
      }
    }
    return true;
  }

  boolean isWithoutStages() {
    return stages.isEmpty();
  }

  List<Condition> conditions() {
    return conditions;
  }

  /// The longest text that all wanted lines contain, if their body is a text; empty if none is known.
  byte[] needle() {
    return needle;
  }

  /// What all wanted lines have in a field, if they are parsed and have it in no label before.
  Optional<FieldNeedle> field() {
    return field;
  }

  private static Optional<FieldNeedle> field(List<Stage> stages) {
    for (int i = 0; i < stages.size(); i++) {
      if (isParser(stages.get(i))) {
        return FieldNeedle.of(stages.subList(i + 1, stages.size()));
      }
      boolean keepsText =
          stages.get(i) instanceof Stage.LineFilter || stages.get(i) instanceof Stage.LabelFilter;
      if (!keepsText) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static boolean isParser(Stage stage) {
    return stage instanceof Stage.Json || stage instanceof Stage.Logfmt;
  }

  private static byte[] needle(List<Condition> conditions) {
    byte[] longest = {};
    for (Condition condition : conditions) {
      if (condition instanceof Condition.BodyContains(List<byte[]> needles)) {
        for (byte[] each : needles) {
          longest = each.length > longest.length ? each : longest;
        }
      }
    }
    return longest;
  }

  /// The stages up to the last that can drop a line, compiled for one thread.
  Step[] filters() {
    int last = stages.size() - 1;
    while (last >= 0 && !canDrop(stages.get(last))) {
      last--;
    }
    return steps(0, last + 1);
  }

  /// Whether a line that all stages let through without an error has each label that the result asks for already, so
  /// that parsing it again would tell nothing new: what it has of its own wins over what is read from its text.
  boolean tellsWithoutParsing(Line line) {
    if (!onlyParsesAndFilters || result.isEmpty()) {
      return false;
    }
    for (String label : result.get()) {
      if (label.startsWith("__") || label.endsWith("_extracted") || line.own(label).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /// Whether no stage takes labels away or makes other ones, and the last one is a filter.
  private static boolean onlyParsesAndFilters(List<Stage> stages) {
    for (Stage stage : stages) {
      if (!isParser(stage) && !canDrop(stage)) {
        return false;
      }
    }
    return !stages.isEmpty() && canDrop(stages.getLast());
  }

  /// What a line that [#filters] let through still has to go through to have its labels, compiled for one thread: all
  /// stages but the first ones that only look at the text.
  Step[] labelling() {
    int first = 0;
    while (first < stages.size() && stages.get(first) instanceof Stage.LineFilter) {
      first++;
    }
    return steps(first, stages.size());
  }

  private static boolean canDrop(Stage stage) {
    return switch (stage) {
      case Stage.LineFilter s -> true;
      case Stage.LabelFilter s -> true;
      case Stage.Json s -> false;
      case Stage.Logfmt s -> false;
      case Stage.Regexp s -> false;
      case Stage.Pattern s -> false;
      case Stage.Unpack s -> false;
      case Stage.LineFormat s -> false;
      case Stage.LabelFormat s -> false;
      case Stage.Drop s -> false;
      case Stage.Keep s -> false;
      case Stage.Decolorize s -> false;
    };
  }

  private Step[] steps(int from, int to) {
    var steps = new ArrayList<Step>();
    for (int i = from; i < to; i++) {
      if (isParser(stages.get(i))) {
        FieldNeedle.of(stages.subList(i + 1, stages.size())).ifPresent(steps::add);
      }
      steps.add(Steps.compile(stages.get(i), needed));
    }
    return steps.toArray(Step[]::new);
  }

  /// Whether all steps keep the line.
  static boolean passes(Step[] steps, Line line) {
    for (Step step : steps) {
      if (!step.apply(line)) {
        return false;
      }
    }
    return true;
  }
}
