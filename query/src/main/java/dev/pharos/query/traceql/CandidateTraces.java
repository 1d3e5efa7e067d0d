package dev.pharos.query.traceql;

import dev.pharos.query.QueryContext;
import java.util.stream.IntStream;

/// The traces that a scan has met, each with the filters its spans satisfied and the latest start among those spans.
/// A hash table by trace id; one thread.
final class CandidateTraces {
  private static final int BYTES_PER_SLOT = 32;

  private final QueryContext context;
  private long[] hi = new long[1 << 10];
  private long[] lo = new long[hi.length];
  private int[] bits = new int[hi.length];
  private long[] latest = new long[hi.length];
  private int size;

  CandidateTraces(QueryContext context) {
    this.context = context;
  }

  void add(long traceHi, long traceLo, int filterBits, long startNanos) {
    if (size * 2 >= hi.length) {
      grow();
    }
    int slot = slot(traceHi, traceLo);
    if (bits[slot] == 0) {
      hi[slot] = traceHi;
      lo[slot] = traceLo;
      latest[slot] = startNanos;
      size++;
    }
    bits[slot] |= filterBits;
    latest[slot] = Math.max(latest[slot], startNanos);
  }

  private int slot(long traceHi, long traceLo) {
    long h = (traceHi ^ Long.rotateLeft(traceLo, 29)) * 0x9E3779B97F4A7C15L;
    int mask = hi.length - 1;
    int slot = (int) (h >>> 40) & mask;
    while (bits[slot] != 0 && (hi[slot] != traceHi || lo[slot] != traceLo)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    context.reserve((long) hi.length * BYTES_PER_SLOT);
    long[] oldHi = hi;
    long[] oldLo = lo;
    int[] oldBits = bits;
    long[] oldLatest = latest;
    int room = oldHi.length * 2;
    hi = new long[room];
    lo = new long[room];
    bits = new int[room];
    latest = new long[room];
    for (int i = 0; i < oldHi.length; i++) {
      if (oldBits[i] != 0) {
        int slot = slot(oldHi[i], oldLo[i]);
        hi[slot] = oldHi[i];
        lo[slot] = oldLo[i];
        bits[slot] = oldBits[i];
        latest[slot] = oldLatest[i];
      }
    }
  }

  int size() {
    return size;
  }

  /// How many traces have a span that starts after a time.
  int countAfter(long nanos) {
    int count = 0;
    for (int i = 0; i < hi.length; i++) {
      count += bits[i] != 0 && latest[i] > nanos ? 1 : 0;
    }
    return count;
  }

  /// Slots of the traces the plan may hold, the latest first, ties by trace id.
  int[] newestFirst(SearchPlan plan) {
    return IntStream.range(0, hi.length)
        .filter(i -> bits[i] != 0 && plan.mayHold(bits[i]))
        .boxed()
        .sorted(
            (a, b) -> {
              int byTime = Long.compare(latest[b], latest[a]);
              int byHi = byTime != 0 ? byTime : Long.compareUnsigned(hi[a], hi[b]);
              return byHi != 0 ? byHi : Long.compareUnsigned(lo[a], lo[b]);
            })
        .mapToInt(Integer::intValue)
        .toArray();
  }

  long traceHi(int slot) {
    return hi[slot];
  }

  long traceLo(int slot) {
    return lo[slot];
  }
}
