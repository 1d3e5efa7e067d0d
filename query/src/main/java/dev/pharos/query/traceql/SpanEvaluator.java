package dev.pharos.query.traceql;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.Ids;
import dev.pharos.model.SpanBatch;
import dev.pharos.query.QueryError;
import dev.pharos.query.QueryException;
import dev.pharos.query.traceql.syntax.FieldExpr;
import dev.pharos.query.traceql.syntax.FieldExpr.AttributeSide;
import dev.pharos.query.traceql.syntax.FieldOp;
import dev.pharos.query.traceql.syntax.Intrinsic;
import dev.pharos.query.traceql.syntax.Literal;
import dev.pharos.query.traceql.syntax.TraceqlQuery.Stage;
import java.util.List;

/// Evaluates field expressions on the spans of one assembled trace. One thread.
///
/// An expression gives several values for an array, none for what is missing. Conditions on events must hold for one
/// event, those on links for one link.
final class SpanEvaluator {
  private static final int NONE = -1;

  private final Trace trace;
  private final SpanBatch spans;
  private int row;
  private int event = NONE;
  private int link = NONE;

  SpanEvaluator(Trace trace) {
    this.trace = trace;
    this.spans = trace.spans();
  }

  boolean matches(Stage.Filter filter, int span) {
    if (filter.condition().isEmpty()) {
      return true;
    }
    FieldExpr condition = filter.condition().get();
    row = span;
    int firstEvent = references(condition, true) ? start(spans.eventEnds(), span) : NONE;
    int eventEnd = firstEvent == NONE ? 0 : Math.max(spans.eventEnds()[span], firstEvent + 1);
    int firstLink = references(condition, false) ? start(spans.linkEnds(), span) : NONE;
    int linkEnd = firstLink == NONE ? 0 : Math.max(spans.linkEnds()[span], firstLink + 1);
    for (int e = firstEvent; e < eventEnd; e++) {
      for (int l = firstLink; l < linkEnd; l++) {
        event = e >= 0 && e < spans.eventEnds()[span] ? e : NONE;
        link = l >= 0 && l < spans.linkEnds()[span] ? l : NONE;
        if (truth(condition)) {
          return true;
        }
      }
    }
    return false;
  }

  private static int start(int[] ends, int span) {
    return span == 0 ? 0 : ends[span - 1];
  }

  private static boolean references(FieldExpr expr, boolean events) {
    return switch (expr) {
      case FieldExpr.Static s -> false;
      case FieldExpr.IntrinsicField(Intrinsic i) ->
          events
              ? i == Intrinsic.EVENT_NAME || i == Intrinsic.EVENT_TIME_SINCE_START
              : i == Intrinsic.LINK_SPAN_ID || i == Intrinsic.LINK_TRACE_ID;
      case FieldExpr.Attribute a -> a.side() == (events ? AttributeSide.EVENT : AttributeSide.LINK);
      case FieldExpr.Unary u -> references(u.inner(), events);
      case FieldExpr.Binary b -> references(b.left(), events) || references(b.right(), events);
    };
  }

  /// The values of an expression on a span.
  List<Literal> values(FieldExpr expr, int span) {
    row = span;
    event =
        start(spans.eventEnds(), span) < spans.eventEnds()[span]
            ? start(spans.eventEnds(), span)
            : NONE;
    link =
        start(spans.linkEnds(), span) < spans.linkEnds()[span]
            ? start(spans.linkEnds(), span)
            : NONE;
    return eval(expr);
  }

  private boolean truth(FieldExpr expr) {
    return switch (expr) {
      case FieldExpr.Unary u when u.not() -> negated(u.inner());
      case FieldExpr.Binary b when b.op() == FieldOp.AND -> truth(b.left()) && truth(b.right());
      case FieldExpr.Binary b when b.op() == FieldOp.OR -> truth(b.left()) || truth(b.right());
      case FieldExpr.Binary b when b.op().isComparison() -> comparison(b);
      case FieldExpr.Static s -> isTrue(eval(s));
      case FieldExpr.IntrinsicField i -> isTrue(eval(i));
      case FieldExpr.Attribute a -> isTrue(eval(a));
      case FieldExpr.Unary u -> isTrue(eval(u));
      case FieldExpr.Binary b -> isTrue(eval(b));
    };
  }

  /// The opposite of a condition; of a value only `false` has one.
  private boolean negated(FieldExpr inner) {
    boolean value =
        switch (inner) {
          case FieldExpr.Attribute a -> true;
          case FieldExpr.IntrinsicField i -> true;
          case FieldExpr.Static s -> true;
          case FieldExpr.Unary u -> !u.not();
          case FieldExpr.Binary b -> b.op().isArithmetic();
        };
    return value ? eval(inner).equals(List.of(new Literal.Bool(false))) : !truth(inner);
  }

  private static boolean isTrue(List<Literal> values) {
    return values.contains(new Literal.Bool(true));
  }

