package dev.pharos.insight;

/// How calls went in a stretch of time.
///
/// @param rate calls a second
/// @param errorShare from 0 to 1
/// @param p50Nanos NaN without a call, as the others
public record Figures(
    double rate, double errorShare, double p50Nanos, double p95Nanos, double p99Nanos) {
  static Figures of(Calls calls, double seconds) {
    return new Figures(
        seconds > 0 ? calls.calls() / seconds : 0,
        calls.errorShare(),
        calls.quantile(0.5).orElse(Double.NaN),
        calls.quantile(0.95).orElse(Double.NaN),
        calls.quantile(0.99).orElse(Double.NaN));
  }
}
