package dev.pharos.store.segment;

import dev.pharos.model.SpanBatch;
import dev.pharos.store.read.AttributeRun;
import dev.pharos.store.read.Block;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.SpanBlock;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A block of spans in a segment. One thread at a time.
final class SegmentSpanBlock implements SpanBlock, TabledBlock {
  /// Up to this part of the rows are decoded by themselves.
  private static final int FEW = 4;

  private static final int[] NO_ROWS = {};

  private final SegmentTables tables;
  private final BlockColumns columns;
  private final SpanBlockDecoder decoder;
  private final AttributeColumns attributes;
  private final Map<Field, Column> read = new EnumMap<>(Field.class);
  private @Nullable SpanBatch whole;

  SegmentSpanBlock(ChunkReader reader, BlockEntry block, SegmentTables tables) {
    this.tables = tables;
    this.columns = new BlockColumns(reader, block);
    this.decoder = new SpanBlockDecoder(columns);
    this.attributes = decoder.attributes(AttributeTable.ROWS, block.rows());
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

  /// The column, if it was read.
  Optional<Column> known(Field field) {
    return Optional.ofNullable(read.get(field));
  }

  private Column load(Field field) {
    int rows = rows();
    return switch (field) {
      case TRACE_HI -> Column.ofLongs(rows, decoder.ofFragments(Part.TRACE_HI));
      case TRACE_LO -> Column.ofLongs(rows, decoder.ofFragments(Part.TRACE_LO));
      case SPAN_ID -> columns.numberColumn(Part.SPAN_ID, rows);
      case PARENT_SPAN_ID -> Column.ofLongs(rows, decoder.parents(column(Field.SPAN_ID).values()));
      case TIME -> Column.ofLongs(rows, decoder.starts());
      case END -> Column.ofLongs(rows, decoder.ends(column(Field.TIME).values()));
      case NAME -> columns.textColumn(Part.NAME, rows);
      case KIND -> columns.numberColumn(Part.KIND, rows);
      case STATUS_CODE -> columns.numberColumn(Part.STATUS_CODE, rows);
      case STATUS_MESSAGE -> columns.textColumn(Part.STATUS_MESSAGE, rows);
      case TRACE_STATE -> columns.textColumn(Part.TRACE_STATE, rows);
      case FLAGS -> columns.numberColumn(Part.FLAGS, rows);
      case SCOPE_NAME -> columns.scopeColumn(tables.scopes, tables.symbols, false);
      case SCOPE_VERSION -> columns.scopeColumn(tables.scopes, tables.symbols, true);
      case RESOURCE -> Column.ofLongs(rows, columns.resourceRows(tables.resources));
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
  public long[] durations() {
    return columns.numbers(Part.DURATION, rows());
  }

  @Override
  public List<AttributeRun> attributeRuns(String key) {
    return attributes.runs(key);
  }

  @Override
  public Block events() {
    int[] parents = decoder.childParents(Part.EVENT_COUNTS);
    AttributeColumns own = decoder.attributes(AttributeTable.EVENTS, parents.length);
    return new ChildBlock(
        this,
        parents,
        own::column,
        own::names,
        field ->
            switch (field) {
              case TIME ->
                  Column.ofLongs(
                      parents.length, decoder.eventTimes(parents, column(Field.TIME).values()));
              case NAME -> columns.textColumn(Part.EVENT_NAME, parents.length);
              default -> Column.absent(parents.length);
            });
  }

  @Override
  public Block links() {
    int[] parents = decoder.childParents(Part.LINK_COUNTS);
    int count = parents.length;
    AttributeColumns own = decoder.attributes(AttributeTable.LINKS, count);
    return new ChildBlock(
        this,
        parents,
        own::column,
        own::names,
        field ->
            switch (field) {
              case TRACE_HI -> columns.numberColumn(Part.LINK_TRACE_HI, count);
              case TRACE_LO -> columns.numberColumn(Part.LINK_TRACE_LO, count);
              case SPAN_ID -> columns.numberColumn(Part.LINK_SPAN_ID, count);
              case TRACE_STATE -> columns.textColumn(Part.LINK_TRACE_STATE, count);
              case FLAGS -> columns.numberColumn(Part.LINK_FLAGS, count);
              default -> Column.absent(count);
            });
  }

  @Override
  public int[] rowsOf(long traceHi, long traceLo) {
    if (!columns.block().mayHaveTrace(traceHi, traceLo)) {
      return NO_ROWS;
    }
    int[] range = decoder.rowsOf(traceHi, traceLo);
    var rows = new int[range[1] - range[0]];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = range[0] + i;
    }
    return rows;
  }

  @Override
  public Optional<SpanBlock> only(int[] rows) {
    return rows.length <= rows() / FEW
        ? Optional.of(
            new PickedSpanBlock(this, tables, columns, new PickedSpans(columns, decoder, rows)))
        : Optional.empty();
  }

  /// A few rows, as of a trace, are decoded by themselves; else the whole block is, once.
  @Override
  public SpanBatch materialize(int[] rows, int count) {
    SpanBatch all = whole;
    if (all == null && count <= rows() / FEW) {
      int[] sorted = Arrays.copyOf(rows, count);
      Arrays.sort(sorted);
      BlockColumns held = columns.held();
      SpanBatch few = new PickedSpans(held, new SpanBlockDecoder(held), sorted).spans(tables);
      var places = new int[count];
      for (int i = 0; i < count; i++) {
        places[i] = Arrays.binarySearch(sorted, rows[i]);
      }
      return SpanCopy.materialize(few, tables, places, count);
    }
    if (all == null) {
      all = new SpanBlockDecoder(columns.held()).decode(tables);
      whole = all;
    }
    return SpanCopy.materialize(all, tables, rows, count);
  }
}
