package dev.pharos.query.traceql;

import dev.pharos.query.QueryContext;
import dev.pharos.query.traceql.syntax.TraceqlQuery.SpansetOp;
import java.util.BitSet;

/// Relations between two spansets of one trace by its tree. Plain operators give the spans of the right side that
/// stand in the relation to some span of the left, negated ones those that do not, and unions the spans of both sides
/// that take part. Spans that are in no tree are related to none. Each span of the one side is tried with each of the
/// other, while the query's time lasts. Stateless.
final class Structure {
  private static final int NONE = -1;

  private Structure() {}

  static boolean isNegated(SpansetOp op) {
    return switch (op) {
      case NOT_CHILD, NOT_PARENT, NOT_DESCENDANT, NOT_ANCESTOR, NOT_SIBLING -> true;
      case AND,
          OR,
          CHILD,
          PARENT,
          DESCENDANT,
          ANCESTOR,
          SIBLING,
          UNION_CHILD,
          UNION_PARENT,
          UNION_DESCENDANT,
          UNION_ANCESTOR,
          UNION_SIBLING ->
          false;
    };
  }

  static BitSet apply(SpansetOp op, Trace trace, BitSet left, BitSet right, QueryContext context) {
    var related = new BitSet();
    var partners = new BitSet();
    for (int r = right.nextSetBit(0); r >= 0; r = right.nextSetBit(r + 1)) {
      context.check();
      for (int l = left.nextSetBit(0); l >= 0; l = left.nextSetBit(l + 1)) {
        if (relates(op, trace, l, r)) {
          related.set(r);
          partners.set(l);
        }
      }
    }
    return switch (op) {
      case CHILD, PARENT, DESCENDANT, ANCESTOR, SIBLING -> related;
      case UNION_CHILD, UNION_PARENT, UNION_DESCENDANT, UNION_ANCESTOR, UNION_SIBLING -> {
        related.or(partners);
        yield related;
      }
      case NOT_CHILD, NOT_PARENT, NOT_DESCENDANT, NOT_ANCESTOR, NOT_SIBLING -> {
        var rest = (BitSet) right.clone();
        rest.andNot(related);
        yield rest;
      }
      case AND, OR -> throw new IllegalStateException(op + " is no relation");
    };
  }

  private static boolean relates(SpansetOp op, Trace trace, int left, int right) {
    return switch (op) {
      case CHILD, NOT_CHILD, UNION_CHILD -> isChild(trace, left, right);
      case PARENT, NOT_PARENT, UNION_PARENT -> isChild(trace, right, left);
      case DESCENDANT, NOT_DESCENDANT, UNION_DESCENDANT -> isBelow(trace, left, right);
      case ANCESTOR, NOT_ANCESTOR, UNION_ANCESTOR -> isBelow(trace, right, left);
      // Roots of one trace are siblings of each other.
      case SIBLING, NOT_SIBLING, UNION_SIBLING ->
          left != right
              && trace.nestedSetParent(left) != 0
              && trace.nestedSetParent(left) == trace.nestedSetParent(right);
      case AND, OR -> throw new IllegalStateException(op + " is no relation");
    };
  }

  private static boolean isChild(Trace trace, int parent, int child) {
    return trace.parent(child) != NONE
        && trace.nestedSetParent(child) > 0
        && trace.nestedSetParent(child) == trace.nestedSetLeft(parent);
  }

  private static boolean isBelow(Trace trace, int above, int below) {
    return trace.nestedSetLeft(below) > 0
        && trace.nestedSetLeft(above) > 0
        && trace.nestedSetLeft(above) < trace.nestedSetLeft(below)
        && trace.nestedSetRight(below) < trace.nestedSetRight(above);
  }
}
