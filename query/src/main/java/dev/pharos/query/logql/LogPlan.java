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
/// what is done with each line. Immutable; any thread. [#steps] makes a pipeline for one thread.
final class LogPlan {
  private interface StreamTest {
    boolean matches(Labels stream);
  }

  private final List<StreamTest> tests = new ArrayList<>();
  private final List<Condition> conditions;
  private final List<Stage> stages;
  private final Optional<Set<String>> needed;

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
    var unused = steps();
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

  List<Condition> conditions() {
    return conditions;
  }

  /// Compiled stages, for use by one thread.
  Step[] steps() {
    var steps = new ArrayList<Step>();
    for (int i = 0; i < stages.size(); i++) {
      if (stages.get(i) instanceof Stage.Json || stages.get(i) instanceof Stage.Logfmt) {
        FieldNeedle.of(stages.subList(i + 1, stages.size())).ifPresent(steps::add);
      }
      steps.add(Steps.compile(stages.get(i), needed));
    }
    return steps.toArray(Step[]::new);
  }
}
