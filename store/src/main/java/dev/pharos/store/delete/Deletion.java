package dev.pharos.store.delete;

import dev.pharos.model.Signal;
import dev.pharos.model.Tenant;
import java.util.List;

/// Which rows of a tenant are to go: those within a range of time that satisfy all matchers.
///
/// @param matchers at least one
/// @param fromNanos inclusive, on the time of a row: a span's start, a log record's time, a sample's time
/// @param toNanos exclusive
public record Deletion(Tenant tenant, List<RowMatcher> matchers, long fromNanos, long toNanos) {
  private static final int MAX_MATCHERS = 100;

  public Deletion {
    matchers = List.copyOf(matchers);
    if (matchers.isEmpty() || matchers.size() > MAX_MATCHERS) {
      throw new IllegalArgumentException(
          "deletion by " + matchers.size() + " matchers (expected: 1 to " + MAX_MATCHERS + ")");
    }
    if (fromNanos >= toNanos) {
      throw new IllegalArgumentException(
          "deletion from " + fromNanos + " to " + toNanos + " (expected: from before to)");
    }
  }

  /// @param maxNanos inclusive
  public boolean touches(long minNanos, long maxNanos) {
    return minNanos < toNanos && maxNanos >= fromNanos;
  }

  /// @throws IllegalArgumentException if rows of the signal do not have what a matcher looks at
  public void check(Signal signal) {
    for (RowMatcher matcher : matchers) {
      boolean fits =
          switch (matcher.subject()) {
            case RESOURCE -> true;
            case LABEL -> signal == Signal.METRICS;
            case SCOPE, ATTRIBUTE, FIELD -> signal != Signal.METRICS;
          };
      if (!fits) {
        throw new IllegalArgumentException(
            "deletion of "
                + signal.label()
                + " by "
                + matcher.subject()
                + " \""
                + matcher.name()
                + "\" (expected: "
                + (signal == Signal.METRICS ? "LABEL or RESOURCE" : "anything but LABEL")
                + ")");
      }
    }
  }
}
