package dev.pharos.insight.compare;

import dev.pharos.insight.compare.Term.Attribute;
import dev.pharos.model.AttributeRows;
import dev.pharos.model.ResourceTable;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.query.QueryContext;
import dev.pharos.query.traceql.SpanSweep;
import dev.pharos.query.traceql.syntax.Literal;
import dev.pharos.store.read.AttributeRun;
import dev.pharos.store.read.AttributeScope;
import dev.pharos.store.read.Block;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.SpanBlock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/// Counts the values of all attributes of the spans that one thread sees. One thread.
///
/// An attribute with too many values is given up: its key goes to a set that all threads share, and nobody reads its
/// columns any more. Whether that happens depends on the values alone and not on who meets them first.
final class Tally implements SpanSweep.Work {
  static final Attribute NAME = new Attribute(Scope.INTRINSIC, "name");
  static final Attribute KIND = new Attribute(Scope.INTRINSIC, "kind");
  static final Attribute STATUS = new Attribute(Scope.INTRINSIC, "status");

  private static final String STACK_TRACE = "exception.stacktrace";

  private final QueryContext context;
  private final Sides sides;
  private final InsideRows insideRows;
  private final Set<Attribute> unbounded;
  private final Map<Attribute, AttributeCounts> counts = new HashMap<>();
  private final AttributeCounts.Room room = new AttributeCounts.Room();
  private final RunSides runSides = new RunSides();
  private final long[] kinds = counters(Literal.Kind.values());
  private final long[] statuses = counters(Literal.Status.values());
  private final Map<ResourceTable, ByResource> resources = new IdentityHashMap<>();
  private long resourceBytes;
  private long inside;
  private long outside;
  private long reserved;

  /// @param insideRows where the rows inside are noted, shared by threads
  /// @param unbounded attributes that were given up, shared by threads
  Tally(QueryContext context, Sides sides, InsideRows insideRows, Set<Attribute> unbounded) {
    this.context = context;
    this.sides = sides;
    this.insideRows = insideRows;
    this.unbounded = unbounded;
  }

  long inside() {
    return inside;
  }

  long outside() {
    return outside;
  }

  @Override
  public void take(int number, SpanBlock block, boolean[] taken, int count) {
    byte[] side = sides.of(block, taken);
    insideRows.put(number, side);
    int in = 0;
    for (byte each : side) {
      in += each == Sides.IN ? 1 : 0;
    }
    inside += in;
    outside += count - in;
    of(NAME).add(block.column(Field.NAME), side, room);
    giveUp(NAME);
    enumerated(block.column(Field.KIND), kinds, side);
    enumerated(block.column(Field.STATUS_CODE), statuses, side);
    runSides.begin(side);
    for (String key : block.attributeKeys(AttributeScope.ITEM)) {
      var attribute = new Attribute(Scope.SPAN, key);
      if (!unbounded.contains(attribute)) {
        AttributeCounts own = of(attribute);
        for (AttributeRun run : block.attributeRuns(key)) {
          own.add(run, runSides.of(run), room);
        }
        giveUp(attribute);
      }
    }
    events(block.events(), side);
    resources(block, side);
    reserve();
  }

  /// Stack traces are left out: their type and message say the same in a thousandth of the bytes.
  private void events(Block events, byte[] side) {
    if (events.rows() == 0) {
      return;
    }
    var values = new EventCounts(events, side);
    for (String key : events.attributeKeys(AttributeScope.ITEM)) {
      var attribute = new Attribute(Scope.EVENT, key);
      if (!key.equals(STACK_TRACE) && !unbounded.contains(attribute)) {
        values.add(key, of(attribute));
        giveUp(attribute);
      }
    }
  }

  private AttributeCounts of(Attribute attribute) {
    return counts.computeIfAbsent(attribute, key -> new AttributeCounts());
  }

