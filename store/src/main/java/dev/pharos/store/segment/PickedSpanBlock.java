package dev.pharos.store.segment;

import dev.pharos.model.SpanBatch;
import dev.pharos.store.read.AttributeRun;
import dev.pharos.store.read.Block;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.SpanBlock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A few rows of a block of spans in a segment, seen as a block. One thread at a time.
final class PickedSpanBlock implements SpanBlock, TabledBlock {
  private final SegmentSpanBlock block;
  private final SegmentTables tables;
  private final BlockColumns columns;
  private final PickedSpans spans;
  private final PickedAttributes attributes;
  private final Map<Field, Column> read = new EnumMap<>(Field.class);

  PickedSpanBlock(
      SegmentSpanBlock block, SegmentTables tables, BlockColumns columns, PickedSpans spans) {
    this.block = block;
    this.tables = tables;
    this.columns = columns;
    this.spans = spans;
    this.attributes = spans.attributes();
  }

  @Override
  public int rows() {
    return spans.rows().length;
  }

  @Override
  public Column column(Field field) {
    Column known = read.get(field);
    if (known == null) {
      known = block.known(field).map(this::picked).orElseGet(() -> load(field));
      read.put(field, known);
    }
    return known;
  }

  private Column picked(Column whole) {
    var values = new long[rows()];
    for (int i = 0; i < values.length; i++) {
      values[i] = whole.value(spans.rows()[i]);
    }
    return new Column(values.length, whole.uniform(), null, values, whole.symbols());
  }

  private Column load(Field field) {
    int rows = rows();
    return switch (field) {
      case TRACE_HI -> Column.ofLongs(rows, spans.ofFragments(Part.TRACE_HI));
      case TRACE_LO -> Column.ofLongs(rows, spans.ofFragments(Part.TRACE_LO));
      case SPAN_ID -> numbers(Part.SPAN_ID);
      case PARENT_SPAN_ID -> Column.ofLongs(rows, spans.parents());
      case TIME -> Column.ofLongs(rows, spans.starts());
      case END -> Column.ofLongs(rows, spans.ends(column(Field.TIME).values()));
      case NAME -> texts(Part.NAME);
      case KIND -> numbers(Part.KIND);
      case STATUS_CODE -> numbers(Part.STATUS_CODE);
      case STATUS_MESSAGE -> texts(Part.STATUS_MESSAGE);
      case TRACE_STATE -> texts(Part.TRACE_STATE);
      case FLAGS -> numbers(Part.FLAGS);
      case SCOPE_NAME ->
          BlockColumns.scopeColumn(scopeRows(), tables.scopes, tables.symbols, false);
      case SCOPE_VERSION ->
          BlockColumns.scopeColumn(scopeRows(), tables.scopes, tables.symbols, true);
      case RESOURCE ->
          Column.ofLongs(
              rows, columns.tableRows(Part.RESOURCE, tables.resources.size(), spans.rows()));
      case OBSERVED, SEVERITY_NUMBER, SEVERITY_TEXT, BODY, EVENT_NAME, PARENT_ROW ->
          Column.absent(rows);
    };
  }

  private Column numbers(int part) {
    return Column.ofLongs(rows(), spans.numbers(part));
  }

  private Column texts(int part) {
    return texts(spans.texts(part));
  }

  private static Column texts(TextColumns.Decoded decoded) {
    return Column.ofSymbols(decoded.ids().length, decoded.ids(), decoded.symbols());
  }

  @Override
  public long[] durations() {
    return spans.numbers(Part.DURATION);
  }

  @Override
  public SegmentTables tables() {
    return tables;
  }

  @Override
  public long[] scopeRows() {
    return columns.tableRows(Part.SCOPE, tables.scopes.size(), spans.rows());
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
    return attributes.runs(key);
  }

  @Override
  public Block events() {
    PickedSpans.Children children = spans.children(Part.EVENT_COUNTS);
    PickedAttributes own = spans.attributes(AttributeTable.EVENTS, children);
    return new ChildBlock(
        this,
        children.parents(),
        own::column,
        own::names,
        field ->
            switch (field) {
              case TIME ->
                  Column.ofLongs(
                      children.count(), spans.eventTimes(children, column(Field.TIME).values()));
              case NAME -> texts(spans.texts(Part.EVENT_NAME, children));
              default -> Column.absent(children.count());
            });
  }

  @Override
  public Block links() {
    PickedSpans.Children children = spans.children(Part.LINK_COUNTS);
    PickedAttributes own = spans.attributes(AttributeTable.LINKS, children);
    return new ChildBlock(
        this,
        children.parents(),
        own::column,
        own::names,
        field ->
            switch (field) {
              case TRACE_HI -> numbers(Part.LINK_TRACE_HI, children);
              case TRACE_LO -> numbers(Part.LINK_TRACE_LO, children);
              case SPAN_ID -> numbers(Part.LINK_SPAN_ID, children);
              case TRACE_STATE -> texts(spans.texts(Part.LINK_TRACE_STATE, children));
              case FLAGS -> numbers(Part.LINK_FLAGS, children);
              default -> Column.absent(children.count());
            });
  }

  private Column numbers(int part, PickedSpans.Children children) {
    return Column.ofLongs(children.count(), spans.numbers(part, children));
  }

  @Override
  public Optional<SpanBlock> only(int[] rows) {
    return block.only(inBlock(rows, rows.length));
  }

  @Override
  public SpanBatch materialize(int[] rows, int count) {
    return block.materialize(inBlock(rows, count), count);
  }

  private int[] inBlock(int[] rows, int count) {
    var places = new int[count];
    for (int i = 0; i < count; i++) {
      places[i] = spans.rows()[rows[i]];
    }
    return places;
  }
}
