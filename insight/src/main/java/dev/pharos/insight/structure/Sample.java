package dev.pharos.insight.structure;

/// Those traces of a set whose spans fit: all, or of too many one in a power of two, by id. As spans are counted, fewer
/// traces are in it. How many there are in the end depends on the spans alone, not on the order in which they come. Any
/// thread.
final class Sample {
  static final int LEVELS = 31;

  private final TraceSet traces;
  private final long mostSpans;

  /// By the last level at which their trace is there.
  private final long[] spans = new long[LEVELS];

  private volatile int level;

  /// @param traces to which nothing is added any more
  /// @param mostSpans of all traces together, unless one alone has more
  Sample(TraceSet traces, long mostSpans) {
    this.traces = traces;
    this.mostSpans = mostSpans;
    this.level = traces.level();
  }

  /// Of how many traces one is in it, which is two to the power of this; it only grows.
  int level() {
    return level;
  }

  int oneIn() {
    return 1 << level;
  }

  /// The number of a trace, less than [#capacity]; -1 if it is not in the sample.
  int number(long hi, long lo) {
    int number = traces.number(hi, lo);
    return number >= 0 && lastLevel(number) >= level ? number : -1;
  }

  /// The last level at which a trace is in the sample.
  int lastLevel(int number) {
    return Math.min(LEVELS - 1, TraceSet.lastLevel(traces.hi(number), traces.lo(number)));
  }

  int capacity() {
    return traces.capacity();
  }

  long hi(int number) {
    return traces.hi(number);
  }

  long lo(int number) {
    return traces.lo(number);
  }

  /// Counts spans that were met.
  ///
  /// @param more by the last level of their traces
  synchronized void count(int[] more) {
    for (int at = 0; at < LEVELS; at++) {
      spans[at] += more[at];
    }
    int now = level;
    while (from(now) > mostSpans && from(now + 1) > 0) {
      now++;
    }
    level = now;
  }

  private long from(int first) {
    long sum = 0;
    for (int at = first; at < LEVELS; at++) {
      sum += spans[at];
    }
    return sum;
  }
}
