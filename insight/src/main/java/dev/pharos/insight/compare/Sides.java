package dev.pharos.insight.compare;

import dev.pharos.query.traceql.SpanFilter;
import dev.pharos.query.traceql.SpanSweep;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.SpanBlock;

/// Tells for the spans of a block on which side they are. Immutable; any thread.
interface Sides {
  byte NONE = 0;
  byte OUT = 1;
  byte IN = 2;

  int ERROR = 2;

  /// @param taken by row, whether the span counts at all
  /// @return by row, the side
  byte[] of(SpanBlock block, boolean[] taken);

  static Sides errors() {
    return (block, taken) -> {
      long[] status = block.column(Field.STATUS_CODE).values();
      var sides = new byte[taken.length];
      for (int row = 0; row < sides.length; row++) {
        sides[row] = !taken[row] ? NONE : status[row] == ERROR ? IN : OUT;
      }
      return sides;
    };
  }

  static Sides box(Inside.Box box) {
    return (block, taken) -> {
      long[] starts = block.column(Field.TIME).values();
      long[] ends = block.column(Field.END).values();
      var sides = new byte[taken.length];
      for (int row = 0; row < sides.length; row++) {
        long nanos = ends[row] - starts[row];
        boolean in =
            starts[row] >= box.fromNanos()
                && starts[row] < box.toNanos()
                && nanos >= box.leastNanos()
                && nanos < box.mostNanos();
        sides[row] = !taken[row] ? NONE : in ? IN : OUT;
      }
      return sides;
    };
  }

  /// @param sweep that shows the blocks
  static Sides matching(SpanSweep sweep, SpanFilter filter) {
    return (block, taken) -> {
      boolean[] matching = sweep.matching(filter, block, taken);
      var sides = new byte[taken.length];
      for (int row = 0; row < sides.length; row++) {
        sides[row] = !taken[row] ? NONE : matching[row] ? IN : OUT;
      }
      return sides;
    };
  }
}
