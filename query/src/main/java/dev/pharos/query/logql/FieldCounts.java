package dev.pharos.query.logql;

import dev.pharos.query.QueryContext;
import dev.pharos.query.QueryError;
import dev.pharos.query.QueryException;
import dev.pharos.query.ScanPool;
import dev.pharos.query.logql.syntax.LogqlExpr;
import dev.pharos.store.read.LogReader;
import dev.pharos.store.read.Scan;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Counts the fields of the lines that a query finds, and their values: labels of streams, structured metadata, and
/// what its stages read from lines. Equal lines count each. Where that takes longer than the query may, what the
/// newest lines have is given. Any thread.
public final class FieldCounts {
  /// Values of a field that are told apart.
  static final int MAX_VALUES = 10_000;

  private static final int VALUE_BYTES = 100;
  private static final List<String> FIRST = List.of(LabelNames.DETECTED_LEVEL, "service_name");

  private final LogReader reader;
  private final ScanPool pool;

  /// @param pool where blocks are read
  public FieldCounts(LogReader reader, ScanPool pool) {
    this.reader = reader;
    this.pool = pool;
  }

  /// What was found.
  ///
  /// @param lines that were found
  /// @param exact whether these are all
  /// @param rows that were looked at
  public record Found(long lines, List<Field> fields, boolean exact, long rows) {}

  /// A field.
  ///
  /// @param scope label, metadata or parsed
  /// @param lines that have it
  /// @param distinct values, of which no more than 10,000 are told apart
  /// @param values the most common first
  public record Field(
      String name, String scope, long lines, int distinct, List<ValueCount> values) {}

  /// A value and the lines that have it.
  public record ValueCount(String value, long lines) {}

  /// The level and the service come first, then what most lines have; fields that tell lines apart come last.
  ///
  /// @param query a selector with its stages, no metric
  /// @param fields how many are given
  /// @param values how many are given of each
  public Found of(
      String query, long fromNanos, long toNanos, int fields, int values, QueryContext context) {
    LogqlExpr.LogQuery parsed = LineCounts.parse(query);
    var sink = new Sink(context);
    var scan = new LogScan(reader, pool, context, new LogPlan(parsed.matchers(), parsed.stages()));
    boolean exact = true;
    try {
      scan.run(fromNanos, toNanos, Scan.Order.NEWEST_FIRST, false, sink);
    } catch (QueryException e) {
      if (!(e.error() instanceof QueryError.Timeout)) {
        throw e;
      }
      exact = false;
    }
    return new Found(sink.lines, sink.fields(fields, values), exact, scan.stats().lines());
  }

  private record Name(Line.Kind kind, String text) {}

  private static final class Counts {
    private final Map<String, long[]> values = new HashMap<>();
    private long lines;
  }

  /// Counters. One thread.
  private static final class Sink implements LogScan.Sink {
    private final QueryContext context;
    private final Map<Name, Counts> fields = new HashMap<>();
    private long lines;

    Sink(QueryContext context) {
      this.context = context;
    }

    @Override
    public void take(LogRows rows, int block, int row, Line line) {
      lines++;
      line.forEach(this::count);
    }

    private void count(Line.Kind kind, String name, String value) {
      if (value.isEmpty()) {
        return;
      }
      Counts counts = fields.computeIfAbsent(new Name(kind, name), ignored -> new Counts());
      counts.lines++;
      long[] known = counts.values.get(value);
      if (known == null && counts.values.size() < MAX_VALUES) {
        context.reserve(value.length() + VALUE_BYTES);
        known = new long[1];
        counts.values.put(value, known);
      }
      if (known != null) {
        known[0]++;
      }
    }

    List<Field> fields(int limit, int values) {
      return fields.entrySet().stream()
          .map(entry -> field(entry.getKey(), entry.getValue(), values))
          .sorted(
              Comparator.comparingInt(Sink::place)
                  .thenComparing(Comparator.comparingLong(Field::lines).reversed())
                  .thenComparing(Field::name)
                  .thenComparing(Field::scope))
          .limit(limit)
          .toList();
    }

    private static int place(Field field) {
      int first = FIRST.indexOf(field.name());
      boolean tellsApart = field.distinct() > 1 && field.distinct() * 2L > field.lines();
      return first >= 0
          ? first
          : tellsApart || field.distinct() == MAX_VALUES ? FIRST.size() + 1 : FIRST.size();
    }

    private static Field field(Name name, Counts counts, int values) {
      String scope =
          switch (name.kind()) {
            case STREAM -> "label";
            case METADATA, PARSED -> name.kind().name().toLowerCase(Locale.ROOT);
          };
      List<ValueCount> shown =
          counts.values.entrySet().stream()
              .map(entry -> new ValueCount(entry.getKey(), entry.getValue()[0]))
              .sorted(
                  Comparator.comparingLong(ValueCount::lines)
                      .reversed()
                      .thenComparing(ValueCount::value))
              .limit(values)
              .toList();
      return new Field(name.text(), scope, counts.lines, counts.values.size(), shown);
    }
  }
}
