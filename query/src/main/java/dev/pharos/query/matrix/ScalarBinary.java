package dev.pharos.query.matrix;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A binary operator between each series of a vector and a scalar. A filtering comparison keeps the vector's own value,
/// whichever side it stands on.
public final class ScalarBinary {
  private ScalarBinary() {}

  /// @param scalar the scalar at each point
  /// @param scalarLeft whether the scalar is the left operand
  public static SeriesOperator of(
      SeriesOperator vector,
      double[] scalar,
      boolean scalarLeft,
      BinaryOp op,
      boolean bool,
      Notes notes) {
    PointBinary point = new PointBinary(op, bool, notes);
    return () -> {
      Optional<StepSeries> next = vector.next();
      next.ifPresent(series -> apply(series, scalar, scalarLeft, op, bool, point));
      return next;
    };
  }

  private static void apply(
      StepSeries series,
      double[] scalar,
      boolean scalarLeft,
      BinaryOp op,
      boolean bool,
      PointBinary point) {
    if (!series.hasHistograms() && op != BinaryOp.TRIM_LOWER && op != BinaryOp.TRIM_UPPER) {
      numbers(series.values(), scalar, scalarLeft, op, bool);
      return;
    }
    for (int i = 0; i < scalar.length; i++) {
      FloatHistogram histogram = series.histogram(i);
      double value = series.values()[i];
      if (histogram == null && StepSeries.isAbsent(value)) {
        continue;
      }
      boolean kept =
          scalarLeft
              ? point.apply(scalar[i], null, value, histogram)
              : point.apply(value, histogram, scalar[i], null);
      FloatHistogram result = point.histogram();
      if (!kept) {
        series.clear(i);
      } else if (op.isComparison() && !bool) {
        keep(series, i, value, histogram);
      } else if (result != null) {
        series.setHistogram(i, result);
      } else {
        series.setFloat(i, point.number());
      }
    }
  }

  private static void keep(
      StepSeries series, int i, double value, @Nullable FloatHistogram histogram) {
    if (histogram == null) {
      series.setFloat(i, value);
    }
  }

  private static void numbers(
      double[] values, double[] scalar, boolean scalarLeft, BinaryOp op, boolean bool) {
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      if (StepSeries.isAbsent(value)) {
        continue;
      }
      double left = scalarLeft ? scalar[i] : value;
      double right = scalarLeft ? value : scalar[i];
      if (op.isComparison()) {
        boolean holds = Arithmetic.compare(op, left, right);
        values[i] = bool ? (holds ? 1 : 0) : holds ? value : StepSeries.ABSENT;
      } else {
        values[i] = Arithmetic.apply(op, left, right);
      }
    }
  }
}
