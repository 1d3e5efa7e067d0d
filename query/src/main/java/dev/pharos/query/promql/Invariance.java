package dev.pharos.query.promql;

/// Tells expressions whose value is the same at every step, because all they read is pinned by `@`.
final class Invariance {
  private Invariance() {}

  static boolean of(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral n -> true;
      case Expr.StringLiteral s -> true;
      case Expr.Paren p -> of(p.inner());
      case Expr.Unary u -> of(u.operand());
      case Expr.VectorSelector v -> v.at().isPresent();
      case Expr.MatrixSelector m -> m.selector().at().isPresent();
      case Expr.Subquery s -> s.at().isPresent();
      case Expr.Binary b -> of(b.left()) && of(b.right());
      case Expr.Aggregate a -> of(a.operand()) && a.parameter().map(Invariance::of).orElse(true);
      case Expr.Call c -> !dependsOnTime(c) && c.args().stream().allMatch(Invariance::of);
    };
  }

  private static boolean dependsOnTime(Expr.Call call) {
    return switch (call.function()) {
      case TIME, TIMESTAMP, PREDICT_LINEAR, START, END, STEP, RANGE -> true;
      case DAY_OF_MONTH, DAY_OF_WEEK, DAY_OF_YEAR, DAYS_IN_MONTH, HOUR, MINUTE, MONTH, YEAR ->
          call.args().isEmpty();
      default -> false;
    };
  }
}
