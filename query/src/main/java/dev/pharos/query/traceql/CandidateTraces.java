package dev.pharos.query.traceql;

import dev.pharos.query.QueryContext;
import java.util.Arrays;
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
    rebuild(hi.length * 2, Long.MIN_VALUE);
  }

  /// Lays the table anew, with the traces whose latest span is not before `least`.
  private void rebuild(int room, long least) {
    long[] oldHi = hi;
    long[] oldLo = lo;
    int[] oldBits = bits;
    long[] oldLatest = latest;
    hi = new long[room];
    lo = new long[room];
    bits = new int[room];
    latest = new long[room];
    size = 0;
    for (int i = 0; i < oldHi.length; i++) {
      if (oldBits[i] != 0 && oldLatest[i] >= least) {
        add(oldHi[i], oldLo[i], oldBits[i], oldLatest[i]);
      }
    }
  }

  /// Leaves out the traces that are not among the newest, and returns the least time that a span of a trace among
  /// these must have reached: what it was before as long as there are fewer.
  long keepNewest(int limit, long before) {
    if (size < limit) {
      return before;
    }
    var times = new long[size];
    int count = 0;
    for (int i = 0; i < hi.length; i++) {
      if (bits[i] != 0) {
        times[count++] = latest[i];
      }
    }
    Arrays.sort(times);
    long least = times[count - limit];
    if (times[0] < least) {
      rebuild(hi.length, least);
    }
    return least;
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
