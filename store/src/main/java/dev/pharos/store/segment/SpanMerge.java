package dev.pharos.store.segment;

import java.util.ArrayList;
import java.util.List;

/// Brings the rows of several segments, each in order, into one order. A trace that only one segment has goes over as a
/// whole; one that several have, row by row. One thread.
final class SpanMerge {
  private final SpanBlockEncoder into;
  private final int[] taken = new int[SpanFormat.BLOCK_ROWS];
  private final List<SpanCursor> open = new ArrayList<>();

  SpanMerge(SpanBlockEncoder into) {
    this.into = into;
  }

  void run(List<SpanCursor> cursors) {
    for (SpanCursor cursor : cursors) {
      if (cursor.settle()) {
        open.add(cursor);
      }
    }
    while (!open.isEmpty()) {
      step();
    }
    into.flush();
  }

  private void step() {
    int least = 0;
    boolean alone = true;
    for (int i = 1; i < open.size(); i++) {
      int order = open.get(i).compareTrace(open.get(least));
      if (order < 0) {
        least = i;
      }
      alone = order < 0 || alone && order > 0;
    }
    if (!alone) {
      least = leastRow();
    }
    SpanCursor cursor = open.get(least);
    int count = 1;
    if (alone) {
      count = cursor.takeTrace(taken);
    } else {
      taken[0] = cursor.takeRow();
    }
    into.add(cursor.source(), taken, 0, count);
    if (!cursor.settle()) {
      open.remove(least);
    }
  }

  private int leastRow() {
    int least = 0;
    for (int i = 1; i < open.size(); i++) {
      if (open.get(i).compareRow(open.get(least)) < 0) {
        least = i;
      }
    }
    return least;
  }
}
