package dev.pharos.query.logql.syntax;

import java.util.Locale;

/// A function over a window of lines.
public enum RangeFunction {
  RATE(true, true, false),
  COUNT_OVER_TIME(true, false, false),
  BYTES_RATE(true, false, false),
  BYTES_OVER_TIME(true, false, false),
  ABSENT_OVER_TIME(true, true, false),
  RATE_COUNTER(false, true, false),
  SUM_OVER_TIME(false, true, false),
  AVG_OVER_TIME(false, true, true),
  MIN_OVER_TIME(false, true, true),
  MAX_OVER_TIME(false, true, true),
  FIRST_OVER_TIME(false, true, true),
  LAST_OVER_TIME(false, true, true),
  STDDEV_OVER_TIME(false, true, true),
  STDVAR_OVER_TIME(false, true, true),
  QUANTILE_OVER_TIME(false, true, true);

  private final boolean overLines;
  private final boolean overNumbers;
  private final boolean groups;

  RangeFunction(boolean overLines, boolean overNumbers, boolean groups) {
    this.overLines = overLines;
    this.overNumbers = overNumbers;
    this.groups = groups;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether it runs without `unwrap`.
  boolean overLines() {
    return overLines;
  }

  /// Whether it runs with `unwrap`.
  boolean overNumbers() {
    return overNumbers;
  }

  /// Whether `by` and `without` may follow.
  boolean groups() {
    return groups;
  }
}
