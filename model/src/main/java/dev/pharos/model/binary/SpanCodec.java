package dev.pharos.model.binary;

import dev.pharos.model.EventRows;
import dev.pharos.model.LinkRows;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Symbols;

/// The body of a span batch, column by column.
final class SpanCodec {
  private SpanCodec() {}

  static void put(BatchBuffer out, SpanBatch batch) {
    int rows = batch.rows();
    out.putVarint(rows);
    out.putVarint(batch.attributes().size());
    TableCodec.putSymbols(out, batch.symbols());
    TableCodec.putResources(out, batch.resources());
    TableCodec.putScopes(out, batch.scopes());
    TableCodec.putAttributes(out, batch.attributes());
    out.putEnds(batch.eventEnds(), rows);
    out.putEnds(batch.linkEnds(), rows);
    out.putLongColumn(batch.traceHi(), rows, 0);
    out.putLongColumn(batch.traceLo(), rows, 0);
    out.putLongColumn(batch.spanId(), rows, 0);
    out.putLongColumn(batch.parentSpanId(), rows, 0);
    out.putLongColumn(batch.startNanos(), rows, 0);
    long[] durations = out.scratchLongs(rows);
    for (int i = 0; i < rows; i++) {
      durations[i] = batch.endNanos()[i] - batch.startNanos()[i];
    }
    out.putLongColumn(durations, rows, 0);
    out.putIntColumn(batch.name(), rows);
    out.putByteColumn(batch.kind(), rows, true);
    out.putByteColumn(batch.statusCode(), rows, true);
    out.putIntColumn(batch.statusMessage(), rows);
    out.putIntColumn(batch.traceState(), rows);
    out.putIntColumn(batch.flags(), rows);
    out.putIntColumn(batch.droppedAttributes(), rows);
    out.putIntColumn(batch.droppedEvents(), rows);
    out.putIntColumn(batch.droppedLinks(), rows);
    out.putIntColumn(batch.resource(), rows);
    out.putIntColumn(batch.scope(), rows);
    putEvents(out, batch.events());
    putLinks(out, batch.links());
  }

  static SpanBatch get(BatchInput in) {
    int rows = in.getCount("spans");
    int attributes = in.getCount("span attributes");
    Symbols symbols = TableCodec.getSymbols(in);
    int count = symbols.count();
    var batch = new SpanBatch(rows, attributes, symbols);
    TableCodec.getResources(in, batch.resources(), count);
    TableCodec.getScopes(in, batch.scopes(), count);
    batch.addRows(rows);
    TableCodec.getAttributes(in, batch.attributes(), rows, count);
    int events = in.getEnds(batch.eventEnds(), rows, "events");
    int links = in.getEnds(batch.linkEnds(), rows, "links");
    in.getLongColumn(batch.traceHi(), rows, 0);
    in.getLongColumn(batch.traceLo(), rows, 0);
    in.getLongColumn(batch.spanId(), rows, 0);
    in.getLongColumn(batch.parentSpanId(), rows, 0);
    in.getLongColumn(batch.startNanos(), rows, 0);
    in.getLongColumn(batch.endNanos(), rows, 0);
    for (int i = 0; i < rows; i++) {
      batch.endNanos()[i] += batch.startNanos()[i];
    }
    TableCodec.symbolColumn(in, batch.name(), rows, count, "name");
    in.getByteColumn(batch.kind(), rows, true);
    in.getByteColumn(batch.statusCode(), rows, true);
    TableCodec.symbolColumn(in, batch.statusMessage(), rows, count, "status message");
    TableCodec.symbolColumn(in, batch.traceState(), rows, count, "trace state");
    in.getIntColumn(batch.flags(), rows);
    in.getIntColumn(batch.droppedAttributes(), rows);
    in.getIntColumn(batch.droppedEvents(), rows);
    in.getIntColumn(batch.droppedLinks(), rows);
    TableCodec.symbolColumn(in, batch.resource(), rows, batch.resources().size(), "resource");
    TableCodec.symbolColumn(in, batch.scope(), rows, batch.scopes().size(), "scope");
    getEvents(in, batch.events(), events, count);
    getLinks(in, batch.links(), links, count);
    return batch;
  }

  private static void putEvents(BatchBuffer out, EventRows events) {
    int rows = events.rows();
    TableCodec.putAttributes(out, events.attributes());
    out.putLongColumn(events.timeNanos(), rows, 0);
    out.putIntColumn(events.name(), rows);
    out.putIntColumn(events.droppedAttributes(), rows);
  }

  private static void getEvents(BatchInput in, EventRows into, int rows, int symbols) {
    into.addRows(rows);
    TableCodec.getAttributes(in, into.attributes(), rows, symbols);
    in.getLongColumn(into.timeNanos(), rows, 0);
    TableCodec.symbolColumn(in, into.name(), rows, symbols, "event name");
    in.getIntColumn(into.droppedAttributes(), rows);
  }

  private static void putLinks(BatchBuffer out, LinkRows links) {
    int rows = links.rows();
    TableCodec.putAttributes(out, links.attributes());
    out.putLongColumn(links.traceHi(), rows, 0);
    out.putLongColumn(links.traceLo(), rows, 0);
    out.putLongColumn(links.spanId(), rows, 0);
    out.putIntColumn(links.traceState(), rows);
    out.putIntColumn(links.flags(), rows);
    out.putIntColumn(links.droppedAttributes(), rows);
  }

  private static void getLinks(BatchInput in, LinkRows into, int rows, int symbols) {
    into.addRows(rows);
    TableCodec.getAttributes(in, into.attributes(), rows, symbols);
    in.getLongColumn(into.traceHi(), rows, 0);
    in.getLongColumn(into.traceLo(), rows, 0);
    in.getLongColumn(into.spanId(), rows, 0);
    TableCodec.symbolColumn(in, into.traceState(), rows, symbols, "link trace state");
    in.getIntColumn(into.flags(), rows);
    in.getIntColumn(into.droppedAttributes(), rows);
  }
}
