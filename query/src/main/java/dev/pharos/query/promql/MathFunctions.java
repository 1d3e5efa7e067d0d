package dev.pharos.query.promql;

import dev.pharos.query.matrix.Arithmetic;
import dev.pharos.query.matrix.SeriesOperator;
import dev.pharos.query.matrix.StepSeries;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/// Functions of each number alone. Histograms have no result; names are dropped.
final class MathFunctions {
  private static final double LN2 = 0.693147180559945309417232121458176568;

  private MathFunctions() {}

  /// The function of one number that `function` is, if it is one.
  static Optional<DoubleUnaryOperator> of(PromFunction function) {
    return Optional.ofNullable(
        switch (function) {
          case ABS -> Math::abs;
          case CEIL -> Math::ceil;
          case FLOOR -> Math::floor;
          case EXP -> Math::exp;
          case SQRT -> Math::sqrt;
          case LN -> Math::log;
          case LOG2 -> MathFunctions::log2;
          case LOG10 -> Math::log10;
          case SIN -> Math::sin;
          case COS -> Math::cos;
          case TAN -> Math::tan;
          case ASIN -> Math::asin;
          case ACOS -> Math::acos;
          case ATAN -> Math::atan;
          case SINH -> Math::sinh;
          case COSH -> Math::cosh;
          case TANH -> Math::tanh;
          case ASINH -> MathFunctions::asinh;
          case ACOSH -> MathFunctions::acosh;
          case ATANH -> MathFunctions::atanh;
          case RAD -> v -> v * Math.PI / 180;
          case DEG -> v -> v * 180 / Math.PI;
          case SGN -> v -> v < 0 ? -1 : v > 0 ? 1 : v;
          default -> null;
        });
  }

  /// Exact for powers of two.
  private static double log2(double v) {
    if (v > 0 && v < Double.POSITIVE_INFINITY) {
      int exponent = Math.getExponent(v);
      if (v == Math.scalb(1.0, exponent)) {
        return exponent;
      }
    }
    return Math.log(v) / LN2;
  }

  private static double asinh(double v) {
    double x = Math.abs(v);
    if (Double.isNaN(v) || Double.isInfinite(v) || x < 1.0 / (1 << 28)) {
      return v;
    }
    double result =
        x > 1 << 28
            ? Math.log(x) + LN2
            : x > 2
                ? Math.log(2 * x + 1 / (Math.sqrt(x * x + 1) + x))
                : Math.log1p(x + x * x / (1 + Math.sqrt(1 + x * x)));
    return Math.copySign(result, v);
  }

  private static double acosh(double v) {
    if (v < 1 || Double.isNaN(v)) {
      return Double.NaN;
    }
    if (v >= 1 << 28) {
      return Math.log(v) + LN2;
    }
    if (v > 2) {
      return Math.log(2 * v - 1 / (v + Math.sqrt(v * v - 1)));
    }
    double t = v - 1;
    return Math.log1p(t + Math.sqrt(2 * t + t * t));
  }

  private static double atanh(double v) {
    double x = Math.abs(v);
    if (x > 1 || Double.isNaN(v)) {
      return Double.NaN;
    }
    if (x < 1.0 / (1 << 28)) {
      return v;
    }
    double t = x + x;
    double result = x < 0.5 ? 0.5 * Math.log1p(t + t * x / (1 - x)) : 0.5 * Math.log1p(t / (1 - x));
    return Math.copySign(result, v);
  }

  /// Applies `function` to every number.
  static SeriesOperator map(Evaluation run, SeriesOperator input, DoubleUnaryOperator function) {
    return map(run, input, (step, value) -> function.applyAsDouble(value));
  }

  /// A function of a number at a step.
  interface OfStep {
    double apply(int step, double value);
  }

  /// Applies `function` to every number; series without any number vanish.
  static SeriesOperator map(Evaluation run, SeriesOperator input, OfStep function) {
    return () -> {
      while (true) {
        Optional<StepSeries> next = input.next();
        if (next.isEmpty()) {
          return next;
        }
        StepSeries series = next.get();
        series.dropHistograms();
        double[] values = series.values();
        boolean any = false;
        for (int i = 0; i < values.length; i++) {
          if (!StepSeries.isAbsent(values[i])) {
            values[i] = function.apply(i, values[i]);
            any |= !StepSeries.isAbsent(values[i]);
          }
        }
        if (any) {
          return Optional.of(run.dropName(series));
        }
      }
    };
  }

  /// Rounds to a multiple; ties go up.
  static OfStep round(double[] to) {
    return (step, value) -> {
      double inverse = 1.0 / to[step];
      return Math.floor(value * inverse + 0.5) / inverse;
    };
  }

  static OfStep clamp(double[] min, double[] max) {
    return (step, value) ->
        min[step] > max[step]
            ? StepSeries.ABSENT
            : Arithmetic.max(min[step], Arithmetic.min(max[step], value));
  }
}
