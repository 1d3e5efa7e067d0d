package dev.pharos.store.segment;

import dev.pharos.model.LogBatch;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.LogBlock;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/// A batch of log records seen as a block. One thread at a time.
final class HeadLogBlock implements LogBlock, TabledBlock {
  private final LogBatch batch;
  private final SegmentTables tables;
  private final BatchAttributes attributes;
  private final Map<Field, Column> read = new EnumMap<>(Field.class);

  HeadLogBlock(LogBatch batch, BatchAttributes attributes) {
    this.batch = batch;
    this.tables = new SegmentTables(batch.symbols(), batch.resources(), batch.scopes());
    this.attributes = attributes;
  }

  /// The times the records are stored under.
  static long[] times(LogBatch batch) {
    long[] times = batch.timeNanos();
    for (int row = 0; row < batch.rows(); row++) {
      if (times[row] == 0) {
        times = Arrays.copyOf(times, batch.rows());
        for (int at = row; at < times.length; at++) {
          times[at] = LogCopy.time(batch, at);
        }
        return times;
      }
    }
    return times;
  }

  @Override
  public int rows() {
    return batch.rows();
  }

  @Override
  public Column column(Field field) {
    return read.computeIfAbsent(field, this::load);
  }

  private Column load(Field field) {
    int rows = batch.rows();
    Symbols symbols = batch.symbols();
    return switch (field) {
      case TRACE_HI -> HeadColumns.numbers(batch.traceHi(), rows);
      case TRACE_LO -> HeadColumns.numbers(batch.traceLo(), rows);
      case SPAN_ID -> HeadColumns.numbers(batch.spanId(), rows);
      case TIME -> HeadColumns.numbers(times(batch), rows);
      case OBSERVED -> HeadColumns.numbers(batch.observedNanos(), rows);
      case SEVERITY_NUMBER -> HeadColumns.numbers(batch.severityNumber(), rows);
      case SEVERITY_TEXT -> HeadColumns.texts(batch.severityText(), rows, symbols);
      case BODY -> body();
      case EVENT_NAME -> HeadColumns.texts(batch.eventName(), rows, symbols);
      case FLAGS -> HeadColumns.unsigned(batch.flags(), rows);
      case SCOPE_NAME -> HeadColumns.scopes(batch.scope(), rows, batch.scopes(), symbols, false);
      case SCOPE_VERSION -> HeadColumns.scopes(batch.scope(), rows, batch.scopes(), symbols, true);
      case RESOURCE -> HeadColumns.unsigned(batch.resource(), rows);
      case PARENT_SPAN_ID, END, NAME, KIND, STATUS_CODE, STATUS_MESSAGE, TRACE_STATE, PARENT_ROW ->
          Column.absent(rows);
    };
  }

  private Column body() {
    int rows = batch.rows();
    byte[] types = batch.bodyType();
    for (int row = 1; row < rows; row++) {
      if (types[row] != types[0]) {
        return new Column(rows, ValueType.ABSENT, types, batch.body(), batch.symbols());
      }
    }
    return rows == 0
        ? Column.absent(0)
        : new Column(rows, types[0], null, batch.body(), batch.symbols());
  }

  @Override
  public SegmentTables tables() {
    return tables;
  }

  @Override
  public long[] scopeRows() {
    return HeadColumns.longs(batch.scope(), batch.rows());
  }

  @Override
  public Column ownAttribute(String key) {
    return attributes.column(key);
  }

  @Override
  public Set<String> ownAttributeKeys() {
    return attributes.names();
  }

  @Override
  public LogBatch materialize(int[] rows, int count) {
    return LogCopy.materialize(batch, tables, rows, count);
  }
}
