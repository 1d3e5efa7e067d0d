package dev.pharos.wire.otlp;

import dev.pharos.model.LogBatch;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;

/// Reads ExportLogsServiceRequest (or LogsData) into a log batch.
final class LogReader extends GroupReader<LogBatch> {
  private static final int TEXT = 1 << 3 | 2;

  private final IdReader ids;

  LogReader(byte[] bytes, int from, int to, boolean hexIds) {
    super(
        new LogBatch(
            guess(from, to, 350),
            guess(from, to, 90),
            new Symbols(guess(from, to, 2), guess(from, to, 150))),
        bytes,
        from,
        to);
    ids = new IdReader(hexIds);
  }

  // One case a field, in one place: a table.
  @Override
  void item() {
    LogBatch logs = batch;
    int row = logs.addRow();
    boolean keysFine = true;
    attributes.startParent();
    while (!in.atEnd()) {
      int tag = in.tag();
      switch (tag) {
        case 1 << 3 | 1 -> logs.timeNanos()[row] = in.fixed64();
        case 2 << 3 -> logs.severityNumber()[row] = enumNumber(in.varint());
        case 3 << 3 | 2 -> logs.severityText()[row] = text(in);
        case 5 << 3 | 2 -> keysFine &= body(row);
        case 6 << 3 | 2 -> keysFine &= attributes.readRun(in, tag, logs.attributes());
        case 7 << 3 -> logs.droppedAttributes()[row] = (int) in.varint();
        case 8 << 3 | 5 -> logs.flags()[row] = in.fixed32();
        case 9 << 3 | 2 -> {
          id(16);
          logs.traceHi()[row] = ids.hi();
          logs.traceLo()[row] = ids.lo();
        }
        case 10 << 3 | 2 -> {
          id(8);
          logs.spanId()[row] = ids.lo();
        }
        case 11 << 3 | 1 -> logs.observedNanos()[row] = in.fixed64();
        case 12 << 3 | 2 -> logs.eventName()[row] = text(in);
        default -> in.skip(tag);
      }
    }
    if (keysFine) {
      logs.attributes().endParent();
    } else {
      findings.invalidKeys(1);
      logs.truncate(row);
    }
  }

  private void id(int size) {
    if (!ids.read(in, size) && !ids.isEmpty()) {
      findings.droppedId();
    }
  }

  private boolean body(int row) {
    int outer = in.enter();
    boolean fine = true;
    if (batch.bodyType()[row] == ValueType.EMPTY && plainText()) {
      batch.bodyType()[row] = ValueType.STRING;
      batch.body()[row] = texts.body(in.bytes(), in.position(), in.limit() - in.position());
    } else {
      fine = attributes.readValue(in, batch.bodyType()[row], batch.body()[row]);
      batch.bodyType()[row] = attributes.type();
      batch.body()[row] = attributes.value();
    }
    in.leave(outer);
    return fine;
  }

  /// Whether the value at hand is one text and nothing else; then the reader stands before it.
  private boolean plainText() {
    int start = in.position();
    int end = in.limit();
    if (!in.atEnd() && in.tag() == TEXT && in.length() == end - in.position()) {
      return true;
    }
    in.reset(in.bytes(), start, end);
    return false;
  }
}
