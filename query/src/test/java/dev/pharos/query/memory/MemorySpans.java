package dev.pharos.query.memory;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.ResourceTable;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Symbols;
import dev.pharos.model.Tenant;
import dev.pharos.store.read.AttributeScope;
import dev.pharos.store.read.Block;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.Condition;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.Plan;
import dev.pharos.store.read.Scan;
import dev.pharos.store.read.SpanBlock;
import dev.pharos.store.read.TraceReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// The store's span port over lists of records, each list a block; see [MemoryPlan].
public final class MemorySpans implements TraceReader {
  private final List<SpanRecord> records = new ArrayList<>();
  private final List<MemoryPlan.Kept<SpanBlock>> blocks = new ArrayList<>();

  public MemorySpans(List<List<SpanRecord>> parts) {
    for (List<SpanRecord> part : parts) {
      records.addAll(part);
      if (!part.isEmpty()) {
        blocks.add(MemoryPlan.Kept.of(OfSpans.of(part)));
      }
    }
  }

  /// Any list of spans as a batch.
  public static SpanBatch batch(List<SpanRecord> records) {
    var batch = new SpanBatch();
    Symbols symbols = batch.symbols();
    var tables = new MemoryTables.Filling(symbols, batch.resources(), batch.scopes());
    for (SpanRecord span : records) {
      int row = batch.addRow();
      batch.resource()[row] = tables.resource(span.resource());
      batch.scope()[row] = tables.scope(span.scopeName());
      batch.traceLo()[row] = span.traceId();
      batch.spanId()[row] = span.spanId();
      batch.parentSpanId()[row] = span.parentId();
      batch.startNanos()[row] = span.startNanos();
      batch.endNanos()[row] = span.endNanos();
      batch.name()[row] = symbols.intern(span.name());
      batch.kind()[row] = (byte) span.kind();
      batch.statusCode()[row] = (byte) span.status();
      batch.statusMessage()[row] = symbols.intern(span.statusMessage());
      for (SpanRecord.Event event : span.events()) {
        int at = batch.events().addRow();
        batch.events().timeNanos()[at] = event.timeNanos();
        batch.events().name()[at] = symbols.intern(event.name());
        Columns.add(batch.events().attributes(), symbols, event.attributes());
        batch.events().attributes().endParent();
      }
      batch.eventEnds()[row] = batch.events().rows();
      Columns.add(batch.attributes(), symbols, span.attributes());
      batch.attributes().endParent();
    }
    return batch;
  }

  @Override
  public List<SpanBatch> traces(
      Tenant tenant, List<Condition.OfTrace> traces, long fromNanos, long toNanos) {
    return traces.stream()
        .map(one -> trace(one.traceHi(), one.traceLo(), fromNanos, toNanos))
        .toList();
  }

  private SpanBatch trace(long traceHi, long traceLo, long fromNanos, long toNanos) {
    return batch(
        records.stream()
            .filter(
                s ->
                    traceHi == 0
                        && s.traceId() == traceLo
                        && s.startNanos() >= fromNanos
                        && s.startNanos() < toNanos)
            .distinct()
            .sorted(
                Comparator.comparingLong(SpanRecord::startNanos)
                    .thenComparingLong(SpanRecord::spanId))
            .toList());
  }

  @Override
  public Plan<SpanBlock> plan(Scan scan) {
    return MemoryPlan.of(blocks, scan);
  }

  private record OfSpans(List<SpanRecord> records, SpanBatch batch, MemoryTables tables)
      implements SpanBlock, MemoryBlock {
    static OfSpans of(List<SpanRecord> records) {
      SpanBatch batch = MemorySpans.batch(records);
      return new OfSpans(
          records,
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
        case PARENT_SPAN_ID -> Columns.longs(batch.parentSpanId(), rows);
        case TIME -> Columns.longs(batch.startNanos(), rows);
        case END -> Columns.longs(batch.endNanos(), rows);
        case NAME -> Columns.symbols(batch.name(), rows, symbols);
        case KIND -> Columns.bytes(batch.kind(), rows);
        case STATUS_CODE -> Columns.bytes(batch.statusCode(), rows);
        case STATUS_MESSAGE -> Columns.symbols(batch.statusMessage(), rows, symbols);
        case RESOURCE -> Columns.ints(batch.resource(), rows);
        case SCOPE_NAME -> tables.scopeNames();
        case SCOPE_VERSION -> Columns.symbols(new int[rows], rows, symbols);
        case TRACE_STATE,
            FLAGS,
            OBSERVED,
            SEVERITY_NUMBER,
            SEVERITY_TEXT,
            BODY,
            EVENT_NAME,
            PARENT_ROW ->
            Column.absent(rows);
      };
    }

    @Override
    public Block events() {
      return new Children(this, batch.events().rows(), batch.events().attributes(), true);
    }

    @Override
    public Block links() {
      return new Children(this, batch.links().rows(), batch.links().attributes(), false);
    }

    @Override
    public SpanBatch materialize(int[] rows, int count) {
      return MemorySpans.batch(Arrays.stream(rows, 0, count).mapToObj(records::get).toList());
    }
  }

  private record Children(OfSpans parent, int rows, AttributeRows attributes, boolean events)
      implements Block {
    @Override
    public Column column(Field field) {
      SpanBatch batch = parent.batch();
      if (events && field == Field.NAME) {
        return Columns.symbols(batch.events().name(), rows, batch.symbols());
      }
      if (events && field == Field.TIME) {
        return Columns.longs(batch.events().timeNanos(), rows);
      }
      if (field != Field.PARENT_ROW) {
        return Column.absent(rows);
      }
      int[] ends = events ? batch.eventEnds() : batch.linkEnds();
      var parents = new long[rows];
      for (int row = 0, span = 0; row < rows; row++) {
        while (ends[span] <= row) {
          span++;
        }
        parents[row] = span;
      }
      return Columns.longs(parents, rows);
    }

    @Override
    public Column attribute(AttributeScope scope, String key) {
      return scope == AttributeScope.ITEM
          ? Columns.attribute(attributes, parent.batch().symbols(), key, rows, r -> r)
          : Column.absent(rows);
    }

    @Override
    public Set<String> attributeKeys(AttributeScope scope) {
      return scope == AttributeScope.ITEM
          ? Columns.keys(attributes, parent.batch().symbols(), rows, r -> r)
          : Set.of();
    }

    @Override
    public ResourceTable resources() {
      return parent.resources();
    }

    @Override
    public Symbols resourceSymbols() {
      return parent.resourceSymbols();
    }
  }
}