  private void giveUp(Attribute attribute) {
    if (of(attribute).isUnbounded()) {
      unbounded.add(attribute);
      counts.put(attribute, new AttributeCounts());
    }
  }

  private static void enumerated(Column column, long[] counters, byte[] side) {
    int values = counters.length >> 2;
    for (int row = 0; row < side.length; row++) {
      long value = column.value(row);
      counters[(value >= 0 && value < values ? (int) value << 2 : 0) | side[row]]++;
    }
  }

  private static long[] counters(Literal[] values) {
    return new long[values.length << 2];
  }

  private void settle(Attribute attribute, Literal[] values, long[] counters) {
    var texts = new Symbols(64, values.length);
    for (int value = 0; value < values.length; value++) {
      long in = counters[value << 2 | Sides.IN];
      long out = counters[value << 2 | Sides.OUT];
      if (in + out > 0) {
        of(attribute).texts.add(texts, texts.intern(values[value].toString()), in, out);
      }
    }
    Arrays.fill(counters, 0);
  }

  /// Counts Resources, whose attributes are counted once for all blocks of a segment.
  private void resources(SpanBlock block, byte[] side) {
    long[] byResource =
        resources.computeIfAbsent(
                block.resources(),
                table -> {
                  resourceBytes += (long) table.size() << 5;
                  return new ByResource(block.resourceSymbols(), new long[table.size() << 2]);
                })
            .counters;
    long[] rows = block.column(Field.RESOURCE).values();
    for (int row = 0; row < side.length; row++) {
      byResource[(int) rows[row] << 2 | side[row]]++;
    }
  }

  /// Spans by their Resource and side.
  private record ByResource(Symbols symbols, long[] counters) {}

  /// Counts as values what was counted by number so far.
  private void settle() {
    settle(KIND, Literal.Kind.values(), kinds);
    settle(STATUS, Literal.Status.values(), statuses);
    resources.forEach((table, spans) -> settle(table, spans.symbols, spans.counters));
    resources.clear();
    counts.values().forEach(AttributeCounts::settle);
  }

  private void settle(ResourceTable table, Symbols symbols, long[] counters) {
    AttributeRows attributes = table.attributes();
    var seen = new HashSet<String>();
    for (int row = 0; row < table.size(); row++) {
      long in = counters[row << 2 | Sides.IN];
      long out = counters[row << 2 | Sides.OUT];
      if (in + out == 0) {
        continue;
      }
      seen.clear();
      for (int i = attributes.from(row); i < attributes.to(row); i++) {
        String key = symbols.text(attributes.key(i));
        var attribute = new Attribute(Scope.RESOURCE, key);
        if (seen.add(key) && !unbounded.contains(attribute)) {
          if (attributes.type(i) == ValueType.STRING) {
            of(attribute).texts.add(symbols, (int) attributes.value(i), in, out);
          } else {
            of(attribute).add(attributes.type(i), attributes.value(i), in, out);
          }
          giveUp(attribute);
        }
      }
    }
  }

  private void reserve() {
    long now = resourceBytes;
    for (AttributeCounts each : counts.values()) {
      now += each.sizeBytes();
    }
    if (now > reserved) {
      context.reserve(now - reserved);
      reserved = now;
    }
  }

  /// Adds what another thread counted.
  void addAll(Tally other) {
    other.settle();
    inside += other.inside;
    outside += other.outside;
    other.counts.forEach(
        (attribute, theirs) -> {
          if (!unbounded.contains(attribute)) {
            of(attribute).addAll(theirs);
            giveUp(attribute);
          }
        });
    reserve();
  }

  /// Attributes that were met, those given up among them.
  Set<Attribute> attributes() {
    var all = new HashSet<>(counts.keySet());
    all.addAll(unbounded);
    return all;
  }

  /// What was counted of those that were not given up.
  Map<Attribute, AttributeCounts> bounded() {
    var bounded = new HashMap<>(counts);
    bounded.keySet().removeAll(unbounded);
    return bounded;
  }
}
