package dev.pharos.insight.exception;

import dev.pharos.query.QueryContext;
import dev.pharos.query.ScanPool;
import dev.pharos.query.traceql.SpanFilter;
import dev.pharos.query.traceql.SpanSweep;
import dev.pharos.query.traceql.TimeColumns;
import dev.pharos.store.read.TraceReader;
import java.util.Comparator;
import java.util.List;

/// Puts together the exceptions of spans: events called `exception`, as OpenTelemetry's conventions have them, by type
/// and the first line of the message. Every event of every span of the range counts, nothing is sampled. Any thread.
public final class Exceptions {
  /// Characters of a message, and of a type.
  public static final int LONGEST = 300;

  /// So many are told apart; the messages of types beyond are counted together.
  static final int MOST_GROUPS = 10_000;

  private static final Comparator<ExceptionGroup> BY_COUNT =
      Comparator.<ExceptionGroup>comparingLong(group -> -group.count())
          .thenComparing(ExceptionGroup::type)
          .thenComparing(ExceptionGroup::message)
          .thenComparing(ExceptionGroup::others);

  private final TraceReader reader;
  private final ScanPool pool;

  /// @param pool where blocks are read
  public Exceptions(TraceReader reader, ScanPool pool) {
    this.reader = reader;
    this.pool = pool;
  }

  /// @param times the starts of the spans
  /// @param limit of groups, at least one
  public ExceptionList of(SpanFilter filter, TimeColumns times, int limit, QueryContext context) {
    SpanSweep.Swept<Gathered> swept;
    try (var sweep =
        SpanSweep.open(reader, pool, context, filter, times.fromNanos(), times.toNanos())) {
      swept = sweep.run(() -> new Gathered(times, context));
    }
    var all = new Gathered(times, context);
    swept.works().forEach(all::addAll);
    List<ExceptionGroup> groups = all.groups().sorted(BY_COUNT).toList();
    return new ExceptionList(
        groups.stream().mapToLong(ExceptionGroup::count).sum(),
        groups.subList(0, Math.min(limit, groups.size())),
        groups.size(),
        all.isComplete(),
        swept.cost());
  }
}
