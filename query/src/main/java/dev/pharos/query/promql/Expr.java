package dev.pharos.query.promql;

import dev.pharos.query.matrix.BinaryOp;
import dev.pharos.query.matrix.VectorMatching;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// A PromQL expression: the typed tree that the parser makes and the planner reads.
public sealed interface Expr {
  /// Where it stands in the query.
  Span span();

  /// What it evaluates to.
  ValueType type();

  /// The `@` modifier.
  sealed interface At {
    /// A fixed time in milliseconds.
    record Timestamp(long millis) implements At {}

    /// The start of the query.
    record Start() implements At {}

    /// The end of the query.
    record End() implements At {}
  }

  /// How a selector treats the edges of its window.
  enum Edges {
    /// Prometheus' extrapolation.
    NONE,
    /// `anchored`: the sample before the window is the baseline.
    ANCHORED,
    /// `smoothed`: interpolation at both edges.
    SMOOTHED
  }

  /// A number; `duration` when written as one (`5m` is 300).
  record NumberLiteral(double value, boolean duration, Span span) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.SCALAR;
    }
  }

  /// A string.
  record StringLiteral(String value, Span span) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.STRING;
    }
  }

  /// `name{matchers} offset d @ t`; `matchers` hold the name as well.
  ///
  /// @param name the metric name before the braces, or empty
  record VectorSelector(
      String name,
      List<LabelMatch> matchers,
      Optional<DurationExpr> offset,
      Optional<At> at,
      Edges edges,
      Span span)
      implements Expr {
    @Override
    public ValueType type() {
      return ValueType.VECTOR;
    }
  }

  /// `selector[range]`; offset, `@` and edges are the selector's.
  record MatrixSelector(VectorSelector selector, DurationExpr range, Span span) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.MATRIX;
    }
  }

  /// `inner[range:step] offset d @ t`.
  record Subquery(
      Expr inner,
      DurationExpr range,
      Optional<DurationExpr> step,
      Optional<DurationExpr> offset,
      Optional<At> at,
      Span span)
      implements Expr {
    @Override
    public ValueType type() {
      return ValueType.MATRIX;
    }
  }

  /// `-operand` or `+operand`.
  record Unary(boolean negative, Expr operand, Span span) implements Expr {
    @Override
    public ValueType type() {
      return operand.type();
    }
  }

  /// `left op right`; `matching` counts only between two vectors.
  record Binary(
      BinaryOp op,
      Expr left,
      Expr right,
      boolean bool,
      VectorMatching matching,
      OptionalDouble fillLeft,
      OptionalDouble fillRight,
      Span operatorSpan)
      implements Expr {
    @Override
    public Span span() {
      return Span.merge(left.span(), right.span());
    }

    @Override
    public ValueType type() {
      return left.type() == ValueType.SCALAR && right.type() == ValueType.SCALAR
          ? ValueType.SCALAR
          : ValueType.VECTOR;
    }
  }

  /// `(inner)`.
  record Paren(Expr inner, Span span) implements Expr {
    @Override
    public ValueType type() {
      return inner.type();
    }
  }

  /// `op by (grouping) (parameter, operand)`.
  record Aggregate(
      AggregateOp op,
      Expr operand,
      Optional<Expr> parameter,
      List<String> grouping,
      boolean without,
      Span span)
      implements Expr {
    @Override
    public ValueType type() {
      return ValueType.VECTOR;
    }
  }

  /// `function(args)`.
  record Call(PromFunction function, List<Expr> args, Span span) implements Expr {
    @Override
    public ValueType type() {
      return function.returns();
    }
  }

  /// The expression without the parentheses around it.
  static Expr unwrap(Expr expr) {
    Expr inner = expr;
    while (inner instanceof Paren p) {
      inner = p.inner();
    }
    return inner;
  }
}
