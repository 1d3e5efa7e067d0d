package dev.pharos.query.traceql;

import dev.pharos.model.Ids;
import dev.pharos.query.regex.Regex;
import dev.pharos.query.traceql.syntax.FieldExpr;
import dev.pharos.query.traceql.syntax.FieldExpr.AttributeSide;
import dev.pharos.query.traceql.syntax.FieldOp;
import dev.pharos.query.traceql.syntax.Intrinsic;
import dev.pharos.query.traceql.syntax.Literal;
import dev.pharos.store.read.AttributeScope;
import dev.pharos.store.read.Condition;
import dev.pharos.store.read.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// What the store can know of the wanted spans before it reads them: conditions that follow from a filter. Stateless.
final class SpanPushdown {
  private SpanPushdown() {}

  /// Conditions that all hold for every span that satisfies the expression; the most telling come first.
  static List<Condition> conditions(FieldExpr expr) {
    if (!(expr instanceof FieldExpr.Binary b)) {
      return List.of();
    }
    if (b.op() == FieldOp.AND) {
      var all = new ArrayList<>(conditions(b.left()));
      all.addAll(conditions(b.right()));
      return all;
    }
    if (b.op() == FieldOp.OR) {
      List<Condition> left = conditions(b.left());
      List<Condition> right = conditions(b.right());
      boolean either = !left.isEmpty() && !right.isEmpty();
      return either
          ? List.of(new Condition.AnyOf(List.of(left.getFirst(), right.getFirst())))
          : List.of();
    }
    if (b.right() instanceof FieldExpr.Static(Literal literal)) {
      return comparison(b.left(), b.op(), literal).map(List::of).orElse(List.of());
    }
    return List.of();
  }

  private static Optional<Condition> comparison(FieldExpr field, FieldOp op, Literal literal) {
    return switch (field) {
      case FieldExpr.Attribute(AttributeSide side, String key) -> attribute(side, key, op, literal);
      case FieldExpr.IntrinsicField(Intrinsic intrinsic) -> intrinsic(intrinsic, op, literal);
      case FieldExpr.Static s -> Optional.empty();
      case FieldExpr.Unary u -> Optional.empty();
      case FieldExpr.Binary b -> Optional.empty();
    };
  }

  private static Optional<Condition> attribute(
      AttributeSide side, String key, FieldOp op, Literal literal) {
    Set<AttributeScope> scopes =
        switch (side) {
          case ANY -> Set.of(AttributeScope.ITEM, AttributeScope.RESOURCE);
          case SPAN -> Set.of(AttributeScope.ITEM);
          case RESOURCE -> Set.of(AttributeScope.RESOURCE);
          case INSTRUMENTATION -> Set.of(AttributeScope.SCOPE);
          case EVENT, LINK, PARENT -> Set.of();
        };
    if (scopes.isEmpty() || (literal instanceof Literal.Nil && op == FieldOp.EQ)) {
      return Optional.empty();
    }
    Optional<String> text = equalText(op, literal);
    if (text.isPresent()) {
      return Optional.of(new Condition.AttributeIn(scopes, key, Set.of(text.get())));
    }
    OptionalDouble number = Values.number(literal);
    if (number.isPresent() && op != FieldOp.NE) {
      // A whole number beyond 2^53 rounds as a double: the bounds are widened by what rounding may
      // take.
      double value = number.getAsDouble();
      double low =
          op == FieldOp.LT || op == FieldOp.LE ? Double.NEGATIVE_INFINITY : Math.nextDown(value);
      double high =
          op == FieldOp.GT || op == FieldOp.GE ? Double.POSITIVE_INFINITY : Math.nextUp(value);
      return Optional.of(new Condition.AttributeBetween(scopes, key, low, high));
    }
    return Optional.of(new Condition.AttributeExists(scopes, key));
  }

  private static Optional<String> equalText(FieldOp op, Literal literal) {
    if (!(literal instanceof Literal.Text(String text))) {
      return Optional.empty();
    }
    return op == FieldOp.EQ
        ? Optional.of(text)
        : op == FieldOp.MATCH ? Regex.anchored(text, true).equalText() : Optional.empty();
  }

  private static Optional<Condition> intrinsic(Intrinsic intrinsic, FieldOp op, Literal literal) {
    return switch (intrinsic) {
      case NAME -> textField(Field.NAME, op, literal);
      case STATUS_MESSAGE -> textField(Field.STATUS_MESSAGE, op, literal);
      case INSTRUMENTATION_NAME -> textField(Field.SCOPE_NAME, op, literal);
      case INSTRUMENTATION_VERSION -> textField(Field.SCOPE_VERSION, op, literal);
      case STATUS ->
          op == FieldOp.EQ
                  && literal instanceof Literal.Status status
                  && status != Literal.Status.UNSET
              ? Optional.of(
                  new Condition.FieldBetween(Field.STATUS_CODE, status.ordinal(), status.ordinal()))
              : Optional.empty();
      case KIND ->
          op == FieldOp.EQ
                  && literal instanceof Literal.Kind kind
                  && kind != Literal.Kind.UNSPECIFIED
              ? Optional.of(new Condition.FieldBetween(Field.KIND, kind.ordinal(), kind.ordinal()))
              : Optional.empty();
      case DURATION ->
          literal instanceof Literal.Duration(long nanos) ? duration(op, nanos) : Optional.empty();
      case TRACE_ID ->
          op == FieldOp.EQ
                  && literal instanceof Literal.Text(String id)
                  && id.length() == 32
                  && Ids.isHex(id, 32)
              ? Optional.of(new Condition.OfTrace(Ids.traceHi(id), Ids.traceLo(id)))
              : Optional.empty();
      case SPAN_ID,
          PARENT_ID,
          CHILD_COUNT,
          TRACE_DURATION,
          ROOT_NAME,
          ROOT_SERVICE,
          NESTED_SET_LEFT,
          NESTED_SET_RIGHT,
          NESTED_SET_PARENT,
          PARENT,
          EVENT_NAME,
          EVENT_TIME_SINCE_START,
          LINK_TRACE_ID,
          LINK_SPAN_ID ->
          Optional.empty();
    };
  }

  private static Optional<Condition> textField(Field field, FieldOp op, Literal literal) {
    return equalText(op, literal).map(text -> new Condition.FieldIn(field, Set.of(text)));
  }

  private static Optional<Condition> duration(FieldOp op, long nanos) {
    return switch (op) {
      case EQ -> Optional.of(new Condition.DurationBetween(nanos, nanos));
      case GT, GE -> Optional.of(new Condition.DurationBetween(nanos, Long.MAX_VALUE));
      case LT, LE -> Optional.of(new Condition.DurationBetween(Long.MIN_VALUE, nanos));
      case NE, MATCH, NOT_MATCH, AND, OR, ADD, SUB, MUL, DIV, MOD, POW -> Optional.empty();
    };
  }
}
