package dev.pharos.insight.compare;

import dev.pharos.store.read.AttributeRun;
import dev.pharos.store.read.RowGroups;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The sides of the values of a block's runs, value by value. Rows have few different sequences of attributes, so the
/// many attributes of the same rows share theirs. One thread.
final class RunSides {
  private static final RowGroups NO_GROUPS = new RowGroups(new int[0], 0);

  private byte[] rows = {};
  private RowGroups groups = NO_GROUPS;

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

  private void forget(RowGroups newGroups) {
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
    long[] having = run.groups().rowsOf(run.has());
    var own = new byte[run.count()];
    int next = 0;
    for (int word = 0; word < having.length; word++) {
      for (long left = having[word]; left != 0; left &= left - 1) {
        int row = word << 6 | Long.numberOfTrailingZeros(left);
        int first = run.has()[run.groups().of(row)] & AttributeRun.FIRST;
        own[next++] = (byte) (rows[row] & -first);
      }
    }
    return own;
  }
}
