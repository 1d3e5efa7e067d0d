package dev.pharos.model;

import java.util.Arrays;

/// The span events of a batch; which span an event belongs to is told by [SpanBatch#eventEnds()].
///
/// Building: [#addRow], set the columns, [#attributes()] get the attributes and `endParent`. Thread rule as for
/// [Symbols].
public final class EventRows extends RowTable {
  private final AttributeRows attributes = new AttributeRows(4, 8);
  private long[] timeNanos;
  private int[] name;
  private int[] droppedAttributes;

  public EventRows() {
    this(16);
  }

  /// An empty table with room for so many rows before it grows.
  public EventRows(int capacity) {
    int room = roomFor(capacity);
    super(room);
    timeNanos = new long[room];
    name = new int[room];
    droppedAttributes = new int[room];
  }

  @Override
  void resize(int room) {
    timeNanos = Arrays.copyOf(timeNanos, room);
    name = Arrays.copyOf(name, room);
    droppedAttributes = Arrays.copyOf(droppedAttributes, room);
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
    Arrays.fill(timeNanos, count, rows(), 0);
    Arrays.fill(name, count, rows(), 0);
    Arrays.fill(droppedAttributes, count, rows(), 0);
    cut(count);
    attributes.truncate(Math.min(count, attributes.parents()));
  }

  /// Heap bytes held, within some percent.
  public long sizeBytes() {
    return 16L * timeNanos.length + 64 + attributes.sizeBytes();
  }
}
