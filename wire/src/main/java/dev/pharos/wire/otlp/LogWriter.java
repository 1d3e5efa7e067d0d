package dev.pharos.wire.otlp;

import dev.pharos.model.LogBatch;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;

/// Writes log records, fields from the last to the first.
final class LogWriter extends OtlpEncoder<LogBatch> {
  private final RowSelection rows = new RowSelection();

  @Override
  void select(LogBatch batch, int from, int to) {
    rows.range(from, to).group(groups, batch.resources().size(), batch.resource(), batch.scope());
  }

  @Override
  void select(LogBatch batch, int[] items, int from, int to) {
    rows.list(items, from, to)
        .group(groups, batch.resources().size(), batch.resource(), batch.scope());
  }

  @Override
  void item(LogBatch logs, int position) {
    int row = rows.row(position);
    Symbols symbols = logs.symbols();
    int end = out.size();
    text(symbols, 12 << 3 | 2, logs.eventName()[row]);
    fixed64(11 << 3 | 1, logs.observedNanos()[row]);
    spanId(10 << 3 | 2, logs.spanId()[row]);
    traceId(9 << 3 | 2, logs.traceHi()[row], logs.traceLo()[row]);
    fixed32(8 << 3 | 5, logs.flags()[row]);
    number(7 << 3, logs.droppedAttributes()[row]);
    attributes(symbols, 6 << 3 | 2, logs.attributes(), row);
    if (logs.bodyType()[row] != ValueType.EMPTY) {
      int bodyEnd = out.size();
      value(symbols, logs.bodyType()[row], logs.body()[row]);
      out.message(5 << 3 | 2, bodyEnd);
    }
    text(symbols, 3 << 3 | 2, logs.severityText()[row]);
    number(2 << 3, logs.severityNumber()[row]);
    fixed64(1 << 3 | 1, logs.timeNanos()[row]);
    out.message(2 << 3 | 2, end);
  }
}
