package dev.pharos.model;

import java.util.Arrays;

/// The data points of a batch; which metric a point belongs to is told by [MetricBatch#pointEnds()].
///
/// Building: [#addRow], set the columns, add exemplars and set `exemplarEnds`, then `attributes().endParent()`. Thread
/// rule as for [Symbols].
public final class PointRows extends RowTable {
  private final AttributeRows attributes;
  private final ExemplarRows exemplars = new ExemplarRows(4);
  private long[] startNanos;
  private long[] timeNanos;
  private int[] flags;
  private byte[] valueType;
  private long[] value;
  private int[] detail;
  private int[] exemplarEnds;

  public PointRows() {
    this(16);
  }

  /// An empty table with room for so many rows before it grows.
  public PointRows(int capacity) {
    int room = roomFor(capacity);
    super(room);
    startNanos = new long[room];
    timeNanos = new long[room];
    flags = new int[room];
    valueType = new byte[room];
    value = new long[room];
    detail = new int[room];
    exemplarEnds = new int[room];
    attributes = new AttributeRows(room, room * 4);
  }

  @Override
  void resize(int room) {
    startNanos = Arrays.copyOf(startNanos, room);
    timeNanos = Arrays.copyOf(timeNanos, room);
    flags = Arrays.copyOf(flags, room);
    valueType = Arrays.copyOf(valueType, room);
    value = Arrays.copyOf(value, room);
    detail = Arrays.copyOf(detail, room);
    exemplarEnds = Arrays.copyOf(exemplarEnds, room);
  }

  /// Unix time; 0 if unknown.
  public long[] startNanos() {
    return startNanos;
  }

  /// Unix time.
  public long[] timeNanos() {
    return timeNanos;
  }

  /// Bit 0: no recorded value.
  public int[] flags() {
    return flags;
  }

  /// Of number points: [ValueType#EMPTY], [ValueType#INT] or [ValueType#DOUBLE]; else 0.
  public byte[] valueType() {
    return valueType;
  }

  /// Of number points: the number, or the raw bits of the double.
  public long[] value() {
    return value;
  }

  /// Of histograms, exponential histograms and summaries: row of the table of that kind; else -1.
  public int[] detail() {
    return detail;
  }

  /// The exemplars of point `p` are rows `p == 0 ? 0 : exemplarEnds[p - 1]` to `exemplarEnds[p]`.
  public int[] exemplarEnds() {
    return exemplarEnds;
  }

  /// Parent = point row.
  public AttributeRows attributes() {
    return attributes;
  }

  public ExemplarRows exemplars() {
    return exemplars;
  }

  /// Takes back the rows from `count` on, with all that hangs on them.
  public void truncate(int count) {
    Arrays.fill(startNanos, count, rows(), 0);
    Arrays.fill(timeNanos, count, rows(), 0);
    Arrays.fill(flags, count, rows(), 0);
    Arrays.fill(valueType, count, rows(), (byte) 0);
    Arrays.fill(value, count, rows(), 0);
    Arrays.fill(detail, count, rows(), 0);
    Arrays.fill(exemplarEnds, count, rows(), 0);
    cut(count);
    attributes.truncate(Math.min(count, attributes.parents()));
    exemplars.truncate(count == 0 ? 0 : exemplarEnds[count - 1]);
  }

  /// Heap bytes held, within some percent.
  public long sizeBytes() {
    return 37L * startNanos.length + 64 + attributes.sizeBytes() + exemplars.sizeBytes();
  }
}
