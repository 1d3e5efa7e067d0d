package dev.pharos.store.engine;

import dev.pharos.observe.Cause;
import java.time.Instant;

/// The limits that hold for items arriving at one moment.
///
/// @param nowNanos Unix time of arrival
/// @param earliestNanos items before are past retention
/// @param latestNanos items after are too far ahead
/// @param maxItemBytes texts and values of one item
public record RowLimits(long nowNanos, long earliestNanos, long latestNanos, long maxItemBytes) {
  private static final long DAY_NANOS = 86_400_000_000_000L;

  /// @param retentionNanos 0 for no end
  public static RowLimits at(long nowNanos, long retentionNanos, long maxItemBytes) {
    return new RowLimits(
        nowNanos,
        retentionNanos == 0 ? Long.MIN_VALUE : nowNanos - retentionNanos,
        nowNanos + DAY_NANOS,
        maxItemBytes);
  }

  public boolean takes(long timeNanos) {
    return timeNanos >= earliestNanos && timeNanos <= latestNanos;
  }

  /// Rejects an item whose time these limits do not take.
  ///
  /// @param what the item and its time, as in `span start`
  public void rejectTime(int row, long timeNanos, String what, Rejections into) {
    if (timeNanos > latestNanos) {
      into.reject(
          row,
          Cause.TOO_FAR_AHEAD,
          what
              + " "
              + text(timeNanos)
              + " is more than a day ahead of the server's clock, "
              + text(nowNanos));
    } else {
      into.reject(
          row,
          Cause.PAST_RETENTION,
          what
              + " "
              + text(timeNanos)
              + " is past the retention, which ends at "
              + text(earliestNanos));
    }
  }

  private static String text(long nanos) {
    return Instant.ofEpochSecond(
            Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L))
        .toString();
  }
}
