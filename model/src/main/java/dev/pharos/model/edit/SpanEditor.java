package dev.pharos.model.edit;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.binary.Batches;
import java.util.BitSet;

/// A cursor over spans. Fields have a method to read and one of the same name to write; see [SpanBatch] for their
/// meaning.
public final class SpanEditor extends BatchEditor<SpanBatch> {
  private final EventEditor events;
  private final LinkEditor links;
  private SpanBatch spans;

  private SpanEditor(SpanBatch batch) {
    super(batch, batch.attributes());
    spans = batch;
    events = new EventEditor(this, batch.events().attributes());
    links = new LinkEditor(this, batch.links().attributes());
  }

  public static SpanEditor over(SpanBatch batch) {
    return new SpanEditor(batch);
  }

  @Override
  int resourceRow() {
    return spans.resource()[item];
  }

  @Override
  int scopeRow() {
    return spans.scope()[item];
  }

  @Override
  AttributeRows attributesOf(SpanBatch batch) {
    return batch.attributes();
  }

  @Override
  void drafted(SpanBatch draft) {
    spans = draft;
    events.edited().draft(draft.events().attributes());
    links.edited().draft(draft.links().attributes());
  }

  @Override
  void pack() {
    attributes.pack(new BitSet());
    links.edited().pack(new BitSet());
    events.pack(spans);
  }

  @Override
  SpanBatch compact(SpanBatch edited) {
    return Batches.kept(edited, dropped);
  }

  /// The events of this span, to be gone through from before the first.
  public EventEditor events() {
    return events.over(item == 0 ? 0 : spans.eventEnds()[item - 1], spans.eventEnds()[item]);
  }

  /// The links of this span, to be gone through from before the first.
  public LinkEditor links() {
    return links.over(item == 0 ? 0 : spans.linkEnds()[item - 1], spans.linkEnds()[item]);
  }

  public long traceHi() {
    return spans.traceHi()[item];
  }

  public long traceLo() {
    return spans.traceLo()[item];
  }

  public void traceId(long hi, long lo) {
    edit().traceHi()[item] = hi;
    spans.traceLo()[item] = lo;
  }

  public long spanId() {
    return spans.spanId()[item];
  }

  public void spanId(long id) {
    edit().spanId()[item] = id;
  }

  public long parentSpanId() {
    return spans.parentSpanId()[item];
  }

  public void parentSpanId(long id) {
    edit().parentSpanId()[item] = id;
  }

  public long startNanos() {
    return spans.startNanos()[item];
  }

  public void startNanos(long time) {
    edit().startNanos()[item] = time;
  }

  public long endNanos() {
    return spans.endNanos()[item];
  }

  public void endNanos(long time) {
    edit().endNanos()[item] = time;
  }

  public String name() {
    return symbols().text(nameSymbol());
  }

  public int nameSymbol() {
    return spans.name()[item];
  }

  public void name(String name) {
    int symbol = intern(name);
    spans.name()[item] = symbol;
  }

  public byte kind() {
    return spans.kind()[item];
  }

  public void kind(byte kind) {
    edit().kind()[item] = kind;
  }

  public byte statusCode() {
    return spans.statusCode()[item];
  }

  public void statusCode(byte code) {
    edit().statusCode()[item] = code;
  }

  public String statusMessage() {
    return symbols().text(spans.statusMessage()[item]);
  }

  public void statusMessage(String message) {
    int symbol = intern(message);
    spans.statusMessage()[item] = symbol;
  }

  public String traceState() {
    return symbols().text(spans.traceState()[item]);
  }

  public void traceState(String state) {
    int symbol = intern(state);
    spans.traceState()[item] = symbol;
  }

  public int flags() {
    return spans.flags()[item];
  }

  public void flags(int flags) {
    edit().flags()[item] = flags;
  }

  public int droppedAttributes() {
    return spans.droppedAttributes()[item];
  }

  public void droppedAttributes(int count) {
    edit().droppedAttributes()[item] = count;
  }

  public int droppedEvents() {
    return spans.droppedEvents()[item];
  }

  public void droppedEvents(int count) {
    edit().droppedEvents()[item] = count;
  }

  public int droppedLinks() {
    return spans.droppedLinks()[item];
  }

  public void droppedLinks(int count) {
    edit().droppedLinks()[item] = count;
  }
}
