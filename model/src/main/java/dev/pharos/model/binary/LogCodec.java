package dev.pharos.model.binary;

import dev.pharos.model.LogBatch;
import dev.pharos.model.Symbols;

/// The body of a log batch, column by column.
final class LogCodec {
  private LogCodec() {}

  static void put(BatchBuffer out, LogBatch batch) {
    int rows = batch.rows();
    out.putVarint(rows);
    out.putVarint(batch.attributes().size());
    TableCodec.putSymbols(out, batch.symbols());
    TableCodec.putResources(out, batch.resources());
    TableCodec.putScopes(out, batch.scopes());
    TableCodec.putAttributes(out, batch.attributes());
    out.putLongColumn(batch.timeNanos(), rows, 0);
    out.putLongColumn(batch.observedNanos(), rows, 0);
    out.putByteColumn(batch.severityNumber(), rows, true);
    out.putIntColumn(batch.severityText(), rows);
    out.putByteColumn(batch.bodyType(), rows, true);
    TableCodec.putValues(out, batch.bodyType(), batch.body(), rows);
    out.putIntColumn(batch.eventName(), rows);
    out.putLongColumn(batch.traceHi(), rows, 0);
    out.putLongColumn(batch.traceLo(), rows, 0);
    out.putLongColumn(batch.spanId(), rows, 0);
    out.putIntColumn(batch.flags(), rows);
    out.putIntColumn(batch.droppedAttributes(), rows);
    out.putIntColumn(batch.resource(), rows);
    out.putIntColumn(batch.scope(), rows);
  }

  static LogBatch get(BatchInput in) {
    int rows = in.getCount("log records");
    int attributes = in.getCount("log attributes");
    Symbols symbols = TableCodec.getSymbols(in);
    int count = symbols.count();
    var batch = new LogBatch(rows, attributes, symbols);
    TableCodec.getResources(in, batch.resources(), count);
    TableCodec.getScopes(in, batch.scopes(), count);
    batch.addRows(rows);
    TableCodec.getAttributes(in, batch.attributes(), rows, count);
    in.getLongColumn(batch.timeNanos(), rows, 0);
    in.getLongColumn(batch.observedNanos(), rows, 0);
    in.getByteColumn(batch.severityNumber(), rows, true);
    TableCodec.symbolColumn(in, batch.severityText(), rows, count, "severity text");
    in.getByteColumn(batch.bodyType(), rows, true);
    TableCodec.getValues(in, batch.bodyType(), batch.body(), rows, count);
    TableCodec.symbolColumn(in, batch.eventName(), rows, count, "event name");
    in.getLongColumn(batch.traceHi(), rows, 0);
    in.getLongColumn(batch.traceLo(), rows, 0);
    in.getLongColumn(batch.spanId(), rows, 0);
    in.getIntColumn(batch.flags(), rows);
    in.getIntColumn(batch.droppedAttributes(), rows);
    TableCodec.symbolColumn(in, batch.resource(), rows, batch.resources().size(), "resource");
    TableCodec.symbolColumn(in, batch.scope(), rows, batch.scopes().size(), "scope");
    return batch;
  }
}
