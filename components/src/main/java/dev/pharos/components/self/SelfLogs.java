package dev.pharos.components.self;

import dev.pharos.model.LogBatch;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.observe.LogTap;
import java.util.List;

/// Lines of the process's log as log records. Stateless.
final class SelfLogs {
  private SelfLogs() {}

  static LogBatch batch(Identity identity, List<LogTap.Line> lines) {
    var logs = new LogBatch(lines.size());
    Symbols symbols = logs.symbols();
    identity.describe(symbols, logs.resources(), logs.scopes());
    for (LogTap.Line line : lines) {
      int row = logs.addRow();
      logs.timeNanos()[row] = line.timeNanos();
      logs.observedNanos()[row] = line.timeNanos();
      logs.severityNumber()[row] = (byte) line.severityNumber();
      logs.severityText()[row] = symbols.intern(line.severityText());
      logs.bodyType()[row] = ValueType.STRING;
      logs.body()[row] = symbols.intern(line.message());
      Identity.text(symbols, logs.attributes(), "code.namespace", line.logger());
      if (!line.stackTrace().isEmpty()) {
        Identity.text(symbols, logs.attributes(), "exception.stacktrace", line.stackTrace());
      }
      logs.attributes().endParent();
    }
    return logs;
  }
}
