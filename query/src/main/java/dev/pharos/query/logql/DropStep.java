package dev.pharos.query.logql;

import dev.pharos.query.logql.syntax.Matcher;
import dev.pharos.query.logql.syntax.Stage;
import java.util.List;

/// Removes labels, in any case or where they match; labels with an empty value go with them.
final class DropStep implements Step {
  private final List<Stage.Target> targets;

  DropStep(List<Stage.Target> targets) {
    this.targets = targets;
  }

  @Override
  public boolean apply(Line line) {
    for (Stage.Target target : targets) {
      switch (target) {
        case Stage.Target.Name(String label) -> line.remove(label);
        case Stage.Target.Matching(Matcher matcher) -> {
          if (matcher.matches(line.get(matcher.name()))) {
            line.remove(matcher.name());
          }
        }
      }
    }
    line.removeEmpty();
    return true;
  }
}
