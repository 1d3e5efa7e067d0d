package dev.pharos.insight.exception;

import dev.pharos.insight.exception.ExceptionGroup.ServiceCount;
import dev.pharos.model.ValueType;
import dev.pharos.query.QueryContext;
import dev.pharos.query.traceql.SpanSweep;
import dev.pharos.query.traceql.TimeColumns;
import dev.pharos.store.read.AttributeScope;
import dev.pharos.store.read.Block;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.SpanBlock;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/// The exceptions of the spans that one thread sees, by type and message. One thread.
final class Gathered implements SpanSweep.Work {
  private static final byte[] EVENT = "exception".getBytes(StandardCharsets.UTF_8);
  private static final String SERVICE = "service.name";
  private static final String TYPE = "exception.type";
  private static final String MESSAGE = "exception.message";

  /// Of a group besides its texts and columns, about.
  private static final int GROUP_BYTES = 400;

  private final TimeColumns times;
  private final QueryContext context;
  private final Map<Key, Group> groups = new HashMap<>();
  private int named;
  private boolean complete = true;

  Gathered(TimeColumns times, QueryContext context) {
    this.times = times;
    this.context = context;
  }

  boolean isComplete() {
    return complete;
  }

  @Override
  public void take(int blockNumber, SpanBlock block, boolean[] taken, int count) {
    Block events = block.events();
    if (events.rows() == 0) {
      return;
    }
    Column name = events.column(Field.NAME);
    Column type = events.attribute(AttributeScope.ITEM, TYPE);
    Column message = events.attribute(AttributeScope.ITEM, MESSAGE);
    long[] spans = events.column(Field.PARENT_ROW).values();
    long[] at = events.column(Field.TIME).values();
    Column service = block.attribute(AttributeScope.RESOURCE, SERVICE);
    long[] starts = block.column(Field.TIME).values();
    long width = times.widthNanos();
    var known = new Numbers(type, message);
    for (int event = 0; event < events.rows(); event++) {
      int span = (int) spans[event];
      if (taken[span] && name.symbols().same((int) name.value(event), EVENT)) {
        Group group = known.group(event);
        group.add((int) ((starts[span] - times.fromNanos()) / width), text(service, span));
        group.see(
            at[event],
            block.column(Field.TRACE_HI).value(span),
            block.column(Field.TRACE_LO).value(span),
            block.column(Field.SPAN_ID).value(span));
      }
    }
  }

  private static String text(Column column, int row) {
    return column.type(row) == ValueType.STRING ? column.text(row) : "";
  }

  private Group group(Key key) {
    Group group = groups.get(key);
    if (group == null) {
      if (!key.others && named == Exceptions.MOST_GROUPS) {
        complete = false;
        return group(new Key(key.type, "", true));
      }
      named += key.others ? 0 : 1;
      context.reserve(
          GROUP_BYTES
              + 2L * (key.type.length() + key.message.length())
              + (long) Long.BYTES * times.columns());
      group = new Group(times.columns());
      groups.put(key, group);
    }
    return group;
  }

  void addAll(Gathered other) {
    complete &= other.complete;
    other.groups.forEach((key, theirs) -> group(key).addAll(theirs));
  }

  Stream<ExceptionGroup> groups() {
    return groups.entrySet().stream().map(entry -> entry.getValue().told(entry.getKey()));
  }

  /// @param others whether it stands for all messages of the type that have no group
  private record Key(String type, String message, boolean others) {}

  /// The groups of the events of a block by the numbers of their texts, so that texts are made once. One thread.
  private final class Numbers {
    private final Column type;
    private final Column message;
    private final Map<Long, Group> known = new HashMap<>();
    private long last = -1;
    private Group lastGroup = new Group(0);

    Numbers(Column type, Column message) {
      this.type = type;
      this.message = message;
    }

    Group group(int event) {
      long key = number(type, event) << Integer.SIZE | number(message, event);
      if (key != last) {
        lastGroup =
            known.computeIfAbsent(
                key,
                ignored ->
                    Gathered.this.group(
                        new Key(firstLine(type, event), firstLine(message, event), false)));
        last = key;
      }
      return lastGroup;
    }

    private static long number(Column column, int event) {
      return column.type(event) == ValueType.STRING ? column.value(event) + 1 : 0;
    }

    private static String firstLine(Column column, int event) {
      String line = text(column, event).lines().findFirst().orElse("").strip();
      return line.length() <= Exceptions.LONGEST ? line : line.substring(0, Exceptions.LONGEST);
    }
  }

  /// Exceptions that say the same. One thread.
  private static final class Group {
    private final long[] columns;
    private final Map<String, long[]> services = new HashMap<>();
    private long count;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long traceHi;
    private long traceLo;
    private long spanId;

    Group(int columns) {
      this.columns = new long[columns];
    }

    void add(int column, String service) {
      count++;
      columns[column]++;
      services.computeIfAbsent(service, ignored -> new long[1])[0]++;
    }

    /// Keeps the newest; of those of one time the one with the greatest ids, however blocks come.
    void see(long at, long hi, long lo, long span) {
      first = Math.min(first, at);
      if (at > last || at == last && isAfter(hi, lo, span)) {
        last = at;
        traceHi = hi;
        traceLo = lo;
        spanId = span;
      }
    }

    private boolean isAfter(long hi, long lo, long span) {
      int byHi = Long.compareUnsigned(hi, traceHi);
      int byLo = Long.compareUnsigned(lo, traceLo);
      return byHi != 0 ? byHi > 0 : byLo != 0 ? byLo > 0 : Long.compareUnsigned(span, spanId) > 0;
    }

    void addAll(Group other) {
      count += other.count;
      for (int column = 0; column < columns.length; column++) {
        columns[column] += other.columns[column];
      }
      other.services.forEach(
          (service, own) -> services.computeIfAbsent(service, key -> new long[1])[0] += own[0]);
      first = Math.min(first, other.first);
      see(other.last, other.traceHi, other.traceLo, other.spanId);
    }

    ExceptionGroup told(Key key) {
      var byService =
          services.entrySet().stream()
              .map(entry -> new ServiceCount(entry.getKey(), entry.getValue()[0]))
              .sorted(
                  Comparator.<ServiceCount>comparingLong(one -> -one.count())
                      .thenComparing(ServiceCount::service))
              .toList();
      return new ExceptionGroup(
          key.type,
          key.message,
          key.others,
          count,
          first,
          last,
          byService,
          traceHi,
          traceLo,
          spanId,
          columns);
    }
  }
}