  private boolean comparison(FieldExpr.Binary b) {
    boolean leftNil = isNil(b.left());
    boolean rightNil = isNil(b.right());
    if (leftNil || rightNil) {
      return !(leftNil && rightNil)
          && eval(leftNil ? b.right() : b.left()).isEmpty() == (b.op() == FieldOp.EQ);
    }
    List<Literal> left =
        isLogic(b.left()) ? List.of(new Literal.Bool(truth(b.left()))) : eval(b.left());
    List<Literal> right =
        isLogic(b.right()) ? List.of(new Literal.Bool(truth(b.right()))) : eval(b.right());
    for (Literal a : left) {
      for (Literal c : right) {
        if (Values.compare(b.op(), a, c)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isNil(FieldExpr expr) {
    return expr instanceof FieldExpr.Static(Literal literal) && literal instanceof Literal.Nil;
  }

  private static boolean isLogic(FieldExpr expr) {
    return (expr instanceof FieldExpr.Unary u && u.not())
        || (expr instanceof FieldExpr.Binary b && !b.op().isArithmetic());
  }

  private List<Literal> eval(FieldExpr expr) {
    return switch (expr) {
      case FieldExpr.Static(Literal literal) ->
          literal instanceof Literal.Nil ? List.of() : List.of(literal);
      case FieldExpr.IntrinsicField(Intrinsic intrinsic) -> intrinsic(intrinsic);
      case FieldExpr.Attribute(AttributeSide side, String key) -> attribute(side, key);
      case FieldExpr.Unary u ->
          u.not() ? List.of(new Literal.Bool(negated(u.inner()))) : minus(eval(u.inner()));
      case FieldExpr.Binary b -> {
        if (!b.op().isArithmetic()) {
          yield List.of(new Literal.Bool(truth(b)));
        }
        List<Literal> left = eval(b.left());
        List<Literal> right = eval(b.right());
        yield left.size() == 1 && right.size() == 1
            ? Values.compute(b.op(), left.getFirst(), right.getFirst())
            : List.of();
      }
    };
  }

  private static List<Literal> minus(List<Literal> values) {
    return values.size() == 1
        ? Values.compute(FieldOp.MUL, values.getFirst(), new Literal.Int(-1))
        : List.of();
  }

  private List<Literal> attribute(AttributeSide side, String key) {
    return switch (side) {
      case ANY -> {
        List<Literal> span = find(spans.attributes(), row, key);
        yield span.isEmpty()
            ? find(spans.resources().attributes(), spans.resource()[row], key)
            : span;
      }
      case SPAN -> find(spans.attributes(), row, key);
      case RESOURCE -> find(spans.resources().attributes(), spans.resource()[row], key);
      case INSTRUMENTATION -> find(spans.scopes().attributes(), spans.scope()[row], key);
      case EVENT -> event == NONE ? List.of() : find(spans.events().attributes(), event, key);
      case LINK -> link == NONE ? List.of() : find(spans.links().attributes(), link, key);
      case PARENT -> throw new QueryException(new QueryError.Unsupported("the scope parent"));
    };
  }

  private List<Literal> find(AttributeRows attributes, int parent, String key) {
    int symbol = spans.symbols().find(key);
    int at = symbol < 0 ? -1 : attributes.find(parent, symbol);
    return at < 0
        ? List.of()
        : Values.of(attributes.type(at), attributes.value(at), spans.symbols());
  }

  private List<Literal> intrinsic(Intrinsic intrinsic) {
    return switch (intrinsic) {
      case DURATION -> nanos(spans.endNanos()[row] - spans.startNanos()[row]);
      case NAME -> symbol(spans.name()[row]);
      case STATUS -> enumerated(Literal.Status.values(), spans.statusCode()[row]);
      case STATUS_MESSAGE -> symbol(spans.statusMessage()[row]);
      case KIND -> enumerated(Literal.Kind.values(), spans.kind()[row]);
      case SPAN_ID -> text(Ids.spanHex(spans.spanId()[row]));
      case PARENT_ID ->
          spans.parentSpanId()[row] == 0 ? List.of() : text(Ids.spanHex(spans.parentSpanId()[row]));
      case CHILD_COUNT -> whole(trace.childCount(row));
      case TRACE_DURATION -> nanos(trace.durationNanos());
      case ROOT_NAME -> text(trace.rootName().orElse(""));
      case ROOT_SERVICE -> text(trace.rootService().orElse(""));
      case TRACE_ID -> text(Ids.traceHex(spans.traceHi()[row], spans.traceLo()[row]));
      case NESTED_SET_LEFT -> whole(trace.nestedSetLeft(row));
      case NESTED_SET_RIGHT -> whole(trace.nestedSetRight(row));
      case NESTED_SET_PARENT -> whole(trace.nestedSetParent(row));
      case PARENT -> throw new QueryException(new QueryError.Unsupported("the intrinsic parent"));
      case EVENT_NAME -> event == NONE ? List.of() : symbol(spans.events().name()[event]);
      case EVENT_TIME_SINCE_START ->
          event == NONE
              ? List.of()
              : nanos(spans.events().timeNanos()[event] - spans.startNanos()[row]);
      case LINK_TRACE_ID ->
          link == NONE
              ? List.of()
              : text(Ids.traceHex(spans.links().traceHi()[link], spans.links().traceLo()[link]));
      case LINK_SPAN_ID ->
          link == NONE ? List.of() : text(Ids.spanHex(spans.links().spanId()[link]));
      case INSTRUMENTATION_NAME -> symbol(spans.scopes().name(spans.scope()[row]));
      case INSTRUMENTATION_VERSION -> symbol(spans.scopes().version(spans.scope()[row]));
    };
  }

  private static List<Literal> text(String value) {
    return List.of(new Literal.Text(value));
  }

  private List<Literal> symbol(int id) {
    return text(spans.symbols().text(id));
  }

  private static List<Literal> whole(long value) {
    return List.of(new Literal.Int(value));
  }

  private static List<Literal> nanos(long value) {
    return List.of(new Literal.Duration(value));
  }

  private static List<Literal> enumerated(Literal[] values, int number) {
    return List.of(values[number >= 0 && number < values.length ? number : 0]);
  }
}
