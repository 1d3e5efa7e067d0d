package dev.pharos.insight.structure;

import dev.pharos.query.QueryContext;
import dev.pharos.query.traceql.SpanSweep;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.SpanBlock;

/// The ids of the traces of the spans that one thread sees, or of one in a power of two of them when there are more
/// than fit. Which these are depends on the ids alone, so that sets of several threads agree. One thread writes; then
/// any may look up.
final class TraceSet implements SpanSweep.Work {
  private final int most;
  private final QueryContext context;

  /// Open addressing, two longs an id; a trace id is never 0.
  private long[] ids = new long[64];

  private int size;
  private int level;

  /// @param most traces that are kept, at least one
  TraceSet(int most, QueryContext context) {
    this.most = most;
    this.context = context;
  }

  int size() {
    return size;
  }

  /// Of how many traces one is kept, which is two to the power of this.
  int level() {
    return level;
  }

  @Override
  public void take(int blockNumber, SpanBlock block, boolean[] taken, int count) {
    long[] hi = block.column(Field.TRACE_HI).values();
    long[] lo = block.column(Field.TRACE_LO).values();
    for (int row = 0; row < taken.length; row++) {
      if (taken[row]) {
        add(hi[row], lo[row]);
      }
    }
  }

  void addAll(TraceSet other) {
    while (level < other.level) {
      thin();
    }
    for (int slot = 0; slot < other.ids.length; slot += 2) {
      if ((other.ids[slot] | other.ids[slot + 1]) != 0) {
        add(other.ids[slot], other.ids[slot + 1]);
      }
    }
  }

  private void add(long hi, long lo) {
    if (!isKept(hi, lo)) {
      return;
    }
    int slot = slot(hi, lo);
    if ((ids[slot] | ids[slot + 1]) != 0) {
      return;
    }
    ids[slot] = hi;
    ids[slot + 1] = lo;
    size++;
    if (size > most) {
      while (size > most) {
        thin();
      }
    } else if (size * 4 > ids.length) {
      context.reserve((long) ids.length * Long.BYTES);
      refill(ids.length * 2);
    }
  }

  /// Keeps every other trace.
  private void thin() {
    level++;
    refill(ids.length);
  }

  private void refill(int length) {
    long[] before = ids;
    ids = new long[length];
    size = 0;
    for (int from = 0; from < before.length; from += 2) {
      long hi = before[from];
      long lo = before[from + 1];
      if ((hi | lo) != 0 && isKept(hi, lo)) {
        int slot = slot(hi, lo);
        ids[slot] = hi;
        ids[slot + 1] = lo;
        size++;
      }
    }
  }

  private boolean isKept(long hi, long lo) {
    return lastLevel(hi, lo) >= level;
  }

  /// The last level at which a trace is kept.
  static int lastLevel(long hi, long lo) {
    return Long.numberOfLeadingZeros(mixed(hi, lo));
  }

  /// The number of a trace, less than [#capacity], as long as nothing is added; -1 if it is not in the set.
  int number(long hi, long lo) {
    int slot = slot(hi, lo);
    return (ids[slot] | ids[slot + 1]) == 0 ? -1 : slot >> 1;
  }

  int capacity() {
    return ids.length >> 1;
  }

  long hi(int number) {
    return ids[number << 1];
  }

  long lo(int number) {
    return ids[(number << 1) + 1];
  }

  private int slot(long hi, long lo) {
    int mask = ids.length - 1;
    int slot = (int) mixed(hi, lo) << 1 & mask;
    while ((ids[slot] | ids[slot + 1]) != 0 && (ids[slot] != hi || ids[slot + 1] != lo)) {
      slot = slot + 2 & mask;
    }
    return slot;
  }

  private static long mixed(long hi, long lo) {
    long mixed = (hi ^ Long.rotateLeft(lo, 31)) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
    return mixed ^ mixed >>> 32;
  }
}
