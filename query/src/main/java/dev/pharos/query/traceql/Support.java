package dev.pharos.query.traceql;

import dev.pharos.query.QueryError;
import dev.pharos.query.QueryException;
import dev.pharos.query.traceql.syntax.FieldExpr;
import dev.pharos.query.traceql.syntax.FieldExpr.AttributeSide;
import dev.pharos.query.traceql.syntax.Intrinsic;
import dev.pharos.query.traceql.syntax.TraceqlQuery.ScalarExpr;
import dev.pharos.query.traceql.syntax.TraceqlQuery.Stage;

/// Refuses, by name, expressions that cannot run yet.
final class Support {
  private Support() {}

  static void check(FieldExpr expr) {
    switch (expr) {
      case FieldExpr.Static s -> {}
      case FieldExpr.IntrinsicField i ->
          refuse(i.intrinsic() == Intrinsic.PARENT, "the intrinsic parent");
      case FieldExpr.Attribute a -> refuse(a.side() == AttributeSide.PARENT, "the scope parent");
      case FieldExpr.Unary u -> check(u.inner());
      case FieldExpr.Binary b -> {
        check(b.left());
        check(b.right());
      }
    }
  }

  static void check(Stage.ScalarFilter filter) {
    check(filter.left());
    check(filter.right());
    refuse(
        !(filter.left() instanceof ScalarExpr.Number)
            && !(filter.right() instanceof ScalarExpr.Number),
        "a comparison of two aggregates");
  }

  private static void check(ScalarExpr expr) {
    switch (expr) {
      case ScalarExpr.Number n -> {}
      case ScalarExpr.Aggregate a -> a.argument().ifPresent(Support::check);
      case ScalarExpr.Arithmetic a ->
          throw new QueryException(new QueryError.Unsupported("arithmetic of aggregates"));
    }
  }

  private static void refuse(boolean unsupported, String construct) {
    if (unsupported) {
      throw new QueryException(new QueryError.Unsupported(construct));
    }
  }
}
