package dev.pharos.api.prometheus;

import dev.pharos.query.promql.Expr;
import dev.pharos.query.promql.Matchers;
import dev.pharos.store.read.Matcher;
import java.util.ArrayList;
import java.util.List;

/// The selectors within an expression, for reading exemplars of all its series.
final class SelectorsOf {
  private final List<List<Matcher>> found = new ArrayList<>();

  private SelectorsOf() {}

  static List<List<Matcher>> expression(Expr expr) {
    var selectors = new SelectorsOf();
    selectors.visit(expr);
    return selectors.found;
  }

  private void visit(Expr expr) {
    switch (expr) {
      case Expr.NumberLiteral ignored -> {}
      case Expr.StringLiteral ignored -> {}
      case Expr.VectorSelector selector -> found.add(Matchers.compile(selector.matchers()));
      case Expr.MatrixSelector range -> visit(range.selector());
      case Expr.Subquery subquery -> visit(subquery.inner());
      case Expr.Unary unary -> visit(unary.operand());
      case Expr.Binary binary -> {
        visit(binary.left());
        visit(binary.right());
      }
      case Expr.Paren paren -> visit(paren.inner());
      case Expr.Aggregate aggregate -> {
        aggregate.parameter().ifPresent(this::visit);
        visit(aggregate.operand());
      }
      case Expr.Call call -> call.args().forEach(this::visit);
    }
  }
}
