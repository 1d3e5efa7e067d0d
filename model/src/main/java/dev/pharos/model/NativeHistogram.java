package dev.pharos.model;

/// A Prometheus native histogram with float counts: exponential buckets of a schema, or custom bounds (schema -53).
///
/// Spans and buckets are as in prometheus/prompb: span `i` skips `offsets[i]` buckets from the end of the one before
/// (the first from bucket 0) and covers `lengths[i]`; the counts are absolute, one per covered bucket. Immutable by
/// agreement: arrays are not to be written after construction.
///
/// @param schema -4 to 8, or -53 for custom bounds
/// @param count of all observations
/// @param sum of all observations; raw bits matter (the stale marker is a NaN)
/// @param hint what is known of counter resets
/// @param bounds ascending upper bounds of schema -53, without +Inf; else empty
public record NativeHistogram(
    int schema,
    double count,
    double sum,
    double zeroThreshold,
    double zeroCount,
    Spans positive,
    Spans negative,
    double[] bounds,
    ResetHint hint) {
  public static final int CUSTOM_BOUNDS = -53;

  /// Runs of buckets.
  public record Spans(int[] offsets, int[] lengths, double[] counts) {
    public static final Spans NONE = new Spans(new int[0], new int[0], new double[0]);
  }

  /// What a sample says of the one before it; the order is that of the Prometheus protobuf enum.
  public enum ResetHint {
    UNKNOWN,
    RESET,
    NOT_RESET,
    GAUGE
  }
}
