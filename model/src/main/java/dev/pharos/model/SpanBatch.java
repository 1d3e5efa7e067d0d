package dev.pharos.model;

import java.util.Arrays;

/// Spans as columns (opentelemetry/proto/trace/v1), with one dictionary and small tables of resources and scopes.
///
/// Building: [#addRow], set the columns, add attributes, events and links and set `eventEnds` and `linkEnds`, then
/// `attributes().endParent()`. Thread rule as for [Symbols]: once handed over, a batch is never changed; edits make a
/// new one.
public final class SpanBatch extends RowTable implements Batch {
  private final Symbols symbols;
  private final ResourceTable resources;
  private final ScopeTable scopes;
  private final AttributeRows attributes;
  private final EventRows events;
  private final LinkRows links;
  private long[] traceHi;
  private long[] traceLo;
  private long[] spanId;
  private long[] parentSpanId;
  private long[] startNanos;
  private long[] endNanos;
  private int[] name;
  private byte[] kind;
  private byte[] statusCode;
  private int[] statusMessage;
  private int[] traceState;
  private int[] flags;
  private int[] droppedAttributes;
  private int[] droppedEvents;
  private int[] droppedLinks;
  private int[] resource;
  private int[] scope;
  private int[] eventEnds;
  private int[] linkEnds;

  public SpanBatch() {
    this(16);
  }

  /// An empty table with room for so many rows before it grows.
  public SpanBatch(int capacity) {
    this(
        capacity,
        Math.max(4, capacity) * 8,
        new Symbols(Math.max(4, capacity) * 16, Math.max(4, capacity)));
  }

  /// An empty table with room for so many rows and attributes before it grows, and a dictionary built or decoded
  /// elsewhere.
  public SpanBatch(int capacity, int attributeCapacity, Symbols symbols) {
    int room = roomFor(capacity);
    super(room);
    traceHi = new long[room];
    traceLo = new long[room];
    spanId = new long[room];
    parentSpanId = new long[room];
    startNanos = new long[room];
    endNanos = new long[room];
    name = new int[room];
    kind = new byte[room];
    statusCode = new byte[room];
    statusMessage = new int[room];
    traceState = new int[room];
    flags = new int[room];
    droppedAttributes = new int[room];
    droppedEvents = new int[room];
    droppedLinks = new int[room];
    resource = new int[room];
    scope = new int[room];
    eventEnds = new int[room];
    linkEnds = new int[room];
    this.symbols = symbols;
    resources = new ResourceTable();
    scopes = new ScopeTable();
    attributes = new AttributeRows(room, attributeCapacity);
    events = new EventRows(4);
    links = new LinkRows(4);
  }

  private SpanBatch(SpanBatch from) {
    super(from.rows(), from.rows());
    int rows = from.rows();
    traceHi = Arrays.copyOf(from.traceHi, rows);
    traceLo = Arrays.copyOf(from.traceLo, rows);
    spanId = Arrays.copyOf(from.spanId, rows);
    parentSpanId = Arrays.copyOf(from.parentSpanId, rows);
    startNanos = Arrays.copyOf(from.startNanos, rows);
    endNanos = Arrays.copyOf(from.endNanos, rows);
    name = Arrays.copyOf(from.name, rows);
    kind = Arrays.copyOf(from.kind, rows);
    statusCode = Arrays.copyOf(from.statusCode, rows);
    statusMessage = Arrays.copyOf(from.statusMessage, rows);
    traceState = Arrays.copyOf(from.traceState, rows);
    flags = Arrays.copyOf(from.flags, rows);
    droppedAttributes = Arrays.copyOf(from.droppedAttributes, rows);
    droppedEvents = Arrays.copyOf(from.droppedEvents, rows);
    droppedLinks = Arrays.copyOf(from.droppedLinks, rows);
    resource = Arrays.copyOf(from.resource, rows);
    scope = Arrays.copyOf(from.scope, rows);
    eventEnds = Arrays.copyOf(from.eventEnds, rows);
    linkEnds = Arrays.copyOf(from.linkEnds, rows);
    symbols = from.symbols.trimmed();
    resources = from.resources;
    scopes = from.scopes;
    attributes = from.attributes.trimmed();
    events = from.events;
    links = from.links;
  }

  /// The same batch without the spare room that building it left, to be kept for a while and not to be added to.
  public SpanBatch trimmed() {
    return new SpanBatch(this);
  }

