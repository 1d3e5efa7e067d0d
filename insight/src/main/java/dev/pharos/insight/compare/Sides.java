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

  /// @param anyTime whether all spans that count start late enough
  static Sides errors(Inside.Errors errors, boolean anyTime) {
    return (block, taken) -> {
      long[] status = block.column(Field.STATUS_CODE).values();
      var sides = new byte[taken.length];
      boolean found = false;
      for (int row = 0; row < sides.length; row++) {
        boolean in = status[row] == ERROR;
        sides[row] = !taken[row] ? NONE : in ? IN : OUT;
        found |= in;
      }
      return found && !anyTime
          ? within(errors.fromNanos(), Long.MAX_VALUE, block.column(Field.TIME).values(), sides)
          : sides;
    };
  }

  /// @param anyTime whether all spans that count start within the box
  static Sides box(Inside.Box box, boolean anyTime) {
    return (block, taken) -> {
      long[] durations = block.durations();
      var sides = new byte[taken.length];
      boolean found = false;
      for (int row = 0; row < sides.length; row++) {
        boolean in = durations[row] >= box.leastNanos() && durations[row] < box.mostNanos();
        sides[row] = !taken[row] ? NONE : in ? IN : OUT;
        found |= in;
      }
      return found && !anyTime
          ? within(box.fromNanos(), box.toNanos(), block.column(Field.TIME).values(), sides)
          : sides;
    };
  }

  private static byte[] within(long fromNanos, long toNanos, long[] starts, byte[] sides) {
    for (int row = 0; row < sides.length; row++) {
      boolean in = starts[row] >= fromNanos && starts[row] < toNanos;
      sides[row] = sides[row] == IN && !in ? OUT : sides[row];
    }
    return sides;
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
