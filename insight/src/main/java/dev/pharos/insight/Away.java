package dev.pharos.insight;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// How far something is from its normal.
///
/// @param score 0 is as usual; the greater the further
/// @param in what it is away in; empty as usual
/// @param sinceNanos when it left its normal, if that was seen
/// @param why where the time or the errors arise
public record Away(double score, Set<Kind> in, OptionalLong sinceNanos, Optional<Cause> why) {
  public static final Away NO = new Away(0, Set.of(), OptionalLong.empty(), Optional.empty());

  /// What can be away.
  public enum Kind {
    ERRORS,
    DURATION,
    RATE,
    GONE;

    /// As in answers.
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Where something arises: in the service itself, or in one that it waits for.
  public sealed interface Cause {
    record Itself() implements Cause {}

    /// @param share of the additional time or errors, from 0 to 1
    record Waits(String service, double share) implements Cause {}
  }

  public boolean isAway() {
    return !in.isEmpty();
  }
}
