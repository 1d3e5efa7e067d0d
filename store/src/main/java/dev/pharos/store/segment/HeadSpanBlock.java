package dev.pharos.store.segment;

import dev.pharos.model.EventRows;
import dev.pharos.model.LinkRows;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Symbols;
import dev.pharos.store.read.AttributeRun;
import dev.pharos.store.read.Block;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.SpanBlock;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A batch of spans seen as a block. One thread at a time.
final class HeadSpanBlock implements SpanBlock, TabledBlock {
  private static final int[] NO_ROWS = {};

  private final SpanBatch batch;
  private final SegmentTables tables;
  private final BatchAttributes attributes;
  private final BatchAttributes eventAttributes;
  private final BatchAttributes linkAttributes;
  private final Map<Field, Column> read = new EnumMap<>(Field.class);
  private @Nullable ShapedRuns runs;

  HeadSpanBlock(
      SpanBatch batch,
      BatchAttributes attributes,
      BatchAttributes eventAttributes,
      BatchAttributes linkAttributes) {
    this.batch = batch;
    this.tables = new SegmentTables(batch.symbols(), batch.resources(), batch.scopes());
    this.attributes = attributes;
    this.eventAttributes = eventAttributes;
    this.linkAttributes = linkAttributes;
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
      case PARENT_SPAN_ID -> HeadColumns.numbers(batch.parentSpanId(), rows);
      case TIME -> HeadColumns.numbers(batch.startNanos(), rows);
      case END -> HeadColumns.numbers(batch.endNanos(), rows);
      case NAME -> HeadColumns.texts(batch.name(), rows, symbols);
      case KIND -> HeadColumns.numbers(batch.kind(), rows);
      case STATUS_CODE -> HeadColumns.numbers(batch.statusCode(), rows);
      case STATUS_MESSAGE -> HeadColumns.texts(batch.statusMessage(), rows, symbols);
      case TRACE_STATE -> HeadColumns.texts(batch.traceState(), rows, symbols);
      case FLAGS -> HeadColumns.unsigned(batch.flags(), rows);
      case SCOPE_NAME -> HeadColumns.scopes(batch.scope(), rows, batch.scopes(), symbols, false);
      case SCOPE_VERSION -> HeadColumns.scopes(batch.scope(), rows, batch.scopes(), symbols, true);
      case RESOURCE -> HeadColumns.unsigned(batch.resource(), rows);
      case OBSERVED, SEVERITY_NUMBER, SEVERITY_TEXT, BODY, EVENT_NAME, PARENT_ROW ->
          Column.absent(rows);
    };
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
  public List<AttributeRun> attributeRuns(String key) {
    ShapedRuns known = runs;
    if (known == null) {
      known = attributes.runs();
      runs = known;
    }
    return known.of(key);
  }

  @Override
  public Block events() {
    EventRows events = batch.events();
    int count = events.rows();
    return new ChildBlock(
        this,
        HeadColumns.parents(batch.eventEnds(), batch.rows()),
        eventAttributes::column,
        eventAttributes::names,
        field ->
            switch (field) {
              case TIME -> HeadColumns.numbers(events.timeNanos(), count);
              case NAME -> HeadColumns.texts(events.name(), count, batch.symbols());
              default -> Column.absent(count);
            });
  }

  @Override
  public Block links() {
    LinkRows links = batch.links();
    int count = links.rows();
    return new ChildBlock(
        this,
        HeadColumns.parents(batch.linkEnds(), batch.rows()),
        linkAttributes::column,
        linkAttributes::names,
        field ->
            switch (field) {
              case TRACE_HI -> HeadColumns.numbers(links.traceHi(), count);
              case TRACE_LO -> HeadColumns.numbers(links.traceLo(), count);
              case SPAN_ID -> HeadColumns.numbers(links.spanId(), count);
              case TRACE_STATE -> HeadColumns.texts(links.traceState(), count, batch.symbols());
              case FLAGS -> HeadColumns.unsigned(links.flags(), count);
              default -> Column.absent(count);
            });
  }

  @Override
  public int[] rowsOf(long traceHi, long traceLo) {
    long[] hi = batch.traceHi();
    long[] lo = batch.traceLo();
    int[] found = NO_ROWS;
    int count = 0;
    for (int row = 0; row < batch.rows(); row++) {
      if (lo[row] == traceLo && hi[row] == traceHi) {
        found = count < found.length ? found : Arrays.copyOf(found, Math.max(16, count * 2));
        found[count++] = row;
      }
    }
    return Arrays.copyOf(found, count);
  }

  @Override
  public SpanBatch materialize(int[] rows, int count) {
    return SpanCopy.materialize(batch, tables, rows, count);
  }
}
