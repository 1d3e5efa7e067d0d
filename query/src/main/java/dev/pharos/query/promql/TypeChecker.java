package dev.pharos.query.promql;

import com.google.re2j.Pattern;
import dev.pharos.query.QueryException;
import dev.pharos.query.matrix.VectorMatching.Cardinality;
import java.util.List;

/// Checks what the grammar cannot say: operand types, argument counts, matching clauses and empty selectors.
final class TypeChecker {
  private final String query;

  TypeChecker(String query) {
    this.query = query;
  }

  /// Returns when the expression and everything in it is well typed.
  ///
  /// @throws QueryException with the first error in Prometheus' order
  void check(Expr expr) {
    switch (expr) {
      case Expr.NumberLiteral n -> {}
      case Expr.StringLiteral s -> {}
      case Expr.Paren p -> check(p.inner());
      case Expr.VectorSelector v -> checkSelector(v, false);
      case Expr.MatrixSelector m -> checkSelector(m.selector(), false);
      case Expr.Subquery s -> checkSubquery(s);
      case Expr.Unary u -> checkUnary(u);
      case Expr.Aggregate a -> checkAggregate(a);
      case Expr.Call c -> checkCall(c);
      case Expr.Binary b -> checkBinary(b);
    }
  }

  private QueryException error(Span span, String message) {
    return ParseErrors.at(query, span, message);
  }

  private void checkSubquery(Expr.Subquery subquery) {
    check(subquery.inner());
    ValueType type = subquery.inner().type();
    if (type != ValueType.VECTOR) {
      throw error(
          subquery.span(),
          "subquery is only allowed on instant vector, got " + type.resultType() + " instead");
    }
  }

  private void checkUnary(Expr.Unary unary) {
    check(unary.operand());
    ValueType type = unary.operand().type();
    if (type != ValueType.SCALAR && type != ValueType.VECTOR) {
      throw error(
          unary.span(),
          "unary expression only allowed on expressions of type scalar or instant vector, got "
              + Quoting.quote(type.documented()));
    }
  }

  private void checkAggregate(Expr.Aggregate aggregate) {
    expect(aggregate.operand(), ValueType.VECTOR, "aggregation expression");
    if (aggregate.parameter().isPresent()) {
      ValueType wanted =
          aggregate.op() == AggregateOp.COUNT_VALUES ? ValueType.STRING : ValueType.SCALAR;
      expect(aggregate.parameter().get(), wanted, "aggregation parameter");
    }
  }

  private void expect(Expr expr, ValueType wanted, String context) {
    check(expr);
    if (expr.type() != wanted) {
      throw error(
          expr.span(),
          "expected type "
              + wanted.documented()
              + " in "
              + context
              + ", got "
              + expr.type().documented());
    }
  }

  private void checkCall(Expr.Call call) {
    PromFunction function = call.function();
    String name = Quoting.quote(function.word());
    int declared = function.arguments().size();
    int given = call.args().size();
    if (function.variadic() == 0) {
      if (declared != given) {
        throw error(
            call.span(),
            "expected " + declared + " argument(s) in call to " + name + ", got " + given);
      }
    } else if (declared - 1 > given) {
      throw error(
          call.span(),
          "expected at least "
              + (declared - 1)
              + " argument(s) in call to "
              + name
              + ", got "
              + given);
    } else if (function.variadic() > 0 && declared - 1 + function.variadic() < given) {
      throw error(
          call.span(),
          "expected at most "
              + (declared - 1 + function.variadic())
              + " argument(s) in call to "
              + name
              + ", got "
              + given);
    }
    for (int i = 0; i < given; i++) {
      Expr argument = call.args().get(i);
      if (function == PromFunction.INFO && i == 1) {
        checkInfoSelector(call, argument);
      } else {
        expect(
            argument,
            function.arguments().get(Math.min(i, declared - 1)),
            "call to function " + name);
      }
    }
  }

