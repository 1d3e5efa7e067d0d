package dev.pharos.store.segment;

import dev.pharos.model.LogBatch;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;

/// Copies log records from one batch into others. A record without time gets its observed time.
final class LogCopy extends RowCopy {
  private final LogBatch from;

  /// @param staged whether the targets are only encoded, so that equal texts may have several symbols
  LogCopy(LogBatch from, int[] resourceRows, int[] scopeRows, boolean staged) {
    super(new SymbolMap(from.symbols(), staged), resourceRows, scopeRows);
    this.from = from;
  }

  LogBatch from() {
    return from;
  }

  /// Whole records of these rows, whose Resources and scopes are rows of `tables`.
  static LogBatch materialize(LogBatch from, SegmentTables tables, int[] rows, int count) {
    var copy =
        new LogCopy(from, unknown(tables.resources.size()), unknown(tables.scopes.size()), false);
    var target = new LogBatch(count);
    var targetTables = new SegmentTables(target.symbols(), target.resources(), target.scopes());
    for (int i = 0; i < count; i++) {
      int resource = from.resource()[rows[i]];
      if (copy.resourceRows[resource] < 0) {
        copy.resourceRows[resource] =
            targetTables.addResource(tables.resources, resource, tables.symbols);
      }
      int scope = from.scope()[rows[i]];
      if (copy.scopeRows[scope] < 0) {
        copy.scopeRows[scope] = targetTables.addScope(tables.scopes, scope, tables.symbols);
      }
      copy.copy(rows[i], target);
    }
    return target;
  }

  /// The time a record is stored under.
  static long time(LogBatch batch, int row) {
    long time = batch.timeNanos()[row];
    return time != 0 ? time : batch.observedNanos()[row];
  }

  /// Appends one record to the target.
  void copy(int row, LogBatch to) {
    symbols.target(to.symbols());
    int at = to.addRow();
    to.timeNanos()[at] = time(from, row);
    to.observedNanos()[at] = from.observedNanos()[row];
    to.severityNumber()[at] = from.severityNumber()[row];
    to.severityText()[at] = symbols.map(from.severityText()[row]);
    byte type = from.bodyType()[row];
    to.bodyType()[at] = type;
    to.body()[at] =
        ValueType.isSymbol(type) ? body((int) from.body()[row], to.symbols()) : from.body()[row];
    to.eventName()[at] = symbols.map(from.eventName()[row]);
    to.traceHi()[at] = from.traceHi()[row];
    to.traceLo()[at] = from.traceLo()[row];
    to.spanId()[at] = from.spanId()[row];
    to.flags()[at] = from.flags()[row];
    to.droppedAttributes()[at] = from.droppedAttributes()[row];
    to.resource()[at] = resourceRows[from.resource()[row]];
    to.scope()[at] = scopeRows[from.scope()[row]];
    attributes(from.attributes(), row, to.attributes());
  }

  /// Appends records to the target; column by column, which reads each column of a run of neighbours in one go.
  void copy(int[] rows, int start, int end, LogBatch to) {
    symbols.target(to.symbols());
    int count = end - start;
    int first = to.addRows(count);
    long[] time = from.timeNanos();
    long[] observed = from.observedNanos();
    for (int i = 0; i < count; i++) {
      int row = rows[start + i];
      to.observedNanos()[first + i] = observed[row];
      to.timeNanos()[first + i] = time[row] != 0 ? time[row] : observed[row];
    }
    gather(from.traceHi(), rows, start, end, to.traceHi(), first);
    gather(from.traceLo(), rows, start, end, to.traceLo(), first);
    gather(from.spanId(), rows, start, end, to.spanId(), first);
    gather(from.flags(), rows, start, end, to.flags(), first);
    gather(from.droppedAttributes(), rows, start, end, to.droppedAttributes(), first);
    for (int i = 0; i < count; i++) {
      int row = rows[start + i];
      to.severityNumber()[first + i] = from.severityNumber()[row];
      to.severityText()[first + i] = symbols.map(from.severityText()[row]);
      to.eventName()[first + i] = symbols.map(from.eventName()[row]);
      to.resource()[first + i] = resourceRows[from.resource()[row]];
      to.scope()[first + i] = scopeRows[from.scope()[row]];
    }
    for (int i = 0; i < count; i++) {
      int row = rows[start + i];
      byte type = from.bodyType()[row];
      long body = from.body()[row];
      to.bodyType()[first + i] = type;
      to.body()[first + i] = ValueType.isSymbol(type) ? body((int) body, to.symbols()) : body;
    }
    for (int i = start; i < end; i++) {
      attributes(from.attributes(), rows[i], to.attributes());
    }
  }

  private static void gather(long[] from, int[] rows, int start, int end, long[] to, int first) {
    for (int i = start; i < end; i++) {
      to[first + i - start] = from[rows[i]];
    }
  }

  private static void gather(int[] from, int[] rows, int start, int end, int[] to, int first) {
    for (int i = start; i < end; i++) {
      to[first + i - start] = from[rows[i]];
    }
  }

  private int body(int symbol, Symbols to) {
    Symbols symbols = from.symbols();
    return to.add(symbols.bytes(), symbols.offset(symbol), symbols.length(symbol));
  }
}
