package dev.pharos.bench.load;

import java.util.concurrent.atomic.LongAdder;

/// What came of the requests of a run. Items are spans, log records or data points. Any thread.
final class Tally {
  private final LongAdder requests = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder failed = new LongAdder();

  /// What was counted up to a moment.
  ///
  /// @param bytes of bodies before compression
  /// @param accepted items
  /// @param rejected items that a partial success named
  /// @param refused items of requests answered "not now": 429, 503, RESOURCE_EXHAUSTED, UNAVAILABLE
  /// @param failed items of requests with any other answer, or none
  record Count(long requests, long bytes, long accepted, long rejected, long refused, long failed) {
    Count since(Count before) {
      return new Count(
          requests - before.requests,
          bytes - before.bytes,
          accepted - before.accepted,
          rejected - before.rejected,
          refused - before.refused,
          failed - before.failed);
    }

    long notAccepted() {
      return rejected + refused + failed;
    }
  }

  Count count() {
    return new Count(
        requests.sum(), bytes.sum(), accepted.sum(), rejected.sum(), refused.sum(), failed.sum());
  }

  void add(int items, int size, Answer answer) {
    requests.increment();
    bytes.add(size);
    switch (answer) {
      case Answer.Taken taken -> {
        long left = Math.clamp(taken.rejected(), 0, items);
        accepted.add(items - left);
        rejected.add(left);
      }
      case Answer.Refused ignored -> refused.add(items);
      case Answer.Failed ignored -> failed.add(items);
    }
  }
}
