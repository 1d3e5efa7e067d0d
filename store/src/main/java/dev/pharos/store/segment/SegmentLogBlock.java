package dev.pharos.store.segment;

import dev.pharos.model.LogBatch;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.LogBlock;
import dev.pharos.store.segment.encoding.DelimitedValue;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A block of log records in a segment. One thread at a time.
final class SegmentLogBlock implements LogBlock, TabledBlock {
  private final SegmentTables tables;
  private final BlockColumns columns;
  private final LogBlockDecoder decoder;
  private final AttributeColumns attributes;
  private final Map<Field, Column> read = new EnumMap<>(Field.class);
  private @Nullable LogBatch whole;

  SegmentLogBlock(ChunkReader reader, BlockEntry block, SegmentTables tables) {
    this.tables = tables;
    this.columns = new BlockColumns(reader, block);
    this.decoder = new LogBlockDecoder(columns);
    this.attributes = decoder.attributes();
  }

  @Override
  public int rows() {
    return columns.rows();
  }

  @Override
  public Column column(Field field) {
    Column known = read.get(field);
    if (known == null) {
      known = load(field);
      read.put(field, known);
    }
    return known;
  }

  @Override
  public Bodies bodiesWith(byte[] value) {
    Column known = read.get(Field.BODY);
    return known != null || !DelimitedValue.is(value)
        ? LogBlock.super.bodiesWith(value)
        : decoder.bodiesWith(value);
  }

  private Column load(Field field) {
    int rows = rows();
    return switch (field) {
      case TRACE_HI -> columns.numberColumn(Part.TRACE_HI, rows);
      case TRACE_LO -> columns.numberColumn(Part.TRACE_LO, rows);
      case SPAN_ID -> columns.numberColumn(Part.SPAN_ID, rows);
      case TIME -> Column.ofLongs(rows, decoder.times());
      case OBSERVED -> Column.ofLongs(rows, decoder.observed(column(Field.TIME).values()));
      case SEVERITY_NUMBER -> columns.numberColumn(Part.SEVERITY_NUMBER, rows);
      case SEVERITY_TEXT -> columns.textColumn(Part.SEVERITY_TEXT, rows);
      case BODY -> decoder.body();
      case EVENT_NAME -> columns.textColumn(Part.RECORD_NAME, rows);
      case FLAGS -> columns.numberColumn(Part.FLAGS, rows);
      case SCOPE_NAME -> columns.scopeColumn(tables.scopes, tables.symbols, false);
      case SCOPE_VERSION -> columns.scopeColumn(tables.scopes, tables.symbols, true);
      case RESOURCE -> Column.ofLongs(rows, columns.resourceRows(tables.resources));
      case PARENT_SPAN_ID, END, NAME, KIND, STATUS_CODE, STATUS_MESSAGE, TRACE_STATE, PARENT_ROW ->
          Column.absent(rows);
    };
  }

  @Override
  public SegmentTables tables() {
    return tables;
  }

  @Override
  public long[] scopeRows() {
    return columns.tableRows(Part.SCOPE, tables.scopes.size());
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
    LogBatch all = whole;
    if (all == null) {
      all = decoder.decode(tables);
      whole = all;
    }
    return LogCopy.materialize(all, tables, rows, count);
  }
}
