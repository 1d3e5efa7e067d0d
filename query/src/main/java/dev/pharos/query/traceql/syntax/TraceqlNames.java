package dev.pharos.query.traceql.syntax;

import dev.pharos.query.QueryException;
import dev.pharos.query.traceql.syntax.FieldExpr.AttributeSide;
import dev.pharos.query.traceql.syntax.TraceqlQuery.Expr;
import dev.pharos.query.traceql.syntax.TraceqlQuery.Stage;
import java.util.List;
import java.util.Optional;

/// Reads the names and half-written queries that editors send while a query is being typed. Stateless.
public final class TraceqlNames {
  private TraceqlNames() {}

  /// The field that a name stands for: an intrinsic, an attribute with a scope, or a bare key of any scope.
  public static FieldExpr field(String name) {
    Optional<Intrinsic> intrinsic = Intrinsic.find(name);
    if (intrinsic.isPresent()) {
      return new FieldExpr.IntrinsicField(intrinsic.get());
    }
    for (AttributeSide side : AttributeSide.values()) {
      if (name.startsWith(side.prefix()) && name.length() > side.prefix().length()) {
        return new FieldExpr.Attribute(side, unquoted(name.substring(side.prefix().length())));
      }
    }
    return new FieldExpr.Attribute(AttributeSide.ANY, unquoted(name));
  }

  private static String unquoted(String key) {
    boolean quoted = key.length() >= 2 && key.startsWith("\"") && key.endsWith("\"");
    return quoted
        ? key.substring(1, key.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\")
        : key;
  }

  /// The condition of the first spanset of a query. Of one that cannot be read, those conditions joined by `&&` that
  /// can; empty if there is none.
  public static Optional<FieldExpr> tolerant(String query) {
    Optional<FieldExpr> whole = condition(query);
    int open = query.indexOf('{');
    if (whole.isPresent() || open < 0) {
      return whole;
    }
    int close = query.lastIndexOf('}');
    String inner = query.substring(open + 1, close > open ? close : query.length());
    Optional<FieldExpr> kept = Optional.empty();
    for (String part : inner.split("&&")) {
      Optional<FieldExpr> each = part.isBlank() ? Optional.empty() : condition("{" + part + "}");
      if (each.isPresent()) {
        kept =
            Optional.of(
                kept.isEmpty()
                    ? each.get()
                    : new FieldExpr.Binary(FieldOp.AND, kept.get(), each.get()));
      }
    }
    return kept;
  }

  private static Optional<FieldExpr> condition(String query) {
    try {
      return TraceqlParser.parse(query).expr() instanceof Expr.Pipeline(List<Stage> stages)
              && stages.getFirst() instanceof Stage.Filter filter
          ? filter.condition()
          : Optional.empty();
    } catch (QueryException e) {
      return Optional.empty();
    }
  }
}
