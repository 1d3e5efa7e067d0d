package dev.pharos.query.promql;

/// A duration inside `[ ]` or after `offset`: a literal, or arithmetic on literals and on the query's own step and
/// range. Values are seconds.
public sealed interface DurationExpr {
  /// Where it stands in the query.
  Span span();

  /// A number of seconds, written as number or duration (`duration`).
  record Literal(double seconds, boolean duration, Span span) implements DurationExpr {}

  /// `step()`: the step of the query.
  record Step(Span span) implements DurationExpr {}

  /// `range()`: end minus start of the query.
  record Range(Span span) implements DurationExpr {}

  /// A sign before a duration.
  record Signed(boolean negative, DurationExpr operand, Span span) implements DurationExpr {}

  /// Arithmetic: one of `+ - * / % ^`.
  record Arithmetic(char op, DurationExpr left, DurationExpr right, Span span)
      implements DurationExpr {}

  /// `min_of(a, b)` or `max_of(a, b)`.
  record Extremum(boolean max, DurationExpr left, DurationExpr right, Span span)
      implements DurationExpr {}

  /// A duration in parentheses.
  record Paren(DurationExpr inner, Span span) implements DurationExpr {}

  /// The value in seconds for a query of this step and range, in milliseconds both.
  static double seconds(DurationExpr expr, long stepMillis, long rangeMillis) {
    return switch (expr) {
      case Literal l -> l.seconds();
      case Step s -> stepMillis / 1000.0;
      case Range r -> rangeMillis / 1000.0;
      case Paren p -> seconds(p.inner(), stepMillis, rangeMillis);
      case Signed s -> {
        double value = seconds(s.operand(), stepMillis, rangeMillis);
        yield s.negative() ? -value : value;
      }
      case Extremum e -> {
        double left = seconds(e.left(), stepMillis, rangeMillis);
        double right = seconds(e.right(), stepMillis, rangeMillis);
        yield e.max() ? Math.max(left, right) : Math.min(left, right);
      }
      case Arithmetic a -> {
        double left = seconds(a.left(), stepMillis, rangeMillis);
        double right = seconds(a.right(), stepMillis, rangeMillis);
        yield switch (a.op()) {
          case '+' -> left + right;
          case '-' -> left - right;
          case '*' -> left * right;
          case '/' -> left / right;
          case '%' -> left % right;
          case '^' -> Math.pow(left, right);
          default -> throw new IllegalStateException("no duration operator " + a.op());
        };
      }
    };
  }
}
