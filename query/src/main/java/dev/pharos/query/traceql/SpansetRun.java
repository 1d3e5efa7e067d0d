package dev.pharos.query.traceql;

import dev.pharos.query.QueryContext;
import dev.pharos.query.traceql.syntax.FieldExpr;
import dev.pharos.query.traceql.syntax.Literal;
import dev.pharos.query.traceql.syntax.TraceqlQuery.Expr;
import dev.pharos.query.traceql.syntax.TraceqlQuery.ScalarExpr;
import dev.pharos.query.traceql.syntax.TraceqlQuery.SpansetOp;
import dev.pharos.query.traceql.syntax.TraceqlQuery.Stage;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// Evaluates a query on one assembled trace. One thread.
final class SpansetRun {
  private final Trace trace;
  private final QueryContext context;
  private final SpanEvaluator evaluator;
  private final List<SearchResult.Attribute> attributes = new ArrayList<>();

  SpansetRun(Trace trace, QueryContext context) {
    this.trace = trace;
    this.context = context;
    this.evaluator = new SpanEvaluator(trace);
  }

  /// The rows of the spans that the query finds.
  BitSet run(Expr expr) {
    return run(expr, all());
  }

  /// Values of aggregates that the query compared.
  List<SearchResult.Attribute> attributes() {
    return attributes;
  }

  private BitSet all() {
    var all = new BitSet(trace.rows());
    all.set(0, trace.rows());
    return all;
  }

  private BitSet run(Expr expr, BitSet from) {
    return switch (expr) {
      case Expr.Pipeline(List<Stage> stages) -> {
        BitSet spans = from;
        for (Stage stage : stages) {
          spans = stage(stage, spans);
        }
        yield spans;
      }
      case Expr.Spansets(SpansetOp op, Expr left, Expr right) -> {
        BitSet a = run(left, from);
        BitSet b = run(right, from);
        yield op.isStructural() ? Structure.apply(op, trace, a, b, context) : joined(op, a, b);
      }
      case Expr.MetricsArithmetic a -> throw new IllegalStateException("metrics in a search: " + a);
      case Expr.MetricsNumber n -> throw new IllegalStateException("metrics in a search: " + n);
    };
  }

  private static BitSet joined(SpansetOp op, BitSet a, BitSet b) {
    var result = new BitSet();
    if (op == SpansetOp.OR || (!a.isEmpty() && !b.isEmpty())) {
      result.or(a);
      result.or(b);
    }
    return result;
  }

  private BitSet stage(Stage stage, BitSet spans) {
    return switch (stage) {
      case Stage.Filter f -> {
        var kept = new BitSet();
        spans.stream().filter(row -> evaluator.matches(f, row)).forEach(kept::set);
        yield kept;
      }
      case Stage.Nested(Expr inner) -> run(inner, spans);
      case Stage.ScalarFilter s -> scalar(s, spans) ? spans : new BitSet();
      case Stage.Select s -> spans;
      case Stage.By b -> throw new IllegalStateException("not planned: " + b);
      case Stage.Coalesce c -> throw new IllegalStateException("not planned: " + c);
      case Stage.Metrics m -> throw new IllegalStateException("not planned: " + m);
      case Stage.Compare c -> throw new IllegalStateException("not planned: " + c);
      case Stage.Ranked r -> throw new IllegalStateException("not planned: " + r);
      case Stage.MetricsFilter m -> throw new IllegalStateException("not planned: " + m);
    };
  }

  private boolean scalar(Stage.ScalarFilter filter, BitSet spans) {
    Optional<Literal> left = value(filter.left(), spans);
    Optional<Literal> right = value(filter.right(), spans);
    return !spans.isEmpty()
        && left.isPresent()
        && right.isPresent()
        && Values.compare(filter.op(), left.get(), right.get());
  }

  private Optional<Literal> value(ScalarExpr expr, BitSet spans) {
    return switch (expr) {
      case ScalarExpr.Number(Literal value) -> Optional.of(value);
      case ScalarExpr.Aggregate a -> {
        Optional<Literal> value =
            a.argument().isEmpty()
                ? Optional.of(new Literal.Int(spans.cardinality()))
                : aggregate(a.function(), a.argument().get(), spans);
        value.ifPresent(v -> attributes.add(new SearchResult.Attribute(a.toString(), v)));
        yield value;
      }
      case ScalarExpr.Arithmetic a -> throw new IllegalStateException("not planned: " + a);
    };
  }

  /// Over the spans that have a number there; empty if none has.
  private Optional<Literal> aggregate(String function, FieldExpr argument, BitSet spans) {
    double sum = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    int count = 0;
    boolean whole = true;
    boolean duration = false;
    for (int row = spans.nextSetBit(0); row >= 0; row = spans.nextSetBit(row + 1)) {
      List<Literal> values = evaluator.values(argument, row);
      if (values.size() != 1 || Values.number(values.getFirst()).isEmpty()) {
        continue;
      }
      double number = Values.number(values.getFirst()).getAsDouble();
      whole &= !(values.getFirst() instanceof Literal.Float);
      duration |= values.getFirst() instanceof Literal.Duration;
      sum += number;
      min = Math.min(min, number);
      max = Math.max(max, number);
      count++;
    }
    if (count == 0) {
      return Optional.empty();
    }
    double result =
        switch (function) {
          case "sum" -> sum;
          case "avg" -> sum / count;
          case "min" -> min;
          case "max" -> max;
          default -> throw new IllegalStateException("aggregate " + function);
        };
    if (duration) {
      return Optional.of(new Literal.Duration((long) result));
    }
    return Optional.of(
        whole && !function.equals("avg")
            ? new Literal.Int((long) result)
            : new Literal.Float(result));
  }
}
