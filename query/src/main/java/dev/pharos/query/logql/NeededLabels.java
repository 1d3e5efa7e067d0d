package dev.pharos.query.logql;

import dev.pharos.query.logql.syntax.LabelCondition;
import dev.pharos.query.logql.syntax.Stage;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which labels a pipeline and its result ask for, so that a parser need not make the others. Stateless.
final class NeededLabels {
  private NeededLabels() {}

  /// The labels, or empty where a stage may ask for any.
  static Optional<Set<String>> of(List<Stage> stages, List<String> result) {
    var needed = new HashSet<String>(result);
    for (Stage stage : stages) {
      switch (stage) {
        case Stage.LineFilter s -> {}
        case Stage.Json s -> {}
        case Stage.Logfmt s -> {}
        case Stage.Decolorize s -> {}
        case Stage.LabelFilter s -> add(s.condition(), needed);
        case Stage.Drop s -> s.targets().forEach(target -> add(target, needed));
        case Stage.Keep s -> s.targets().forEach(target -> add(target, needed));
        case Stage.Regexp s -> {
          return Optional.empty();
        }
        case Stage.Pattern s -> {
          return Optional.empty();
        }
        case Stage.Unpack s -> {
          return Optional.empty();
        }
        case Stage.LineFormat s -> {
          return Optional.empty();
        }
        case Stage.LabelFormat s -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(needed);
  }

  private static void add(Stage.Target target, Set<String> needed) {
    needed.add(
        switch (target) {
          case Stage.Target.Name t -> t.label();
          case Stage.Target.Matching t -> t.matcher().name();
        });
  }

  private static void add(LabelCondition condition, Set<String> needed) {
    switch (condition) {
      case LabelCondition.Text t -> needed.add(t.matcher().name());
      case LabelCondition.Number n -> needed.add(n.label());
      case LabelCondition.Duration d -> needed.add(d.label());
      case LabelCondition.Bytes b -> needed.add(b.label());
      case LabelCondition.Ip i -> needed.add(i.label());
      case LabelCondition.And a -> {
        add(a.left(), needed);
        add(a.right(), needed);
      }
      case LabelCondition.Or o -> {
        add(o.left(), needed);
        add(o.right(), needed);
      }
    }
  }
}
