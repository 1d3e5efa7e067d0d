package dev.pharos.insight;

/// What "was" is.
///
/// @param kind the same hours a day before, what lies before the range, or the calm part at the range's own beginning
public record Baseline(Kind kind, long startNanos, long endNanos) {
  static final Baseline NONE = new Baseline(Kind.NONE, 0, 0);

  /// Which time.
  public enum Kind {
    YESTERDAY,
    BEFORE,
    WITHIN,
    NONE
  }
}
