package dev.pharos.query.matrix;

import org.jspecify.annotations.Nullable;

/// One binary operator applied to two points, each a number or a histogram.
///
/// The result is left in [#number] and [#histogram]; [#apply] says whether there is one. One thread.
final class PointBinary {
  private final BinaryOp op;
  private final boolean bool;
  private final Notes notes;
  private double number = StepSeries.ABSENT;
  private @Nullable FloatHistogram histogram;

  /// @param bool whether a comparison yields 0 or 1 instead of filtering
  PointBinary(BinaryOp op, boolean bool, Notes notes) {
    this.op = op;
    this.bool = bool;
    this.notes = notes;
  }

  double number() {
    return number;
  }

  @Nullable FloatHistogram histogram() {
    return histogram;
  }

  /// Computes `left op right`; a filtering comparison keeps the left point.
  ///
  /// @return whether there is a result
  boolean apply(
      double left,
      @Nullable FloatHistogram leftHistogram,
      double right,
      @Nullable FloatHistogram rightHistogram) {
    histogram = null;
    if (leftHistogram == null && rightHistogram == null) {
      return numbers(left, right);
    }
    number = StepSeries.ABSENT;
    if (leftHistogram != null && rightHistogram != null) {
      return histograms(leftHistogram, rightHistogram);
    }
    if (leftHistogram != null) {
      return histogramAndNumber(leftHistogram, right);
    }
    return numberAndHistogram(left, java.util.Objects.requireNonNull(rightHistogram));
  }

  private boolean numbers(double left, double right) {
    if (op.isComparison()) {
      boolean holds = Arithmetic.compare(op, left, right);
      if (bool) {
        number = holds ? 1 : 0;
        return true;
      }
      number = left;
      return holds;
    }
    if (op == BinaryOp.TRIM_LOWER || op == BinaryOp.TRIM_UPPER) {
      return incompatible("float", "float");
    }
    number = Arithmetic.apply(op, left, right);
    return true;
  }

  private boolean histograms(FloatHistogram left, FloatHistogram right) {
    switch (op) {
      case EQUAL, NOT_EQUAL -> {
        boolean holds = HistogramMath.sameObservations(left, right) == (op == BinaryOp.EQUAL);
        if (bool) {
          number = holds ? 1 : 0;
          return true;
        }
        histogram = left;
        return holds;
      }
      case ADD, SUBTRACT -> {
        boolean add = op == BinaryOp.ADD;
        if (left.customBounds() != right.customBounds()) {
          notes.warn("incompatible bucket layout encountered for binary operator " + op.symbol());
          return false;
        }
        histogram =
            add
                ? HistogramMath.add(left, right, "addition", notes)
                : HistogramMath.subtract(left, right, "subtraction", notes);
        return true;
      }
      default -> {
        return incompatible("histogram", "histogram");
      }
    }
  }

  private boolean histogramAndNumber(FloatHistogram left, double right) {
    switch (op) {
      case MULTIPLY -> histogram = HistogramMath.multiply(left, right);
      case DIVIDE -> histogram = HistogramMath.divide(left, right);
      case TRIM_UPPER -> histogram = HistogramTrim.keepBelow(left, right);
      case TRIM_LOWER -> histogram = HistogramTrim.keepAbove(left, right);
      default -> {
        return incompatible("histogram", "float");
      }
    }
    return true;
  }

  private boolean numberAndHistogram(double left, FloatHistogram right) {
    if (op == BinaryOp.MULTIPLY) {
      histogram = HistogramMath.multiply(right, left);
      return true;
    }
    return incompatible("float", "histogram");
  }

  private boolean incompatible(String left, String right) {
    String sign = op.symbol();
    notes.inform(
        "incompatible sample types encountered for binary operator \""
            + sign
            + "\": "
            + left
            + " "
            + sign
            + " "
            + right);
    return false;
  }
}
