package dev.pharos.query.traceql;

import dev.pharos.query.QueryError;
import dev.pharos.query.QueryException;
import dev.pharos.query.traceql.syntax.FieldExpr;
import dev.pharos.query.traceql.syntax.TraceqlQuery;
import dev.pharos.query.traceql.syntax.TraceqlQuery.Expr;
import dev.pharos.query.traceql.syntax.TraceqlQuery.SpansetOp;
import dev.pharos.query.traceql.syntax.TraceqlQuery.Stage;
import dev.pharos.store.read.Condition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How a search finds its traces: the filters that spans are tried against, which of them a trace must have spans of,
/// and the conditions by which blocks are left out. Immutable; any thread.
final class SearchPlan {
  /// Which filters a trace must have satisfied, by their bits.
  private sealed interface Presence {
    record Of(int filter) implements Presence {}

    record Both(Presence left, Presence right) implements Presence {}

    record Either(Presence left, Presence right) implements Presence {}
  }

  private static final int MAX_FILTERS = 32;

  private final Expr expr;
  private final List<Stage.Filter> filters = new ArrayList<>();
  private final Set<FieldExpr> shown = new LinkedHashSet<>();
  private final Presence presence;

  /// @throws QueryException for a construct that cannot run yet
  SearchPlan(TraceqlQuery query) {
    this.expr = query.expr();
    this.presence = presence(expr);
  }

  private Presence presence(Expr part) {
    return switch (part) {
      case Expr.Pipeline(List<Stage> stages) -> pipeline(stages);
      case Expr.Spansets(SpansetOp op, Expr left, Expr right) -> {
        Presence a = presence(left);
        Presence b = presence(right);
        yield op == SpansetOp.OR
            ? new Presence.Either(a, b)
            : Structure.isNegated(op) ? b : new Presence.Both(a, b);
      }
      case Expr.MetricsArithmetic a -> throw unsupported("arithmetic between metrics queries");
      case Expr.MetricsNumber n -> throw unsupported("arithmetic between metrics queries");
    };
  }

  private Presence pipeline(List<Stage> stages) {
    Optional<Presence> result = Optional.empty();
    for (Stage stage : stages) {
      switch (stage) {
        case Stage.Filter f -> result = both(result, filter(f));
        case Stage.Nested(Expr inner) -> result = both(result, presence(inner));
        case Stage.Select(List<FieldExpr> fields) -> {
          fields.forEach(Support::check);
          shown.addAll(fields);
        }
        case Stage.ScalarFilter s -> Support.check(s);
        case Stage.By b -> throw unsupported("by()");
        case Stage.Coalesce c -> throw unsupported("coalesce()");
        case Stage.Metrics m -> throw unsupported("the metrics function " + m.function() + "()");
        case Stage.Compare c -> throw unsupported("the metrics function compare()");
        case Stage.Ranked r -> throw unsupported(r.top() ? "topk()" : "bottomk()");
        case Stage.MetricsFilter m -> throw unsupported("a comparison of metrics");
      }
    }
    return result.isPresent() ? result.get() : filter(new Stage.Filter(Optional.empty()));
  }

  private static Optional<Presence> both(Optional<Presence> left, Presence right) {
    return Optional.of(left.isEmpty() ? right : new Presence.Both(left.get(), right));
  }

  private Presence filter(Stage.Filter filter) {
    filter.condition().ifPresent(Support::check);
    filter.condition().ifPresent(this::show);
    int at = filters.indexOf(filter);
    if (at >= 0) {
      return new Presence.Of(at);
    }
    if (filters.size() == MAX_FILTERS) {
      throw unsupported("a query of more than " + MAX_FILTERS + " spansets");
    }
    filters.add(filter);
    return new Presence.Of(filters.size() - 1);
  }

  /// What a condition names is shown with the spans it finds.
  private void show(FieldExpr part) {
    switch (part) {
      case FieldExpr.Static s -> {}
      case FieldExpr.IntrinsicField i -> shown.add(i);
      case FieldExpr.Attribute a -> shown.add(a);
      case FieldExpr.Unary u -> show(u.inner());
      case FieldExpr.Binary b -> {
        show(b.left());
        show(b.right());
      }
    }
  }

  private static QueryException unsupported(String construct) {
    return new QueryException(new QueryError.Unsupported(construct));
  }

  Expr expr() {
    return expr;
  }

  List<Stage.Filter> filters() {
    return filters;
  }

  /// Attributes and intrinsics that the answer shows of each span.
  Set<FieldExpr> shown() {
    return shown;
  }

  /// Whether a trace that has spans of these filters can be in the answer.
  boolean mayHold(int filterBits) {
    return holds(presence, filterBits);
  }

  private static boolean holds(Presence presence, int bits) {
    return switch (presence) {
      case Presence.Of(int filter) -> (bits & 1 << filter) != 0;
      case Presence.Both(Presence left, Presence right) -> holds(left, bits) && holds(right, bits);
      case Presence.Either(Presence left, Presence right) ->
          holds(left, bits) || holds(right, bits);
    };
  }

  /// Whether any span that a filter finds puts its trace into the answer, so that the newest found are the newest
  /// there are.
  boolean isSingleFilter() {
    return expr instanceof Expr.Pipeline(List<Stage> stages)
        && filters.size() == 1
        && stages.stream().allMatch(s -> s instanceof Stage.Filter || s instanceof Stage.Select);
  }

  /// What every span has that some filter finds.
  List<Condition> conditions() {
    var any = new ArrayList<Condition>();
    for (Stage.Filter filter : filters) {
      List<Condition> conditions =
          filter.condition().map(SpanPushdown::conditions).orElse(List.of());
      if (filters.size() == 1 || conditions.isEmpty()) {
        return conditions;
      }
      any.add(conditions.getFirst());
    }
    return List.of(new Condition.AnyOf(any));
  }
}
