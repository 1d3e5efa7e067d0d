package dev.pharos.query.promql;

/// Which parts of the language that Prometheus hides behind feature flags are open.
///
/// @param experimentalFunctions functions and aggregators marked experimental
/// @param extendedRangeSelectors `anchored` and `smoothed`
/// @param fillModifiers `fill`, `fill_left`, `fill_right`
public record ParserOptions(
    boolean experimentalFunctions, boolean extendedRangeSelectors, boolean fillModifiers) {
  /// Prometheus' defaults.
  public static final ParserOptions STANDARD = new ParserOptions(false, false, false);

  /// Everything open.
  public static final ParserOptions ALL = new ParserOptions(true, true, true);
}
