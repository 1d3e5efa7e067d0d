package dev.pharos.model;

import java.util.Arrays;

/// The span events of a batch; which span an event belongs to is told by [SpanBatch#eventEnds()].
///
/// Building: [#addRow], set the columns, [#attributes()] get the attributes and `endParent`. Thread rule as for
/// [Symbols].
public final class EventRows {
  private final AttributeRows attributes = new AttributeRows(4, 8);
  private long[] timeNanos;
  private int[] name;
  private int[] droppedAttributes;
  private int rows;

  public EventRows() {
    this(16);
  }

  /// An empty table with room for so many rows before it grows.
  public EventRows(int capacity) {
    int room = Math.max(4, capacity);
    timeNanos = new long[room];
    name = new int[room];
    droppedAttributes = new int[room];
  }

  /// Appends a row of zeros and returns its index.
  public int addRow() {
    if (rows == timeNanos.length) {
      grow(rows * 2);
    }
    return rows++;
  }

  /// Appends so many rows of zeros and returns the index of the first.
  public int addRows(int count) {
    int first = rows;
    if (count > timeNanos.length - rows) {
      grow(Math.max(Math.addExact(rows, count), (int) Math.min(rows * 2L, Integer.MAX_VALUE - 16)));
    }
    rows += count;
    return first;
  }

  private void grow(int room) {
    timeNanos = Arrays.copyOf(timeNanos, room);
    name = Arrays.copyOf(name, room);
    droppedAttributes = Arrays.copyOf(droppedAttributes, room);
  }

  /// Rows in use; the arrays below are valid up to here. Only the builder of the batch writes to them.
  public int rows() {
    return rows;
  }

  /// Unix time.
  public long[] timeNanos() {
    return timeNanos;
  }

  /// A symbol.
  public int[] name() {
    return name;
  }

  public int[] droppedAttributes() {
    return droppedAttributes;
  }

  public AttributeRows attributes() {
    return attributes;
  }

  /// Takes back the rows from `count` on, with all that hangs on them.
  public void truncate(int count) {
    Arrays.fill(timeNanos, count, rows, 0);
    Arrays.fill(name, count, rows, 0);
    Arrays.fill(droppedAttributes, count, rows, 0);
    rows = count;
    attributes.truncate(Math.min(count, attributes.parents()));
  }

  /// Heap bytes held, within some percent.
  public long sizeBytes() {
    return 16L * timeNanos.length + 64 + attributes.sizeBytes();
  }
}
