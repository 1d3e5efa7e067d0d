package dev.pharos.query.logql;

import dev.pharos.query.logql.syntax.Stage;
import java.util.List;

/// Removes all labels but those named, or those named that match; errors stay.
final class KeepStep implements Step {
  private final List<Stage.Target> targets;

  KeepStep(List<Stage.Target> targets) {
    this.targets = targets;
  }

  @Override
  public boolean apply(Line line) {
    for (String name : line.labelNames()) {
      if (!keeps(line, name)) {
        line.remove(name);
      }
    }
    return true;
  }

  private boolean keeps(Line line, String name) {
    for (Stage.Target target : targets) {
      boolean kept =
          switch (target) {
            case Stage.Target.Name t -> t.label().equals(name);
            case Stage.Target.Matching t ->
                t.matcher().name().equals(name) && t.matcher().matches(line.get(name));
          };
      if (kept) {
        return true;
      }
    }
    return false;
  }
}
