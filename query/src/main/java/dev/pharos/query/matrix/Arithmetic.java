package dev.pharos.query.matrix;

/// Operators on two numbers with Go's results where Java's differ.
public final class Arithmetic {
  private Arithmetic() {}

  /// `left op right` of an arithmetic operator.
  public static double apply(BinaryOp op, double left, double right) {
    return switch (op) {
      case ADD -> left + right;
      case SUBTRACT -> left - right;
      case MULTIPLY -> left * right;
      case DIVIDE -> left / right;
      case MODULO -> left % right;
      case POWER -> power(left, right);
      case ATAN2 -> Math.atan2(left, right);
      case EQUAL,
          NOT_EQUAL,
          LESS,
          LESS_EQUAL,
          GREATER,
          GREATER_EQUAL,
          OR,
          AND,
          UNLESS,
          TRIM_UPPER,
          TRIM_LOWER ->
          throw new IllegalArgumentException(op + " is not arithmetic on numbers");
    };
  }

  /// Whether `left op right` holds.
  public static boolean compare(BinaryOp op, double left, double right) {
    return switch (op) {
      case EQUAL -> left == right;
      case NOT_EQUAL -> left != right;
      case LESS -> left < right;
      case LESS_EQUAL -> left <= right;
      case GREATER -> left > right;
      case GREATER_EQUAL -> left >= right;
      case ADD,
          SUBTRACT,
          MULTIPLY,
          DIVIDE,
          MODULO,
          POWER,
          ATAN2,
          OR,
          AND,
          UNLESS,
          TRIM_UPPER,
          TRIM_LOWER ->
          throw new IllegalArgumentException(op + " is not a comparison");
    };
  }

  /// Java says NaN to `1 ^ NaN` and `±1 ^ ±Inf`; Go says 1.
  public static double power(double base, double exponent) {
    if (base == 1 || (base == -1 && Double.isInfinite(exponent))) {
      return 1;
    }
    return Math.pow(base, exponent);
  }

  /// The greater one; an infinity wins over NaN as in Go.
  public static double max(double a, double b) {
    if (a == Double.POSITIVE_INFINITY || b == Double.POSITIVE_INFINITY) {
      return Double.POSITIVE_INFINITY;
    }
    return Math.max(a, b);
  }

  /// The lesser one; an infinity wins over NaN as in Go.
  public static double min(double a, double b) {
    if (a == Double.NEGATIVE_INFINITY || b == Double.NEGATIVE_INFINITY) {
      return Double.NEGATIVE_INFINITY;
    }
    return Math.min(a, b);
  }
}
