package dev.pharos.query.memory;

import dev.pharos.model.Ids;
import dev.pharos.model.LogBatch;
import dev.pharos.model.ResourceTable;
import dev.pharos.model.Symbols;
import dev.pharos.model.Tenant;
import dev.pharos.model.ValueType;
import dev.pharos.store.read.AttributeScope;
import dev.pharos.store.read.BlockMemo;
import dev.pharos.store.read.BlockRef;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.LogBlock;
import dev.pharos.store.read.LogReader;
import dev.pharos.store.read.LogStream;
import dev.pharos.store.read.Plan;
import dev.pharos.store.read.Scan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The store's log port over lists of records, each list a block. It leaves out every block that the conditions allow
/// it to, row by row and to the letter, so that a condition that promises too much shows as a wrong answer.
public final class MemoryLogs implements LogReader {
  private final List<MemoryBlock> blocks = new ArrayList<>();

  public MemoryLogs(List<List<LogRecord>> parts) {
    parts.stream()
        .filter(p -> !p.isEmpty())
        .forEach(p -> blocks.add(new MemoryBlock(batch(p), new BlockMemo())));
  }

  /// Any list of records as a batch.
  public static LogBatch batch(List<LogRecord> records) {
    var batch = new LogBatch();
    Symbols symbols = batch.symbols();
    Map<Map<String, Object>, Integer> resources = new LinkedHashMap<>();
    Map<String, Integer> scopes = new LinkedHashMap<>();
    for (LogRecord record : records) {
      int row = batch.addRow();
      batch.resource()[row] =
          resources.computeIfAbsent(
              record.resource(),
              r -> {
                Columns.add(batch.resources().attributes(), symbols, r);
                return batch.resources().add(0, 0, 0);
              });
      batch.scope()[row] =
          scopes.computeIfAbsent(
              record.scopeName(), s -> batch.scopes().add(symbols.intern(s), 0, 0, 0));
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
    var refs = new ArrayList<BlockRef<LogBlock>>();
    for (MemoryBlock block : blocks) {
      if (block.max() >= scan.fromNanos() && block.min() < scan.toNanos()) {
        refs.add(new MemoryRef(block, scan));
      }
    }
    Comparator<BlockRef<LogBlock>> order =
        scan.order() == Scan.Order.NEWEST_FIRST
            ? Comparator.comparingLong(b -> -b.maxNanos())
            : Comparator.comparingLong(BlockRef::minNanos);
    refs.sort(order);
    return new Plan<>() {
      @Override
      public List<BlockRef<LogBlock>> blocks() {
        return refs;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public List<LogStream> streams(Tenant tenant, long fromNanos, long toNanos) {
    var streams = new ArrayList<LogStream>();
    for (MemoryBlock block : blocks) {
      if (block.max() >= fromNanos && block.min() < toNanos) {
        for (int r = 0; r < block.resources().size(); r++) {
          streams.add(
              new LogStream(
                  block.resources(), block.resourceSymbols(), r, block.min(), block.max(), 1, 1));
        }
      }
    }
    return streams;
  }

  private record MemoryRef(MemoryBlock block, Scan scan) implements BlockRef<LogBlock> {
    @Override
    public Optional<BlockMemo> memo() {
      return Optional.of(block.memo());
    }

    @Override
    public int rows() {
      return block.rows();
    }

    @Override
    public long minNanos() {
      return block.min();
    }

    @Override
    public long maxNanos() {
      return block.max();
    }

    @Override
    public Optional<LogBlock> open() {
      for (int row = 0; row < block.rows(); row++) {
        if (RowConditions.all(block, row, scan.conditions())) {
          return Optional.of(block);
        }
      }
      return Optional.empty();
    }
  }

  private record MemoryBlock(LogBatch batch, BlockMemo memo) implements LogBlock {
    long min() {
      return Arrays.stream(batch.timeNanos(), 0, rows()).min().orElse(0);
    }

    long max() {
      return Arrays.stream(batch.timeNanos(), 0, rows()).max().orElse(0);
    }

    @Override
    public int rows() {
      return batch.rows();
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
        case SCOPE_NAME -> {
          var names = new int[rows];
          Arrays.setAll(names, row -> batch.scopes().name(batch.scope()[row]));
          yield Columns.symbols(names, rows, symbols);
        }
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
    public Column attribute(AttributeScope scope, String key) {
      return switch (scope) {
        case RESOURCE ->
            Columns.attribute(
                batch.resources().attributes(),
                batch.symbols(),
                key,
                rows(),
                r -> batch.resource()[r]);
        case SCOPE ->
            Columns.attribute(
                batch.scopes().attributes(), batch.symbols(), key, rows(), r -> batch.scope()[r]);
        case ITEM -> Columns.attribute(batch.attributes(), batch.symbols(), key, rows(), r -> r);
      };
    }

    @Override
    public Set<String> attributeKeys(AttributeScope scope) {
      return switch (scope) {
        case RESOURCE ->
            Columns.keys(
                batch.resources().attributes(), batch.symbols(), rows(), r -> batch.resource()[r]);
        case SCOPE ->
            Columns.keys(
                batch.scopes().attributes(), batch.symbols(), rows(), r -> batch.scope()[r]);
        case ITEM -> Columns.keys(batch.attributes(), batch.symbols(), rows(), r -> r);
      };
    }

    @Override
    public ResourceTable resources() {
      return batch.resources();
    }

    @Override
    public Symbols resourceSymbols() {
      return batch.symbols();
    }

    @Override
    public LogBatch materialize(int[] rows, int count) {
      throw new UnsupportedOperationException("not needed by queries");
    }
  }
}
