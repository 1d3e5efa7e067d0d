package dev.pharos.model;

import java.util.Arrays;

/// The exemplars of a batch; which point an exemplar belongs to is told by [PointRows#exemplarEnds()]. The attributes
/// are the filtered ones.
///
/// Building: [#addRow], set the columns, [#attributes()] get the attributes and `endParent`. Thread rule as for
/// [Symbols].
public final class ExemplarRows {
  private final AttributeRows attributes = new AttributeRows(4, 8);
  private long[] timeNanos;
  private byte[] valueType;
  private long[] value;
  private long[] traceHi;
  private long[] traceLo;
  private long[] spanId;
  private int rows;

  public ExemplarRows() {
    this(16);
  }

  /// An empty table with room for so many rows before it grows.
  public ExemplarRows(int capacity) {
    int room = Math.max(4, capacity);
    timeNanos = new long[room];
    valueType = new byte[room];
    value = new long[room];
    traceHi = new long[room];
    traceLo = new long[room];
    spanId = new long[room];
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
    valueType = Arrays.copyOf(valueType, room);
    value = Arrays.copyOf(value, room);
    traceHi = Arrays.copyOf(traceHi, room);
    traceLo = Arrays.copyOf(traceLo, room);
    spanId = Arrays.copyOf(spanId, room);
  }

  /// Rows in use; the arrays below are valid up to here. Only the builder of the batch writes to them.
  public int rows() {
    return rows;
  }

  /// Unix time.
  public long[] timeNanos() {
    return timeNanos;
  }

  /// [ValueType#EMPTY], [ValueType#INT] or [ValueType#DOUBLE].
  public byte[] valueType() {
    return valueType;
  }

  /// The number, or the raw bits of the double.
  public long[] value() {
    return value;
  }

  /// 0 with `traceLo` where the exemplar has no valid trace id.
  public long[] traceHi() {
    return traceHi;
  }

  public long[] traceLo() {
    return traceLo;
  }

  /// 0 without a valid one.
  public long[] spanId() {
    return spanId;
  }

  public AttributeRows attributes() {
    return attributes;
  }

  /// Takes back the rows from `count` on, with all that hangs on them.
  public void truncate(int count) {
    Arrays.fill(timeNanos, count, rows, 0);
    Arrays.fill(valueType, count, rows, (byte) 0);
    Arrays.fill(value, count, rows, 0);
    Arrays.fill(traceHi, count, rows, 0);
    Arrays.fill(traceLo, count, rows, 0);
    Arrays.fill(spanId, count, rows, 0);
    rows = count;
    attributes.truncate(Math.min(count, attributes.parents()));
  }

  /// Heap bytes held, within some percent.
  public long sizeBytes() {
    return 41L * timeNanos.length + 64 + attributes.sizeBytes();
  }
}
