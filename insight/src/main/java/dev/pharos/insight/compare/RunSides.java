package dev.pharos.insight.compare;

import dev.pharos.store.read.AttributeRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The sides of the values of a block's runs, value by value. Rows have few different sequences of attributes, so the
/// many attributes of the same rows share theirs. One thread.
final class RunSides {
  private static final int[] NO_GROUPS = {};

  private byte[] rows = {};
  private int[] groups = NO_GROUPS;

  /// Which of the groups had values, and the sides of these.
  private final List<byte[]> having = new ArrayList<>();

  private final List<byte[]> sides = new ArrayList<>();

  /// Runs are of another block from now on.
  ///
  /// @param newRows by row as [Sides] says
  void begin(byte[] newRows) {
    rows = newRows;
    forget(NO_GROUPS);
  }

  private void forget(int[] newGroups) {
    groups = newGroups;
    having.clear();
    sides.clear();
  }

  /// For each value of the run the side of its span; none where a span has one before it under the key.
  byte[] of(AttributeRun run) {
    if (groups != run.groups()) {
      forget(run.groups());
    }
    for (int i = 0; i < having.size(); i++) {
      if (Arrays.equals(having.get(i), run.has())) {
        return sides.get(i);
      }
    }
    having.add(run.has());
    sides.add(spread(run));
    return sides.getLast();
  }

  private byte[] spread(AttributeRun run) {
    byte[] has = run.has();
    // One more, where rows without a value leave their side.
    var own = new byte[run.count() + 1];
    int next = 0;
    for (int row = 0; row < rows.length; row++) {
      int mine = has[groups[row]];
      own[next] = (byte) (rows[row] & -(mine & AttributeRun.FIRST));
      next += mine + 1 >> 1;
    }
    return own;
  }
}
