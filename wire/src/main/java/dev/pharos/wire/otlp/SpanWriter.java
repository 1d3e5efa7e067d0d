package dev.pharos.wire.otlp;

import dev.pharos.model.EventRows;
import dev.pharos.model.LinkRows;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Symbols;

/// Writes spans, fields from the last to the first.
final class SpanWriter extends OtlpEncoder<SpanBatch> {
  private final RowSelection rows = new RowSelection();

  @Override
  void select(SpanBatch batch, int from, int to) {
    rows.range(from, to).group(groups, batch.resources().size(), batch.resource(), batch.scope());
  }

  @Override
  void select(SpanBatch batch, int[] items, int from, int to) {
    rows.list(items, from, to)
        .group(groups, batch.resources().size(), batch.resource(), batch.scope());
  }

  @Override
  void item(SpanBatch spans, int position) {
    int row = rows.row(position);
    Symbols symbols = spans.symbols();
    int end = out.size();
    fixed32(16 << 3 | 5, spans.flags()[row]);
    status(symbols, spans.statusCode()[row], spans.statusMessage()[row]);
    number(14 << 3, spans.droppedLinks()[row]);
    int firstLink = row == 0 ? 0 : spans.linkEnds()[row - 1];
    for (int link = spans.linkEnds()[row] - 1; link >= firstLink; link--) {
      link(symbols, spans.links(), link);
    }
    number(12 << 3, spans.droppedEvents()[row]);
    int firstEvent = row == 0 ? 0 : spans.eventEnds()[row - 1];
    for (int event = spans.eventEnds()[row] - 1; event >= firstEvent; event--) {
      event(symbols, spans.events(), event);
    }
    number(10 << 3, spans.droppedAttributes()[row]);
    attributes(symbols, 9 << 3 | 2, spans.attributes(), row);
    fixed64(8 << 3 | 1, spans.endNanos()[row]);
    fixed64(7 << 3 | 1, spans.startNanos()[row]);
    number(6 << 3, spans.kind()[row]);
    text(symbols, 5 << 3 | 2, spans.name()[row]);
    spanId(4 << 3 | 2, spans.parentSpanId()[row]);
    text(symbols, 3 << 3 | 2, spans.traceState()[row]);
    spanId(2 << 3 | 2, spans.spanId()[row]);
    traceId(1 << 3 | 2, spans.traceHi()[row], spans.traceLo()[row]);
    out.message(2 << 3 | 2, end);
  }

  private void status(Symbols symbols, byte code, int message) {
    if (code == 0 && message == 0) {
      return;
    }
    int end = out.size();
    number(3 << 3, code);
    text(symbols, 2 << 3 | 2, message);
    out.message(15 << 3 | 2, end);
  }

  private void event(Symbols symbols, EventRows events, int row) {
    int end = out.size();
    number(4 << 3, events.droppedAttributes()[row]);
    attributes(symbols, 3 << 3 | 2, events.attributes(), row);
    text(symbols, 2 << 3 | 2, events.name()[row]);
    fixed64(1 << 3 | 1, events.timeNanos()[row]);
    out.message(11 << 3 | 2, end);
  }

  private void link(Symbols symbols, LinkRows links, int row) {
    int end = out.size();
    fixed32(6 << 3 | 5, links.flags()[row]);
    number(5 << 3, links.droppedAttributes()[row]);
    attributes(symbols, 4 << 3 | 2, links.attributes(), row);
    text(symbols, 3 << 3 | 2, links.traceState()[row]);
    spanId(2 << 3 | 2, links.spanId()[row]);
    traceId(1 << 3 | 2, links.traceHi()[row], links.traceLo()[row]);
    out.message(13 << 3 | 2, end);
  }
}
