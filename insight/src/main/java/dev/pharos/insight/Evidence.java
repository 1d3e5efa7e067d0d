package dev.pharos.insight;

import dev.pharos.insight.compare.Comparison;
import dev.pharos.insight.compare.Inside;
import dev.pharos.insight.compare.Ranking;
import dev.pharos.insight.compare.TermRows;
import dev.pharos.model.Ids;
import dev.pharos.query.QueryContext;
import dev.pharos.query.ScanPool;
import dev.pharos.query.traceql.SpanFilter;
import dev.pharos.query.traceql.SpanSweep;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.DurationBuckets;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.SpanBlock;
import dev.pharos.store.read.TraceReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Reads the requests of one service for what proves a finding: what the slow or failed ones have in common, how those
/// went beside the others, and a typical one. Any thread.
final class Evidence {
  private static final SpanFilter REQUESTS =
      SpanFilter.parse("{ kind = server || kind = consumer }");
  private static final int STATUS_ERROR = 2;

  /// What an attribute must be more common by among the slow or failed calls.
  private static final double LEAST_DIFFERENCE = 0.2;

  /// Calls out of which the typical one is taken.
  private static final int CANDIDATES = 200;

  private final TraceReader traces;
  private final ScanPool pool;
  private final Comparison comparison;

  Evidence(TraceReader traces, ScanPool pool) {
    this.traces = traces;
    this.pool = pool;
    this.comparison = new Comparison(traces, pool);
  }

  private static SpanFilter requests(String service) {
    return REQUESTS.ofResource(Sender.SERVICE, service);
  }

  /// The first row of the comparison, if it says much.
  Optional<Ranking.Row> attribute(
      QueryContext context,
      Cost cost,
      String service,
      long fromNanos,
      long toNanos,
      Inside inside) {
    Ranking ranking = comparison.compare(requests(service), fromNanos, toNanos, inside, 1, context);
    cost.add(ranking.cost());
    return ranking.rows().stream().filter(row -> row.difference() >= LEAST_DIFFERENCE).findFirst();
  }

  /// Requests in columns, those with an attribute apart from the others, and a typical slow or failed one of the
  /// former.
  ///
  /// @param traceId empty if there is none
  record Told(Calls[] lit, Calls[] rest, String traceId) {}

  private record Candidate(long traceHi, long traceLo, long nanos) {}

  /// @param columns of `stepNanos` each, from `fromNanos` on
  /// @param sinceNanos from when on a request can be the typical one
  /// @param leastNanos of slow requests; of failed ones, -1
  Told tell(
      QueryContext context,
      Cost cost,
      String service,
      Optional<Ranking.Row> attribute,
      long fromNanos,
      long stepNanos,
      int columns,
      long sinceNanos,
      long leastNanos) {
    SpanSweep.Swept<Teller> swept;
    long toNanos = fromNanos + columns * stepNanos;
    try (var sweep = SpanSweep.open(traces, pool, context, requests(service), fromNanos, toNanos)) {
      swept =
          sweep.run(
              () -> new Teller(attribute, fromNanos, stepNanos, columns, sinceNanos, leastNanos));
    }
    cost.add(swept.cost());
    Calls[] lit = room(columns);
    Calls[] rest = room(columns);
    var candidates = new ArrayList<Candidate>();
    for (Teller teller : swept.works()) {
      for (int i = 0; i < columns; i++) {
        lit[i].add(teller.lit[i]);
        rest[i].add(teller.rest[i]);
      }
      candidates.addAll(teller.candidates);
    }
    return new Told(lit, rest, typical(candidates));
  }

  private static Calls[] room(int columns) {
    var room = new Calls[columns];
    for (int i = 0; i < columns; i++) {
      room[i] = new Calls();
    }
    return room;
  }

  /// The one in the middle by duration.
  private static String typical(List<Candidate> candidates) {
    if (candidates.isEmpty()) {
      return "";
    }
    candidates.sort(
        Comparator.comparingLong(Candidate::nanos).thenComparingLong(Candidate::traceLo));
    Candidate middle = candidates.get(candidates.size() / 2);
    return Ids.traceHex(middle.traceHi, middle.traceLo);
  }

  /// Adds the requests of blocks up. One thread.
  private static final class Teller implements SpanSweep.Work {
    private final Optional<Ranking.Row> attribute;
    private final long fromNanos;
    private final long stepNanos;
    private final long sinceNanos;
    private final long leastNanos;
    private final Calls[] lit;
    private final Calls[] rest;
    private final List<Candidate> candidates = new ArrayList<>();

    Teller(
        Optional<Ranking.Row> attribute,
        long fromNanos,
        long stepNanos,
        int columns,
        long sinceNanos,
        long leastNanos) {
      this.attribute = attribute;
      this.fromNanos = fromNanos;
      this.stepNanos = stepNanos;
      this.sinceNanos = sinceNanos;
      this.leastNanos = leastNanos;
      lit = room(columns);
      rest = room(columns);
    }

    @Override
    public void take(int number, SpanBlock block, boolean[] taken, int count) {
      long[] starts = block.column(Field.TIME).values();
      long[] ends = block.column(Field.END).values();
      Column status = block.column(Field.STATUS_CODE);
      Optional<long[]> has = attribute.map(row -> new TermRows(row.term()).in(block));
      for (int row = 0; row < taken.length; row++) {
        if (taken[row]) {
          boolean with = has.isEmpty() || (has.get()[row >> 6] >>> row & 1) != 0;
          boolean error = status.value(row) == STATUS_ERROR;
          long nanos = ends[row] - starts[row];
          int column = (int) ((starts[row] - fromNanos) / stepNanos);
          (with ? lit : rest)[column].add(DurationBuckets.of(nanos), error, 1);
          boolean bad = leastNanos < 0 ? error : nanos >= leastNanos;
          if (with && bad && starts[row] >= sinceNanos && candidates.size() < CANDIDATES) {
            candidates.add(
                new Candidate(
                    block.column(Field.TRACE_HI).value(row),
                    block.column(Field.TRACE_LO).value(row),
                    nanos));
          }
        }
      }
    }
  }
}
