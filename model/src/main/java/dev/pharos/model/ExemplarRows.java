package dev.pharos.model;

import java.util.Arrays;

/// The exemplars of a batch; which point an exemplar belongs to is told by [PointRows#exemplarEnds()]. The attributes
/// are the filtered ones.
///
/// Building: [#addRow], set the columns, [#attributes()] get the attributes and `endParent`. Thread rule as for
/// [Symbols].
public final class ExemplarRows extends RowTable {
  private final AttributeRows attributes = new AttributeRows(4, 8);
  private long[] timeNanos;
  private byte[] valueType;
  private long[] value;
  private long[] traceHi;
  private long[] traceLo;
  private long[] spanId;

  public ExemplarRows() {
    this(16);
  }

  /// An empty table with room for so many rows before it grows.
  public ExemplarRows(int capacity) {
    int room = roomFor(capacity);
    super(room);
    timeNanos = new long[room];
    valueType = new byte[room];
    value = new long[room];
    traceHi = new long[room];
    traceLo = new long[room];
    spanId = new long[room];
  }

  @Override
  void resize(int room) {
    timeNanos = Arrays.copyOf(timeNanos, room);
    valueType = Arrays.copyOf(valueType, room);
    value = Arrays.copyOf(value, room);
    traceHi = Arrays.copyOf(traceHi, room);
    traceLo = Arrays.copyOf(traceLo, room);
    spanId = Arrays.copyOf(spanId, room);
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
    Arrays.fill(timeNanos, count, rows(), 0);
    Arrays.fill(valueType, count, rows(), (byte) 0);
    Arrays.fill(value, count, rows(), 0);
    Arrays.fill(traceHi, count, rows(), 0);
    Arrays.fill(traceLo, count, rows(), 0);
    Arrays.fill(spanId, count, rows(), 0);
    cut(count);
    attributes.truncate(Math.min(count, attributes.parents()));
  }

  /// Heap bytes held, within some percent.
  public long sizeBytes() {
    return 41L * timeNanos.length + 64 + attributes.sizeBytes();
  }
}
