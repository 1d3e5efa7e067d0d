package dev.pharos.components.debug;

import dev.pharos.model.LogBatch;
import dev.pharos.model.text.ValueText;
import java.util.List;

/// Prints log records.
final class LogPrinter extends BatchPrinter {
  private static final List<String> LEVELS =
      List.of("Trace", "Debug", "Info", "Warn", "Error", "Fatal");

  private final LogBatch logs;

  LogPrinter(LogBatch logs, StringBuilder out) {
    super(logs, "Logs", "Logs", out);
    this.logs = logs;
  }

  @Override
  Grouping grouping() {
    return Grouping.of(logs.rows(), logs.resource(), logs.scope());
  }

  @Override
  String counts(int resources) {
    return "\"resource logs\": " + resources + ", \"log records\": " + logs.rows();
  }

  @Override
  String resourceHeading() {
    return "ResourceLog";
  }

  @Override
  void brief(int row) {
    out.append(ValueText.of(symbols, logs.bodyType()[row], logs.body()[row]));
    pairs(" ", logs.attributes(), row);
    out.append('\n');
  }

  @Override
  void full(int row, int index) {
    line("LogRecord #" + index);
    line("ObservedTimestamp: " + time(logs.observedNanos()[row]));
    line("Timestamp: " + time(logs.timeNanos()[row]));
    line("SeverityText: " + text(logs.severityText()[row]));
    int severity = logs.severityNumber()[row];
    line("SeverityNumber: " + level(severity) + "(" + severity + ")");
    if (logs.eventName()[row] != 0) {
      line("EventName: " + text(logs.eventName()[row]));
    }
    line("Body: " + typed(logs.bodyType()[row], logs.body()[row]));
    attributes("Attributes:", logs.attributes(), row, "     ");
    line("Trace ID: " + traceId(logs.traceHi()[row], logs.traceLo()[row]));
    line("Span ID: " + spanId(logs.spanId()[row]));
    line("Flags: " + Integer.toUnsignedString(logs.flags()[row]));
  }

  /// `Info`, `Info2` and so on.
  private static String level(int severity) {
    if (severity < 1 || severity > 24) {
      return severity == 0 ? "Unspecified" : "";
    }
    int step = (severity - 1) % 4;
    return LEVELS.get((severity - 1) / 4) + (step == 0 ? "" : Integer.toString(step + 1));
  }
}
