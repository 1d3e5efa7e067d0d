package dev.pharos.query.promql;

/// How the engine evaluates queries.
///
/// @param lookbackMillis how old the newest sample of an instant selector may be
/// @param subqueryStepMillis the step of subqueries that name none
/// @param maxSamples how many samples a query may hold at once
/// @param delayedNameRemoval whether metric names are dropped at the end of the query instead of at each operation
/// @param syntax which experimental parts of the language are open
public record PromOptions(
    long lookbackMillis,
    long subqueryStepMillis,
    long maxSamples,
    boolean delayedNameRemoval,
    ParserOptions syntax) {
  /// Prometheus' defaults.
  public static final PromOptions STANDARD =
      new PromOptions(300_000, 60_000, 50_000_000, false, ParserOptions.STANDARD);

  /// These options with another lookback, as a request may ask for.
  public PromOptions withLookback(long millis) {
    return new PromOptions(millis, subqueryStepMillis, maxSamples, delayedNameRemoval, syntax);
  }
}
