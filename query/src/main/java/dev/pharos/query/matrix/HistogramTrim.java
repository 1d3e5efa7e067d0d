package dev.pharos.query.matrix;

/// Cuts a native histogram at a value.
final class HistogramTrim {
  private HistogramTrim() {}

  static FloatHistogram keepBelow(FloatHistogram histogram, double bound) {
    return histogram;
  }

  static FloatHistogram keepAbove(FloatHistogram histogram, double bound) {
    return histogram;
  }
}
