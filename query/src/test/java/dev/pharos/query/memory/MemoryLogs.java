package dev.pharos.query.memory;

import dev.pharos.model.Ids;
import dev.pharos.model.LogBatch;
import dev.pharos.model.ResourceTable;
import dev.pharos.model.Symbols;
import dev.pharos.model.Tenant;
import dev.pharos.model.ValueType;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.LogBlock;
import dev.pharos.store.read.LogReader;
import dev.pharos.store.read.LogStream;
import dev.pharos.store.read.Plan;
import dev.pharos.store.read.Scan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The store's log port over lists of records, each list a block; see [MemoryPlan].
public final class MemoryLogs implements LogReader {
  private final List<MemoryPlan.Kept<LogBlock>> blocks;

  public MemoryLogs(List<List<LogRecord>> parts) {
    blocks =
        parts.stream()
            .filter(part -> !part.isEmpty())
            .map(part -> MemoryPlan.Kept.<LogBlock>of(OfLogs.of(batch(part))))
            .toList();
  }

  /// Any list of records as a batch.
  public static LogBatch batch(List<LogRecord> records) {
    var batch = new LogBatch();
    Symbols symbols = batch.symbols();
    var tables = new MemoryTables.Filling(symbols, batch.resources(), batch.scopes());
    for (LogRecord record : records) {
      int row = batch.addRow();
      batch.resource()[row] = tables.resource(record.resource());
      batch.scope()[row] = tables.scope(record.scopeName());
      batch.timeNanos()[row] = record.timeNanos();
      batch.severityNumber()[row] = (byte) record.severityNumber();
      batch.severityText()[row] = symbols.intern(record.severityText());
      if (record.body() instanceof Map<?, ?> map) {
        batch.bodyType()[row] = ValueType.MAP;
        batch.body()[row] = Columns.encoded(symbols, Nested.map(map));
      } else {
        batch.bodyType()[row] = ValueType.STRING;
        batch.body()[row] = Columns.text(symbols, (String) record.body());
      }
      if (!record.traceId().isEmpty()) {
        batch.traceHi()[row] = Ids.traceHi(record.traceId());
        batch.traceLo()[row] = Ids.traceLo(record.traceId());
      }
      if (!record.spanId().isEmpty()) {
        batch.spanId()[row] = Ids.span(record.spanId());
      }
      Columns.add(batch.attributes(), symbols, record.attributes());
      batch.attributes().endParent();
    }
    return batch;
  }

  @Override
  public Plan<LogBlock> plan(Scan scan) {
    return MemoryPlan.of(blocks, scan);
  }

  @Override
  public List<LogStream> streams(Tenant tenant, long fromNanos, long toNanos) {
    var streams = new ArrayList<LogStream>();
    for (MemoryPlan.Kept<LogBlock> kept : blocks) {
      if (kept.meets(fromNanos, toNanos)) {
        ResourceTable resources = kept.block().resources();
        Symbols symbols = kept.block().resourceSymbols();
        for (int row = 0; row < resources.size(); row++) {
          streams.add(new LogStream(resources, symbols, row, kept.min(), kept.max(), 1, 1));
        }
      }
    }
    return streams;
  }

  private record OfLogs(LogBatch batch, MemoryTables tables) implements LogBlock, MemoryBlock {
    static OfLogs of(LogBatch batch) {
      return new OfLogs(
          batch,
          new MemoryTables(
              batch.rows(),
              batch.symbols(),
              batch.attributes(),
              batch.resources(),
              batch.resource(),
              batch.scopes(),
              batch.scope()));
    }

    @Override
    public Column column(Field field) {
      int rows = batch.rows();
      Symbols symbols = batch.symbols();
      return switch (field) {
        case TRACE_HI -> Columns.longs(batch.traceHi(), rows);
        case TRACE_LO -> Columns.longs(batch.traceLo(), rows);
        case SPAN_ID -> Columns.longs(batch.spanId(), rows);
        case TIME -> Columns.longs(batch.timeNanos(), rows);
        case OBSERVED -> Columns.longs(batch.observedNanos(), rows);
        case SEVERITY_NUMBER -> Columns.bytes(batch.severityNumber(), rows);
        case SEVERITY_TEXT -> Columns.symbols(batch.severityText(), rows, symbols);
        case BODY -> new Column(rows, ValueType.STRING, batch.bodyType(), batch.body(), symbols);
        case EVENT_NAME -> Columns.symbols(batch.eventName(), rows, symbols);
        case FLAGS -> Columns.ints(batch.flags(), rows);
        case RESOURCE -> Columns.ints(batch.resource(), rows);
        case SCOPE_NAME -> tables.scopeNames();
        case PARENT_SPAN_ID,
            END,
            NAME,
            KIND,
            STATUS_CODE,
            STATUS_MESSAGE,
            TRACE_STATE,
            SCOPE_VERSION,
            PARENT_ROW ->
            Column.absent(rows);
      };
    }

    @Override
    public LogBatch materialize(int[] rows, int count) {
      throw new UnsupportedOperationException("not needed by queries");
    }
  }
}
