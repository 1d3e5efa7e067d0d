package dev.pharos.components.batch;

import java.time.Duration;

/// Decides how long a batch waits for more: until its oldest item has waited the longest time allowed, or until nothing
/// has come for much longer than the usual gap between arrivals.
///
/// The second rule is for senders that wait for their answers: once all of them wait, nothing more can come, and
/// waiting longer would only idle them all. The usual gap is a moving average (1/8 a step). A gap counts from the later
/// of the last arrival and the last answer, since a waiting sender's next request can come no earlier. One thread at a
/// time.
final class Lull {
  private static final long SHORTEST_NANOS = Duration.ofMillis(1).toNanos();
  private static final int GAPS = 8;

  private final long longestNanos;
  private long usualGapNanos;
  private long lastArrivalNanos;
  private long lastAnswerNanos;

  /// @param longest that the oldest item may wait
  Lull(Duration longest, long nowNanos) {
    this.longestNanos = longest.toNanos();
    this.usualGapNanos = longestNanos;
    this.lastArrivalNanos = nowNanos;
    this.lastAnswerNanos = nowNanos;
  }

  void arrived(long nowNanos) {
    long since = Math.max(lastArrivalNanos, lastAnswerNanos);
    long gap = Math.clamp(nowNanos - since, 0, longestNanos);
    usualGapNanos += (gap - usualGapNanos) / GAPS;
    lastArrivalNanos = nowNanos;
  }

  /// A batch has gone on its way.
  void answered(long nowNanos) {
    lastAnswerNanos = nowNanos;
  }

  /// When a batch whose first item came at `firstNanos` is to be sent, if nothing more comes.
  long deadlineNanos(long firstNanos) {
    long lull = Math.max(SHORTEST_NANOS, usualGapNanos * GAPS);
    return Math.min(firstNanos + longestNanos, lastArrivalNanos + lull);
  }
}
