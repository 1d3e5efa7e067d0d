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
  private int row = -1;

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
  public boolean next() {
    if (row >= spans.rows()) {
      return false;
    }
    row = dropped.nextClearBit(row + 1);
    return row < spans.rows();
  }

  @Override
  public void rewind() {
    row = -1;
  }

  @Override
  public int item() {
    return row;
  }

  @Override
  public void drop() {
    dropped.set(row);
  }

  @Override
  int resourceRow() {
    return spans.resource()[row];
  }

  @Override
  int scopeRow() {
    return spans.scope()[row];
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
    return events.over(row == 0 ? 0 : spans.eventEnds()[row - 1], spans.eventEnds()[row]);
  }

  /// The links of this span, to be gone through from before the first.
  public LinkEditor links() {
    return links.over(row == 0 ? 0 : spans.linkEnds()[row - 1], spans.linkEnds()[row]);
  }

  public long traceHi() {
    return spans.traceHi()[row];
  }

  public long traceLo() {
    return spans.traceLo()[row];
  }

  public void traceId(long hi, long lo) {
    edit().traceHi()[row] = hi;
    spans.traceLo()[row] = lo;
  }

  public long spanId() {
    return spans.spanId()[row];
  }

  public void spanId(long id) {
    edit().spanId()[row] = id;
  }

  public long parentSpanId() {
    return spans.parentSpanId()[row];
  }

  public void parentSpanId(long id) {
    edit().parentSpanId()[row] = id;
  }

  public long startNanos() {
    return spans.startNanos()[row];
  }

  public void startNanos(long time) {
    edit().startNanos()[row] = time;
  }

  public long endNanos() {
    return spans.endNanos()[row];
  }

  public void endNanos(long time) {
    edit().endNanos()[row] = time;
  }

  public String name() {
    return symbols().text(nameSymbol());
  }

  public int nameSymbol() {
    return spans.name()[row];
  }

  public void name(String name) {
    int symbol = intern(name);
    spans.name()[row] = symbol;
  }

  public byte kind() {
    return spans.kind()[row];
  }

  public void kind(byte kind) {
    edit().kind()[row] = kind;
  }

  public byte statusCode() {
    return spans.statusCode()[row];
  }

  public void statusCode(byte code) {
    edit().statusCode()[row] = code;
  }

  public String statusMessage() {
    return symbols().text(spans.statusMessage()[row]);
  }

  public void statusMessage(String message) {
    int symbol = intern(message);
    spans.statusMessage()[row] = symbol;
  }

  public String traceState() {
    return symbols().text(spans.traceState()[row]);
  }

  public void traceState(String state) {
    int symbol = intern(state);
    spans.traceState()[row] = symbol;
  }

  public int flags() {
    return spans.flags()[row];
  }

  public void flags(int flags) {
    edit().flags()[row] = flags;
  }

  public int droppedAttributes() {
    return spans.droppedAttributes()[row];
  }

  public void droppedAttributes(int count) {
    edit().droppedAttributes()[row] = count;
  }

  public int droppedEvents() {
    return spans.droppedEvents()[row];
  }

  public void droppedEvents(int count) {
    edit().droppedEvents()[row] = count;
  }

  public int droppedLinks() {
    return spans.droppedLinks()[row];
  }

  public void droppedLinks(int count) {
    edit().droppedLinks()[row] = count;
  }
}
