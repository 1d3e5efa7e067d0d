package dev.pharos.query.promql;

import dev.pharos.model.Labels;

/// Tells expressions whose series all have one metric name, or none: dropping it cannot make two of them alike.
final class MetricNames {
  private MetricNames() {}

  static boolean single(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral n -> true;
      case Expr.StringLiteral s -> true;
      case Expr.Paren p -> single(p.inner());
      case Expr.Unary u -> single(u.operand());
      case Expr.VectorSelector v ->
          v.matchers().stream()
              .anyMatch(m -> m.name().equals(Labels.NAME) && m.op() == LabelMatch.Op.EQUAL);
      case Expr.MatrixSelector m -> single(m.selector());
      case Expr.Subquery s -> single(s.inner());
      case Expr.Binary b ->
          b.op() != dev.pharos.query.matrix.BinaryOp.OR && single(b.left()) && single(b.right());
      case Expr.Aggregate a -> !a.grouping().contains(Labels.NAME) && single(a.operand());
      case Expr.Call c ->
          switch (c.function()) {
            case LABEL_REPLACE, LABEL_JOIN, INFO -> false;
            default -> c.args().stream().allMatch(MetricNames::single);
          };
    };
  }

  /// Whether the expression drops the names of series that may differ in nothing else.
  static boolean mayCollide(Expr expr) {
    return switch (expr) {
      case Expr.Unary u -> u.negative() && !single(u);
      case Expr.Binary b -> (b.bool() || b.op().changesMeaning()) && !single(b);
      case Expr.Call c -> !single(c);
      case Expr.NumberLiteral n -> false;
      case Expr.StringLiteral s -> false;
      case Expr.Paren p -> false;
      case Expr.VectorSelector v -> false;
      case Expr.MatrixSelector m -> false;
      case Expr.Subquery s -> false;
      case Expr.Aggregate a -> false;
    };
  }
}
