package dev.pharos.insight.compare;

import dev.pharos.model.ValueType;
import dev.pharos.store.read.AttributeScope;
import dev.pharos.store.read.Block;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.Field;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Counts the spans of a block by the values that their events have under a key: each span once for a value,
/// however many of its events have it. One thread.
final class EventCounts {
  private final Block events;
  private final byte[] sides;
  private final long[] spans;

  /// The events by their spans.
  private final int[] order;

  /// @param sides by row of the spans, as [Sides] says
  EventCounts(Block events, byte[] sides) {
    this.events = events;
    this.sides = sides;
    spans = events.column(Field.PARENT_ROW).values();
    order = order(spans, events.rows());
  }

  private static int[] order(long[] spans, int rows) {
    for (int i = 1; i < rows; i++) {
      if (spans[i] < spans[i - 1]) {
        return IntStream.range(0, rows)
            .mapToLong(event -> spans[event] << Integer.SIZE | event)
            .sorted()
            .mapToInt(packed -> (int) packed)
            .toArray();
      }
    }
    return IntStream.range(0, rows).toArray();
  }

  void add(String key, AttributeCounts counts) {
    Column column = events.attribute(AttributeScope.ITEM, key);
    if (column.isAbsent()) {
      return;
    }
    var texts = new BySpan(column.symbols().count());
    var numbers = new ByNumber[ValueType.BYTES + 1];
    for (int event : order) {
      byte type = column.type(event);
      byte side = sides[(int) spans[event]];
      if (type == ValueType.ABSENT || side == Sides.NONE) {
        continue;
      }
      if (type == ValueType.STRING) {
        texts.add((int) column.value(event), (int) spans[event], side);
      } else if (type == ValueType.INT || type == ValueType.DOUBLE || type == ValueType.BOOL) {
        numbers[type] = numbers[type] == null ? new ByNumber() : numbers[type];
        numbers[type].add(column.value(event), (int) spans[event], side);
      }
    }
    for (int text = 0; text < texts.size; text++) {
      if (texts.inside[text] + texts.outside[text] > 0) {
        counts.texts.add(column.symbols(), text, texts.inside[text], texts.outside[text]);
      }
    }
    for (byte type = 0; type < numbers.length; type++) {
      if (numbers[type] != null) {
        numbers[type].addTo(counts, type);
      }
    }
  }

  /// Spans by the number of a value; those of one span come one after the other.
  private static final class BySpan {
    private int size;
    private int[] last;
    private int[] inside;
    private int[] outside;

    BySpan(int size) {
      this.size = size;
      last = new int[size];
      inside = new int[size];
      outside = new int[size];
    }

    void add(int value, int span, byte side) {
      if (value >= size) {
        size = Math.max(16, 2 * value);
        last = Arrays.copyOf(last, size);
        inside = Arrays.copyOf(inside, size);
        outside = Arrays.copyOf(outside, size);
      }
      if (last[value] != span + 1) {
        last[value] = span + 1;
        int[] counts = side == Sides.IN ? inside : outside;
        counts[value]++;
      }
    }
  }

  /// Values that are no texts.
  private static final class ByNumber {
    private final Numbering numbers = new Numbering();
    private final BySpan counted = new BySpan(0);

    void add(long value, int span, byte side) {
      counted.add(numbers.of(value), span, side);
    }

    void addTo(AttributeCounts counts, byte type) {
      for (int number = 0; number < numbers.size(); number++) {
        counts.add(type, numbers.key(number), counted.inside[number], counted.outside[number]);
      }
    }
  }
}
