package dev.pharos.model;

import java.util.Arrays;

/// Log records as columns (opentelemetry/proto/logs/v1), with one dictionary and small tables of resources and scopes.
///
/// Building: [#addRow], set the columns, add attributes, then `attributes().endParent()`. Bodies that are text go into
/// the dictionary by [Symbols#add]. Thread rule as for [Symbols]: once handed over, a batch is never changed.
public final class LogBatch extends RowTable implements Batch {
  private final Symbols symbols;
  private final ResourceTable resources;
  private final ScopeTable scopes;
  private final AttributeRows attributes;
  private long[] timeNanos;
  private long[] observedNanos;
  private byte[] severityNumber;
  private int[] severityText;
  private byte[] bodyType;
  private long[] body;
  private int[] eventName;
  private long[] traceHi;
  private long[] traceLo;
  private long[] spanId;
  private int[] flags;
  private int[] droppedAttributes;
  private int[] resource;
  private int[] scope;

  public LogBatch() {
    this(16);
  }

  /// An empty table with room for so many rows before it grows.
  public LogBatch(int capacity) {
    this(
        capacity,
        Math.max(4, capacity) * 4,
        new Symbols(Math.max(4, capacity) * 64, Math.max(4, capacity) * 2));
  }

  /// An empty table with room for so many rows and attributes before it grows, and a dictionary built or decoded
  /// elsewhere.
  public LogBatch(int capacity, int attributeCapacity, Symbols symbols) {
    int room = roomFor(capacity);
    super(room);
    timeNanos = new long[room];
    observedNanos = new long[room];
    severityNumber = new byte[room];
    severityText = new int[room];
    bodyType = new byte[room];
    body = new long[room];
    eventName = new int[room];
    traceHi = new long[room];
    traceLo = new long[room];
    spanId = new long[room];
    flags = new int[room];
    droppedAttributes = new int[room];
    resource = new int[room];
    scope = new int[room];
    this.symbols = symbols;
    resources = new ResourceTable();
    scopes = new ScopeTable();
    attributes = new AttributeRows(room, attributeCapacity);
  }

  @Override
  void resize(int room) {
    timeNanos = Arrays.copyOf(timeNanos, room);
    observedNanos = Arrays.copyOf(observedNanos, room);
    severityNumber = Arrays.copyOf(severityNumber, room);
    severityText = Arrays.copyOf(severityText, room);
    bodyType = Arrays.copyOf(bodyType, room);
    body = Arrays.copyOf(body, room);
    eventName = Arrays.copyOf(eventName, room);
    traceHi = Arrays.copyOf(traceHi, room);
    traceLo = Arrays.copyOf(traceLo, room);
    spanId = Arrays.copyOf(spanId, room);
    flags = Arrays.copyOf(flags, room);
    droppedAttributes = Arrays.copyOf(droppedAttributes, room);
    resource = Arrays.copyOf(resource, room);
    scope = Arrays.copyOf(scope, room);
  }

  @Override
  public Signal signal() {
    return Signal.LOGS;
  }

  @Override
  public int items() {
    return rows();
  }

  /// Unix time; 0 if the record has none.
  public long[] timeNanos() {
    return timeNanos;
  }

  /// Unix time; 0 if the record has none.
  public long[] observedNanos() {
    return observedNanos;
  }

  /// 0 to 24; unknown ones are kept (0 to 127, others as 0).
  public byte[] severityNumber() {
    return severityNumber;
  }

  /// A symbol.
  public int[] severityText() {
    return severityText;
  }

  /// As in [ValueType].
  public byte[] bodyType() {
    return bodyType;
  }

  /// As in [ValueType].
  public long[] body() {
    return body;
  }

  /// A symbol.
  public int[] eventName() {
    return eventName;
  }

  /// 0 with `traceLo` where the record has no valid trace id.
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

  public int[] flags() {
    return flags;
  }

  public int[] droppedAttributes() {
    return droppedAttributes;
  }

  /// Row of [#resources()].
  @Override
  public int[] resource() {
    return resource;
  }

  /// Row of [#scopes()].
  @Override
  public int[] scope() {
    return scope;
  }

  /// The dictionary of every symbol in this batch.
  @Override
  public Symbols symbols() {
    return symbols;
  }

  @Override
  public ResourceTable resources() {
    return resources;
  }

  @Override
  public ScopeTable scopes() {
    return scopes;
  }

  /// The record attributes; parent = record row.
  public AttributeRows attributes() {
    return attributes;
  }

  @Override
  public void truncate(int count) {
    Arrays.fill(timeNanos, count, rows(), 0);
    Arrays.fill(observedNanos, count, rows(), 0);
    Arrays.fill(severityNumber, count, rows(), (byte) 0);
    Arrays.fill(severityText, count, rows(), 0);
    Arrays.fill(bodyType, count, rows(), (byte) 0);
    Arrays.fill(body, count, rows(), 0);
    Arrays.fill(eventName, count, rows(), 0);
    Arrays.fill(traceHi, count, rows(), 0);
    Arrays.fill(traceLo, count, rows(), 0);
    Arrays.fill(spanId, count, rows(), 0);
    Arrays.fill(flags, count, rows(), 0);
    Arrays.fill(droppedAttributes, count, rows(), 0);
    Arrays.fill(resource, count, rows(), 0);
    Arrays.fill(scope, count, rows(), 0);
    cut(count);
    attributes.truncate(Math.min(count, attributes.parents()));
  }

  /// Heap bytes held, within some percent.
  @Override
  public long sizeBytes() {
    return 74L * timeNanos.length
        + 64
        + symbols.sizeBytes()
        + resources.sizeBytes()
        + scopes.sizeBytes()
        + attributes.sizeBytes();
  }
}
