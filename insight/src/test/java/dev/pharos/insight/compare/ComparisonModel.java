package dev.pharos.insight.compare;

import dev.pharos.insight.compare.Term.Attribute;
import dev.pharos.insight.compare.Term.Bound;
import dev.pharos.insight.compare.Term.Kind;
import dev.pharos.query.memory.SpanRecord;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/// A comparison span by span: for each attribute and value, the spans that have it.
final class ComparisonModel {
  final BitSet inside = new BitSet();
  final BitSet outside = new BitSet();
  final Map<Attribute, Map<Term, BitSet>> terms = new HashMap<>();

  ComparisonModel(List<SpanRecord> spans, Predicate<SpanRecord> isInside) {
    for (int i = 0; i < spans.size(); i++) {
      SpanRecord span = spans.get(i);
      (isInside.test(span) ? inside : outside).set(i);
      add(Scope.INTRINSIC, "name", span.name(), i);
      add(Scope.INTRINSIC, "kind", kind(span.kind()), i);
      add(Scope.INTRINSIC, "status", List.of("unset", "ok", "error").get(span.status()), i);
      int row = i;
      span.attributes().forEach((key, value) -> add(Scope.SPAN, key, value, row));
      span.events()
          .forEach(
              event ->
                  event.attributes().forEach((key, value) -> add(Scope.EVENT, key, value, row)));
      span.resource().forEach((key, value) -> add(Scope.RESOURCE, key, value, row));
    }
    terms.forEach(
        (attribute, values) -> {
          if (attribute.scope() != Scope.EVENT) {
            addBounds(values);
          }
        });
  }

  private static String kind(int kind) {
    return List.of("unspecified", "internal", "server", "client", "producer", "consumer")
        .get(kind)
        .toLowerCase(Locale.ROOT);
  }

  private void add(Scope scope, String key, Object value, int row) {
    var attribute = new Attribute(scope, key);
    Map<Term, BitSet> known = terms.computeIfAbsent(attribute, a -> new HashMap<>());
    Term term =
        switch (value) {
          case String text -> new Term(attribute, Kind.STRING, Bound.EQUAL, text);
          case Long number -> new Term(attribute, Kind.INT, Bound.EQUAL, number.toString());
          case Boolean truth -> new Term(attribute, Kind.BOOL, Bound.EQUAL, truth.toString());
          case Double number -> new Term(attribute, Kind.DOUBLE, Bound.EQUAL, plain(number));
          default -> throw new IllegalArgumentException("value " + value);
        };
    known.computeIfAbsent(term, t -> new BitSet()).set(row);
  }

  static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  /// Above and up to each of many numbers.
  private static void addBounds(Map<Term, BitSet> terms) {
    for (Kind kind : List.of(Kind.INT, Kind.DOUBLE)) {
      var byNumber = new TreeMap<Double, BitSet>();
      terms.forEach(
          (term, rows) -> {
            if (term.kind() == kind) {
              byNumber.put(Double.parseDouble(term.value()), rows);
            }
          });
      if (byNumber.size() <= Best.MANY) {
        continue;
      }
      Attribute attribute = terms.keySet().iterator().next().attribute();
      for (double bound : new TreeSet<>(byNumber.keySet())) {
        var above = new BitSet();
        var upTo = new BitSet();
        byNumber.forEach((number, rows) -> (number > bound ? above : upTo).or(rows));
        terms.put(new Term(attribute, kind, Bound.ABOVE, plain(bound)), above);
        terms.put(new Term(attribute, kind, Bound.UP_TO, plain(bound)), upTo);
      }
    }
  }

  double inside(BitSet rows) {
    return (double) common(rows, inside) / inside.cardinality();
  }

  double outside(BitSet rows) {
    return (double) common(rows, outside) / outside.cardinality();
  }

  static int common(BitSet a, BitSet b) {
    var both = (BitSet) a.clone();
    both.and(b);
    return both.cardinality();
  }

  /// The rows of a term; one whose bound is no value of a span is told by the next value below.
  BitSet rows(Term term) {
    BitSet known = terms.get(term.attribute()).get(term);
    if (known != null) {
      return known;
    }
    double bound = Double.parseDouble(term.value());
    var best = new ArrayList<Term>();
    double nearest = Double.NEGATIVE_INFINITY;
    for (Term each : terms.get(term.attribute()).keySet()) {
      if (each.kind() == term.kind() && each.bound() == term.bound()) {
        double value = Double.parseDouble(each.value());
        if (value <= bound && value > nearest) {
          nearest = value;
          best.clear();
          best.add(each);
        }
      }
    }
    return terms.get(term.attribute()).get(best.getFirst());
  }

  /// The greatest difference of shares that a value of the attribute has.
  double greatestDifference(Attribute attribute) {
    return terms.get(attribute).values().stream()
        .mapToDouble(rows -> inside(rows) - outside(rows))
        .max()
        .orElse(0);
  }

  boolean differs(double insideShare, double outsideShare) {
    int in = inside.cardinality();
    int out = outside.cardinality();
    double pooled = (insideShare * in + outsideShare * out) / (in + out);
    double error = Math.sqrt(pooled * (1 - pooled) * (1.0 / in + 1.0 / out));
    return insideShare - outsideShare >= 0.01 && insideShare - outsideShare > 3 * error;
  }

  boolean saysTheSame(Term a, Term b) {
    BitSet left = rows(a);
    BitSet right = rows(b);
    return isNear(left, right, inside, 0) && isNear(left, right, outside, 0.005);
  }

  private static boolean isNear(BitSet a, BitSet b, BitSet side, double unseen) {
    var either = (BitSet) a.clone();
    either.or(b);
    either.and(side);
    var both = (BitSet) a.clone();
    both.and(b);
    both.and(side);
    return both.cardinality() >= 0.95 * either.cardinality()
        || either.cardinality() - both.cardinality() <= unseen * side.cardinality();
  }
}
