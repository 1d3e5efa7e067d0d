package dev.pharos.insight.compare;

import dev.pharos.insight.compare.NumberCounts.Counted;
import dev.pharos.insight.compare.Ranking.Share;
import dev.pharos.insight.compare.Term.Attribute;
import dev.pharos.insight.compare.Term.Bound;
import dev.pharos.insight.compare.Term.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Finds the value of an attribute that is most more common inside than outside, or for an attribute of many numbers
/// the bound: above it, or up to it, where that differs most (the cut of Kolmogorov and Smirnov). Of equal ones a
/// value comes before a bound, then the more common inside, then the lesser text.
final class Best {
  /// Numbers of more values than this may be put into two ranges.
  static final int MANY = 12;

  private static final int VALUES = 5;
  private static final double MAX_PLAIN = 1e15;

  private final long inside;
  private final long outside;

  /// @param inside all spans inside, at least one
  /// @param outside all spans outside, at least one
  Best(long inside, long outside) {
    this.inside = inside;
    this.outside = outside;
  }

  private static final Comparator<Candidate> BY_TEXT = Comparator.comparing(c -> c.term().text());

  /// Empty if no value is more common inside.
  Optional<Candidate> of(Attribute attribute, AttributeCounts counts) {
    var found = new ArrayList<Candidate>();
    int texts = counts.texts.tellsSpansApart() ? 0 : counts.texts.size();
    for (int text = 0; text < texts; text++) {
      long in = counts.texts.inside(text);
      long out = counts.texts.outside(text);
      if (in + out > 0) {
        var term = new Term(attribute, Kind.STRING, Bound.EQUAL, counts.texts.text(text));
        found.add(new Candidate(term, in, out, List.of()));
      }
    }
    addNumbers(attribute, Kind.BOOL, counts.truths, found);
    var bounds = new ArrayList<Candidate>();
    addNumbers(attribute, Kind.INT, counts.whole, found);
    addNumbers(attribute, Kind.DOUBLE, counts.real, found);
    // Spans have several numbers where events have them: those above a bound are not the sum.
    if (attribute.scope() != Scope.EVENT) {
      cut(attribute, Kind.INT, counts.whole, bounds);
      cut(attribute, Kind.DOUBLE, counts.real, bounds);
    }
    Candidate best = null;
    for (Candidate each : found) {
      best = best == null || isBetter(each, best) ? each : best;
    }
    List<Candidate> beside = found;
    for (Candidate each : bounds) {
      if (best == null || difference(each) > difference(best)) {
        best = each;
        beside = bounds;
      }
    }
    return best == null || difference(best) <= 0
        ? Optional.empty()
        : Optional.of(withValues(best, beside));
  }

  private boolean isBetter(Candidate each, Candidate best) {
    int byDifference = Double.compare(difference(each), difference(best));
    if (byDifference != 0) {
      return byDifference > 0;
    }
    return each.inside() != best.inside()
        ? each.inside() > best.inside()
        : BY_TEXT.compare(each, best) < 0;
  }

  private double difference(Candidate each) {
    return (double) each.inside() / inside - (double) each.outside() / outside;
  }

  private Candidate withValues(Candidate best, List<Candidate> beside) {
    var values = new ArrayList<Share>();
    values.add(share(best));
    beside.stream()
        .filter(each -> each != best)
        .sorted(
            Comparator.<Candidate>comparingDouble(
                    each -> -((double) each.inside() / inside + (double) each.outside() / outside))
                .thenComparing(BY_TEXT))
        .limit(VALUES - 1)
        .map(this::share)
        .forEach(values::add);
    return new Candidate(best.term(), best.inside(), best.outside(), values);
  }

  private Share share(Candidate each) {
    return new Share(
        each.term().text(), (double) each.inside() / inside, (double) each.outside() / outside);
  }

  private static void addNumbers(
      Attribute attribute, Kind kind, NumberCounts counts, List<Candidate> found) {
    if (counts.isRounded()) {
      return;
    }
    for (Counted each : counts.ascending()) {
      var term = new Term(attribute, kind, Bound.EQUAL, text(kind, each.value()));
      found.add(new Candidate(term, each.inside(), each.outside(), List.of()));
    }
  }

  /// Adds the two sides of the best cut, the better first.
  private void cut(Attribute attribute, Kind kind, NumberCounts counts, List<Candidate> bounds) {
    Counted[] numbers = counts.ascending();
    if (numbers.length <= MANY) {
      return;
    }
    long allIn = 0;
    long allOut = 0;
    for (Counted each : numbers) {
      allIn += each.inside();
      allOut += each.outside();
    }
    double best = Double.NEGATIVE_INFINITY;
    long in = 0;
    long out = 0;
    Candidate first = null;
    Candidate second = null;
    for (int i = 0; i < numbers.length - 1; i++) {
      in += numbers[i].inside();
      out += numbers[i].outside();
      double upTo = (double) in / inside - (double) out / outside;
      double above = (double) (allIn - in) / inside - (double) (allOut - out) / outside;
      if (Math.max(upTo, above) > best) {
        best = Math.max(upTo, above);
        long bound = between(kind, numbers[i].value(), numbers[i + 1].value());
        String text = text(kind, bound);
        var over = new Term(attribute, kind, Bound.ABOVE, text);
        var under = new Term(attribute, kind, Bound.UP_TO, text);
        first = new Candidate(over, allIn - in, allOut - out, List.of());
        second = new Candidate(under, in, out, List.of());
        if (upTo > above) {
          Candidate swapped = first;
          first = second;
          second = swapped;
        }
      }
    }
    if (first != null && second != null) {
      bounds.add(first);
      bounds.add(second);
    }
  }

  /// A bound from the lower number to below the upper one, with two digits if there is one.
  private static long between(Kind kind, long lower, long upper) {
    if (kind == Kind.DOUBLE) {
      double bound = TwoDigits.notBelow(Double.longBitsToDouble(lower));
      return bound < Double.longBitsToDouble(upper) ? Double.doubleToRawLongBits(bound) : lower;
    }
    long bound = TwoDigits.notBelow(lower);
    return bound < upper ? bound : lower;
  }

  private static String text(Kind kind, long value) {
    return switch (kind) {
      case STRING -> throw new IllegalStateException("a text is no number: " + value);
      case BOOL -> Boolean.toString(value != 0);
      case INT -> Long.toString(value);
      case DOUBLE -> text(Double.longBitsToDouble(value));
    };
  }

  private static String text(double value) {
    return Double.isInfinite(value)
            || Math.abs(value) >= MAX_PLAIN
            || Math.abs(value) < 1 / MAX_PLAIN && value != 0
        ? Double.toString(value)
        : new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }
}
