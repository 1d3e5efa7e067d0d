package dev.pharos.query.traceql;

import dev.pharos.query.QueryError;
import dev.pharos.query.QueryException;
import dev.pharos.query.traceql.syntax.FieldExpr;
import dev.pharos.query.traceql.syntax.FieldExpr.AttributeSide;
import dev.pharos.query.traceql.syntax.FieldOp;
import dev.pharos.query.traceql.syntax.Intrinsic;
import dev.pharos.query.traceql.syntax.Literal;
import dev.pharos.query.traceql.syntax.TraceqlParser;
import dev.pharos.query.traceql.syntax.TraceqlQuery;
import dev.pharos.query.traceql.syntax.TraceqlQuery.Expr;
import dev.pharos.query.traceql.syntax.TraceqlQuery.Stage;
import dev.pharos.store.read.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// A condition on single spans: a TraceQL query of filters alone, `{ … }` or several joined by `|`. Immutable; any
/// thread.
public final class SpanFilter {
  /// Takes every span.
  public static final SpanFilter ALL = new SpanFilter(Optional.empty());

  private static final String SERVICE = "service.name";

  private final Optional<FieldExpr> condition;

  private SpanFilter(Optional<FieldExpr> condition) {
    this.condition = condition;
  }

  /// @throws QueryException for what is no TraceQL, no filter, or cannot run yet
  public static SpanFilter parse(String text) {
    TraceqlQuery query = TraceqlParser.parse(text);
    SpanFilter filter = ALL;
    if (!(query.expr() instanceof Expr.Pipeline(List<Stage> stages))) {
      throw noFilter(text);
    }
    for (Stage stage : stages) {
      if (!(stage instanceof Stage.Filter(Optional<FieldExpr> condition))) {
        throw noFilter(text);
      }
      condition.ifPresent(Support::check);
      filter = condition.isPresent() ? filter.and(condition.get()) : filter;
    }
    return filter;
  }

  private static QueryException noFilter(String text) {
    return new QueryException(
        new QueryError.Invalid(
            "not a filter of spans: " + text + " (expected: conditions in braces, { … })"));
  }

  /// Those of the spans that have no parent.
  public SpanFilter roots() {
    return and(
        new FieldExpr.Binary(
            FieldOp.LT,
            new FieldExpr.IntrinsicField(Intrinsic.NESTED_SET_PARENT),
            new FieldExpr.Static(new Literal.Int(0))));
  }

  /// Those of the spans whose Resource has this attribute.
  public SpanFilter ofResource(String key, String value) {
    return and(
        new FieldExpr.Binary(
            FieldOp.EQ,
            new FieldExpr.Attribute(AttributeSide.RESOURCE, key),
            new FieldExpr.Static(new Literal.Text(value))));
  }

  private SpanFilter and(FieldExpr more) {
    return new SpanFilter(
        Optional.of(
            condition
                .<FieldExpr>map(known -> new FieldExpr.Binary(FieldOp.AND, known, more))
                .orElse(more)));
  }

  public Optional<FieldExpr> condition() {
    return condition;
  }

  /// Whether it takes all spans of some services and no others, and which they are: what summaries can count.
  Optional<Predicate<String>> services() {
    if (condition.isEmpty()) {
      return Optional.of(service -> true);
    }
    return condition.get() instanceof FieldExpr.Binary(FieldOp op, FieldExpr left, FieldExpr right)
            && op == FieldOp.EQ
            && left.equals(new FieldExpr.Attribute(AttributeSide.RESOURCE, SERVICE))
            && right instanceof FieldExpr.Static(Literal literal)
            && literal instanceof Literal.Text(String wanted)
            && !wanted.isEmpty()
        ? Optional.of(wanted::equals)
        : Optional.empty();
  }

  /// What every span has that it takes.
  List<Condition> pushedDown() {
    return condition.map(SpanPushdown::conditions).orElse(List.of());
  }

  /// Whether only the whole trace can tell of some spans.
  boolean needsTrace() {
    return condition.isPresent() && needsTrace(condition.get());
  }

  private static boolean needsTrace(FieldExpr expr) {
    return switch (expr) {
      case FieldExpr.Static s -> false;
      case FieldExpr.Attribute a -> false;
      case FieldExpr.Unary u -> needsTrace(u.inner());
      case FieldExpr.Binary b -> needsTrace(b.left()) || needsTrace(b.right());
      case FieldExpr.IntrinsicField(Intrinsic intrinsic) ->
          switch (intrinsic) {
            case CHILD_COUNT,
                TRACE_DURATION,
                ROOT_NAME,
                ROOT_SERVICE,
                NESTED_SET_LEFT,
                NESTED_SET_RIGHT,
                NESTED_SET_PARENT ->
                true;
            case DURATION,
                NAME,
                STATUS,
                STATUS_MESSAGE,
                KIND,
                SPAN_ID,
                PARENT_ID,
                TRACE_ID,
                PARENT,
                EVENT_NAME,
                EVENT_TIME_SINCE_START,
                LINK_TRACE_ID,
                LINK_SPAN_ID,
                INSTRUMENTATION_NAME,
                INSTRUMENTATION_VERSION ->
                false;
          };
    };
  }

  /// As a query, so that it reads the same again.
  @Override
  public String toString() {
    var stages = new ArrayList<Stage>();
    stages.add(new Stage.Filter(condition));
    return new Expr.Pipeline(stages).toString();
  }
}
