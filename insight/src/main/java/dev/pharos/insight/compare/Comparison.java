package dev.pharos.insight.compare;

import dev.pharos.insight.compare.Ranking.Row;
import dev.pharos.insight.compare.Term.Attribute;
import dev.pharos.query.QueryContext;
import dev.pharos.query.ScanPool;
import dev.pharos.query.traceql.SpanFilter;
import dev.pharos.query.traceql.SpanSweep;
import dev.pharos.query.traceql.SweepCost;
import dev.pharos.store.read.TraceReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Sets some spans against the rest: which attributes, with which values, are more common among them. Every span of
/// the range counts, nothing is sampled. Any thread.
///
/// Values are counted in one pass, inside and outside. An attribute stands in the ranking by its value with the
/// greatest difference of shares; a difference below one percent, or one that chance would explain, is none. A second
/// pass counts the spans that values have in common, where their numbers leave it open that they say the same.
public final class Comparison {
  private static final double LEAST_DIFFERENCE = 0.01;

  /// Standard errors that a difference must be away from none.
  private static final double LEAST_ERRORS = 3;

  private final TraceReader reader;
  private final ScanPool pool;

  /// @param pool where blocks are read
  public Comparison(TraceReader reader, ScanPool pool) {
    this.reader = reader;
    this.pool = pool;
  }

  /// @param filter takes the spans that count at all
  /// @param toNanos of starts, exclusive
  /// @param limit of rows, at least one
  public Ranking compare(
      SpanFilter filter,
      long fromNanos,
      long toNanos,
      Inside inside,
      int limit,
      QueryContext context) {
    try (var sweep = SpanSweep.open(reader, pool, context, filter, fromNanos, toNanos)) {
      boolean anyTime =
          switch (inside) {
            case Inside.Box box -> box.fromNanos() <= fromNanos && box.toNanos() >= toNanos;
            case Inside.Errors errors -> errors.fromNanos() <= fromNanos;
            case Inside.Slow slow -> true;
            case Inside.Matching matching -> true;
          };
      return new Run(sweep, context, inside, anyTime).ranking(limit);
    }
  }

  /// One comparison.
  private static final class Run {
    private final SpanSweep sweep;
    private final QueryContext context;
    private final Inside inside;
    private final boolean anyTime;
    private SweepCost cost = SweepCost.NONE;

    /// @param anyTime whether all spans start within the time of the inside
    Run(SpanSweep sweep, QueryContext context, Inside inside, boolean anyTime) {
      this.sweep = sweep;
      this.context = context;
      this.inside = inside;
      this.anyTime = anyTime;
    }

    /// Lets one worker a thread see all spans.
    private <W extends SpanSweep.Work> List<W> each(Supplier<W> works) {
      SpanSweep.Swept<W> swept = sweep.run(works);
      cost = cost.plus(swept.cost());
      return swept.works();
    }

    Ranking ranking(int limit) {
      OptionalLong least = OptionalLong.empty();
      OptionalLong most = OptionalLong.empty();
      Sides sides =
          switch (inside) {
            case Inside.Errors errors -> Sides.errors(errors, anyTime);
            case Inside.Box box -> Sides.box(box, anyTime);
            case Inside.Slow slow -> slow();
            case Inside.Matching matching -> Sides.matching(sweep, matching.filter());
          };
      if (inside instanceof Inside.Box box) {
        least = box.leastNanos() > 0 ? OptionalLong.of(box.leastNanos()) : least;
        most = box.mostNanos() < Long.MAX_VALUE ? OptionalLong.of(box.mostNanos()) : most;
      } else if (sides instanceof Operations operations) {
        least = operations.leastNanos();
      }
      var insideRows = new InsideRows(context);
      Tally tally = tally(sides, insideRows);
      List<Candidate> candidates = candidates(tally);
      List<Row> rows = rows(candidates, tally, insideRows);
      List<Row> shown = rows.subList(0, Math.min(limit, rows.size()));
      int told = shown.size() + shown.stream().mapToInt(row -> row.same().size()).sum();
      int tested = tally.attributes().size();
      return new Ranking(
          tally.inside(), tally.outside(), least, most, shown, tested, tested - told, cost);
    }

    private Operations slow() {
      var all = new Operations(context);
      each(() -> new Operations(context)).forEach(all::addAll);
      all.decide();
      return all;
    }

    private Tally tally(Sides sides, InsideRows insideRows) {
      Set<Attribute> unbounded = ConcurrentHashMap.newKeySet();
      var all = new Tally(context, sides, insideRows, unbounded);
      each(() -> new Tally(context, sides, insideRows, unbounded)).forEach(all::addAll);
      return all;
    }

    /// What differs, in the order of the ranking.
    private List<Candidate> candidates(Tally tally) {
      var found = new ArrayList<Candidate>();
      if (tally.inside() > 0 && tally.outside() > 0) {
        var best = new Best(tally.inside(), tally.outside());
        tally
            .bounded()
            .forEach(
                (attribute, counts) ->
                    best.of(attribute, counts)
                        .filter(each -> differs(each, tally.inside(), tally.outside()))
                        .ifPresent(found::add));
        found.sort(order(tally.inside(), tally.outside()));
      }
      return found;
    }

    private static boolean differs(Candidate each, long inside, long outside) {
      double difference = (double) each.inside() / inside - (double) each.outside() / outside;
      double pooled = (double) (each.inside() + each.outside()) / (inside + outside);
      double error = Math.sqrt(pooled * (1 - pooled) * (1.0 / inside + 1.0 / outside));
      return difference >= LEAST_DIFFERENCE && difference > LEAST_ERRORS * error;
    }

    /// By difference in whole percents, then importance. Where failed calls are compared, what says how they failed
    /// comes after what says where.
    private Comparator<Candidate> order(long inside, long outside) {
      Comparator<Candidate> byPercent =
          Comparator.comparing(
              each ->
                  -Math.round(100.0 * each.inside() / inside - 100.0 * each.outside() / outside));
      return Comparator.<Candidate, Boolean>comparing(this::isConsequence)
          .thenComparing(byPercent)
          .thenComparing(naming())
          .thenComparing(
              each -> (double) each.outside() / outside - (double) each.inside() / inside)
          .thenComparing(each -> each.term().attribute().key())
          .thenComparing(each -> each.term().attribute().scope());
    }

    private Comparator<Candidate> naming() {
      return Comparator.<Candidate, Boolean>comparing(this::isConsequence)
          .thenComparing(each -> Importance.place(each.term().attribute()));
    }

    private boolean isConsequence(Candidate each) {
      return inside instanceof Inside.Errors && Importance.isFailure(each.term().attribute());
    }

    private List<Row> rows(List<Candidate> candidates, Tally tally, InsideRows insideRows) {
      var folding = new Folding(candidates, tally.outside(), naming());
      List<TermRows> terms = folding.terms();
      var all = new Overlaps(insideRows, terms, folding.pairs());
      if (!folding.pairs().isEmpty()) {
        each(() -> new Overlaps(insideRows, terms, folding.pairs())).forEach(all::addAll);
      }
      return folding.groups(all).stream().map(group -> row(group, tally)).toList();
    }

    private static Row row(List<Candidate> group, Tally tally) {
      Candidate first = group.getFirst();
      return new Row(
          first.term(),
          (double) first.inside() / tally.inside(),
          (double) first.outside() / tally.outside(),
          first.values(),
          group.stream().skip(1).map(Candidate::term).toList());
    }
  }
}
