package dev.pharos.model;

import java.util.Arrays;

/// The span links of a batch; which span a link belongs to is told by [SpanBatch#linkEnds()]. Ids that were invalid are
/// 0.
///
/// Building: [#addRow], set the columns, [#attributes()] get the attributes and `endParent`. Thread rule as for
/// [Symbols].
public final class LinkRows extends RowTable {
  private final AttributeRows attributes = new AttributeRows(4, 8);
  private long[] traceHi;
  private long[] traceLo;
  private long[] spanId;
  private int[] traceState;
  private int[] flags;
  private int[] droppedAttributes;

  public LinkRows() {
    this(16);
  }

  /// An empty table with room for so many rows before it grows.
  public LinkRows(int capacity) {
    int room = roomFor(capacity);
    super(room);
    traceHi = new long[room];
    traceLo = new long[room];
    spanId = new long[room];
    traceState = new int[room];
    flags = new int[room];
    droppedAttributes = new int[room];
  }

  @Override
  void resize(int room) {
    traceHi = Arrays.copyOf(traceHi, room);
    traceLo = Arrays.copyOf(traceLo, room);
    spanId = Arrays.copyOf(spanId, room);
    traceState = Arrays.copyOf(traceState, room);
    flags = Arrays.copyOf(flags, room);
    droppedAttributes = Arrays.copyOf(droppedAttributes, room);
  }

  /// High half of the linked trace id.
  public long[] traceHi() {
    return traceHi;
  }

  public long[] traceLo() {
    return traceLo;
  }

  /// 0 where the link came without a valid id.
  public long[] spanId() {
    return spanId;
  }

  /// A symbol.
  public int[] traceState() {
    return traceState;
  }

  public int[] flags() {
    return flags;
  }

  public int[] droppedAttributes() {
    return droppedAttributes;
  }

  public AttributeRows attributes() {
    return attributes;
  }

  /// Takes back the rows from `count` on, with all that hangs on them.
  public void truncate(int count) {
    Arrays.fill(traceHi, count, rows(), 0);
    Arrays.fill(traceLo, count, rows(), 0);
    Arrays.fill(spanId, count, rows(), 0);
    Arrays.fill(traceState, count, rows(), 0);
    Arrays.fill(flags, count, rows(), 0);
    Arrays.fill(droppedAttributes, count, rows(), 0);
    cut(count);
    attributes.truncate(Math.min(count, attributes.parents()));
  }

  /// Heap bytes held, within some percent.
  public long sizeBytes() {
    return 36L * traceHi.length + 64 + attributes.sizeBytes();
  }
}