  @Override
  void resize(int room) {
    traceHi = Arrays.copyOf(traceHi, room);
    traceLo = Arrays.copyOf(traceLo, room);
    spanId = Arrays.copyOf(spanId, room);
    parentSpanId = Arrays.copyOf(parentSpanId, room);
    startNanos = Arrays.copyOf(startNanos, room);
    endNanos = Arrays.copyOf(endNanos, room);
    name = Arrays.copyOf(name, room);
    kind = Arrays.copyOf(kind, room);
    statusCode = Arrays.copyOf(statusCode, room);
    statusMessage = Arrays.copyOf(statusMessage, room);
    traceState = Arrays.copyOf(traceState, room);
    flags = Arrays.copyOf(flags, room);
    droppedAttributes = Arrays.copyOf(droppedAttributes, room);
    droppedEvents = Arrays.copyOf(droppedEvents, room);
    droppedLinks = Arrays.copyOf(droppedLinks, room);
    resource = Arrays.copyOf(resource, room);
    scope = Arrays.copyOf(scope, room);
    eventEnds = Arrays.copyOf(eventEnds, room);
    linkEnds = Arrays.copyOf(linkEnds, room);
  }

  @Override
  public Signal signal() {
    return Signal.TRACES;
  }

  @Override
  public int items() {
    return rows();
  }

  /// High half of the trace id, big endian.
  public long[] traceHi() {
    return traceHi;
  }

  /// Low half of the trace id.
  public long[] traceLo() {
    return traceLo;
  }

  /// Never 0.
  public long[] spanId() {
    return spanId;
  }

  /// 0 for a root.
  public long[] parentSpanId() {
    return parentSpanId;
  }

  /// Unix time.
  public long[] startNanos() {
    return startNanos;
  }

  /// Unix time; may lie before the start.
  public long[] endNanos() {
    return endNanos;
  }

  /// A symbol.
  public int[] name() {
    return name;
  }

  /// The enum number as sent; unknown ones are kept (0 to 127, others as 0).
  public byte[] kind() {
    return kind;
  }

  /// 0 unset, 1 ok, 2 error; unknown ones are kept.
  public byte[] statusCode() {
    return statusCode;
  }

  /// A symbol.
  public int[] statusMessage() {
    return statusMessage;
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

  public int[] droppedEvents() {
    return droppedEvents;
  }

  public int[] droppedLinks() {
    return droppedLinks;
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

  /// The events of span `s` are rows `s == 0 ? 0 : eventEnds[s - 1]` to `eventEnds[s]` of [#events()].
  public int[] eventEnds() {
    return eventEnds;
  }

  /// As [#eventEnds()], for [#links()].
  public int[] linkEnds() {
    return linkEnds;
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

  /// The span attributes; parent = span row.
  public AttributeRows attributes() {
    return attributes;
  }

  public EventRows events() {
    return events;
  }

  public LinkRows links() {
    return links;
  }

  @Override
  public void truncate(int count) {
    Arrays.fill(traceHi, count, rows(), 0);
    Arrays.fill(traceLo, count, rows(), 0);
    Arrays.fill(spanId, count, rows(), 0);
    Arrays.fill(parentSpanId, count, rows(), 0);
    Arrays.fill(startNanos, count, rows(), 0);
    Arrays.fill(endNanos, count, rows(), 0);
    Arrays.fill(name, count, rows(), 0);
    Arrays.fill(kind, count, rows(), (byte) 0);
    Arrays.fill(statusCode, count, rows(), (byte) 0);
    Arrays.fill(statusMessage, count, rows(), 0);
    Arrays.fill(traceState, count, rows(), 0);
    Arrays.fill(flags, count, rows(), 0);
    Arrays.fill(droppedAttributes, count, rows(), 0);
    Arrays.fill(droppedEvents, count, rows(), 0);
    Arrays.fill(droppedLinks, count, rows(), 0);
    Arrays.fill(resource, count, rows(), 0);
    Arrays.fill(scope, count, rows(), 0);
    Arrays.fill(eventEnds, count, rows(), 0);
    Arrays.fill(linkEnds, count, rows(), 0);
    cut(count);
    attributes.truncate(Math.min(count, attributes.parents()));
    events.truncate(count == 0 ? 0 : eventEnds[count - 1]);
    links.truncate(count == 0 ? 0 : linkEnds[count - 1]);
  }

  /// Heap bytes held, within some percent.
  @Override
  public long sizeBytes() {
    return 94L * traceHi.length
        + 64
        + symbols.sizeBytes()
        + resources.sizeBytes()
        + scopes.sizeBytes()
        + attributes.sizeBytes()
        + events.sizeBytes()
        + links.sizeBytes();
  }
}