  private void checkInfoSelector(Expr.Call call, Expr argument) {
    if (argument.type() != ValueType.VECTOR) {
      throw error(
          call.span(),
          "expected type instant vector in call to function \"info\", got "
              + argument.type().documented());
    }
    if (!(argument instanceof Expr.VectorSelector selector)) {
      throw error(argument.span(), "expected label selectors only");
    }
    if (!selector.name().isEmpty()) {
      throw error(argument.span(), "expected label selectors only, got vector selector instead");
    }
    checkSelector(selector, true);
  }

  private void checkSelector(Expr.VectorSelector selector, boolean mayBeEmpty) {
    List<LabelMatch> matchers = selector.matchers();
    if (!selector.name().isEmpty()) {
      for (LabelMatch matcher : matchers.subList(0, matchers.size() - 1)) {
        if (matcher.name().equals(SelectorParser.NAME_LABEL)) {
          throw error(
              selector.span(),
              "metric name must not be set twice: "
                  + Quoting.quote(selector.name())
                  + " or "
                  + Quoting.quote(matcher.value()));
        }
      }
      return;
    }
    if (!mayBeEmpty && matchers.stream().allMatch(TypeChecker::matchesEmpty)) {
      throw error(selector.span(), "vector selector must contain at least one non-empty matcher");
    }
  }

  private static boolean matchesEmpty(LabelMatch matcher) {
    return switch (matcher.op()) {
      case EQUAL -> matcher.value().isEmpty();
      case NOT_EQUAL -> !matcher.value().isEmpty();
      case REGEX -> Pattern.matches("^(?s:" + matcher.value() + ")$", "");
      case NOT_REGEX -> !Pattern.matches("^(?s:" + matcher.value() + ")$", "");
    };
  }

  private void checkBinary(Expr.Binary b) {
    check(b.left());
    check(b.right());
    ValueType left = b.left().type();
    ValueType right = b.right().type();
    boolean scalars = left == ValueType.SCALAR && right == ValueType.SCALAR;
    if (b.bool() && !b.op().isComparison()) {
      throw error(b.operatorSpan(), "bool modifier can only be used on comparison operators");
    }
    if (b.op().isComparison() && !b.bool() && scalars) {
      throw error(b.operatorSpan(), "comparisons between scalars must use BOOL modifier");
    }
    if (b.matching().on()) {
      for (String label : b.matching().labels()) {
        if (b.matching().include().contains(label)) {
          throw error(
              b.operatorSpan(),
              "label " + Quoting.quote(label) + " must not occur in ON and GROUP clause at once");
        }
      }
    }
    checkOperand(b.left());
    checkOperand(b.right());
    if (left != ValueType.VECTOR || right != ValueType.VECTOR) {
      checkWithScalar(b);
    } else if (b.op().isSet()) {
      checkSetOperator(b);
    }
  }

  private void checkOperand(Expr operand) {
    if (operand.type() != ValueType.SCALAR && operand.type() != ValueType.VECTOR) {
      throw error(
          operand.span(), "binary expression must contain only scalar and instant vector types");
    }
  }

  private void checkWithScalar(Expr.Binary b) {
    if (!b.matching().labels().isEmpty()) {
      throw error(b.span(), "vector matching only allowed between instant vectors");
    }
    if (b.fillLeft().isPresent() || b.fillRight().isPresent()) {
      throw error(b.span(), "filling in missing series only allowed between instant vectors");
    }
    if (b.op().isSet()) {
      throw error(
          b.span(),
          "set operator "
              + Quoting.quote(b.op().symbol())
              + " not allowed in binary scalar expression");
    }
  }

  private void checkSetOperator(Expr.Binary b) {
    if (b.matching().cardinality() != Cardinality.ONE_TO_ONE) {
      throw error(
          b.span(), "no grouping allowed for " + Quoting.quote(b.op().symbol()) + " operation");
    }
    if (b.fillLeft().isPresent() || b.fillRight().isPresent()) {
      throw error(b.span(), "filling in missing series not allowed for set operators");
    }
  }
}
