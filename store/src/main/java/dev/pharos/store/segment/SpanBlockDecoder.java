package dev.pharos.store.segment;

import dev.pharos.model.EventRows;
import dev.pharos.model.LinkRows;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Symbols;
import dev.pharos.store.segment.encoding.ByteSource;
import dev.pharos.store.segment.encoding.LongCodec;
import java.util.Arrays;

/// Reads the columns of a block of spans that are not plain numbers or texts, and whole blocks. One thread at a time.
final class SpanBlockDecoder {
  private final BlockColumns columns;
  private final int rows;
  private int[] fragmentEnds = {};

  SpanBlockDecoder(BlockColumns columns) {
    this.columns = columns;
    this.rows = columns.rows();
  }

  /// The rows where fragments end.
  private int[] fragmentEnds() {
    if (fragmentEnds.length == 0) {
      fragmentEnds = columns.read(Part.FRAGMENTS, in -> ends(in, in.readCount(rows), rows));
    }
    return fragmentEnds;
  }

  private static int[] ends(ByteSource in, int count, int total) {
    long[] lengths = LongCodec.decode(in, count);
    var ends = new int[count];
    long end = 0;
    for (int i = 0; i < count; i++) {
      end += lengths[i];
      if (lengths[i] < 0 || end > total) {
        throw in.bad(lengths[i] + " rows end at " + end + " (expected: up to " + total + ")");
      }
      ends[i] = (int) end;
    }
    if (end != total) {
      throw in.bad("rows end at " + end + " (expected: " + total + ")");
    }
    return ends;
  }

  /// A column with one value a fragment, for each row.
  long[] ofFragments(int part) {
    int[] ends = fragmentEnds();
    long[] own = columns.numbers(part, ends.length);
    var values = new long[rows];
    for (int i = 0, row = 0; i < ends.length; i++) {
      Arrays.fill(values, row, ends[i], own[i]);
      row = ends[i];
    }
    return values;
  }

  long[] starts() {
    int[] ends = fragmentEnds();
    return columns.read(
        Part.TIME,
        in -> {
          long[] first = LongCodec.decode(in, ends.length);
          long[] steps = LongCodec.decode(in, rows - ends.length);
          var values = new long[rows];
          int row = 0;
          int step = 0;
          for (int i = 0; i < ends.length; i++) {
            long value = first[i];
            for (boolean start = true; row < ends[i]; row++, start = false) {
              value += start ? 0 : steps[step++];
              values[row] = value;
            }
          }
          return values;
        });
  }

  long[] ends(long[] starts) {
    long[] ends = columns.numbers(Part.DURATION, rows);
    for (int row = 0; row < rows; row++) {
      ends[row] += starts[row];
    }
    return ends;
  }

  long[] parents(long[] spanIds) {
    return columns.read(
        Part.PARENT,
        in -> {
          long[] parents = LongCodec.decode(in, rows);
          int count = in.readCount(rows);
          long[] elsewhere = LongCodec.decode(in, count);
          int next = 0;
          for (int row = 0; row < rows; row++) {
            long code = parents[row] - 1;
            if (code == 0) {
              parents[row] = elsewhere[next++];
            } else if (code > 0) {
              parents[row] = spanIds[row - (int) (code >>> 1 ^ -(code & 1))];
            }
          }
          return parents;
        });
  }

  /// For each row of a child table, the span it belongs to; empty if the block has none.
  int[] childParents(int part) {
    if (!columns.has(part)) {
      return new int[0];
    }
    return columns.read(
        part,
        in -> {
          int total = in.readCount(1 << 28);
          int[] ends = ends(in, rows, total);
          var parents = new int[total];
          for (int row = 0, at = 0; row < rows; row++) {
            Arrays.fill(parents, at, ends[row], row);
            at = ends[row];
          }
          return parents;
        });
  }

  long[] eventTimes(int[] parents, long[] starts) {
    long[] times = columns.numbers(Part.EVENT_TIME, parents.length);
    for (int i = 0; i < times.length; i++) {
      times[i] += starts[parents[i]];
    }
    return times;
  }

  /// The rows of a trace: the first, and the one after the last; equal if there are none.
  int[] rowsOf(long traceHi, long traceLo) {
    int[] ends = fragmentEnds();
    long[] hi = columns.numbers(Part.TRACE_HI, ends.length);
    long[] lo = columns.numbers(Part.TRACE_LO, ends.length);
    for (int i = 0; i < ends.length; i++) {
      if (hi[i] == traceHi && lo[i] == traceLo) {
        return new int[] {i == 0 ? 0 : ends[i - 1], ends[i]};
      }
    }
    return new int[] {0, 0};
  }

  /// The rows `from` to `to` of the block; their Resources and scopes are rows of `tables`.
  SpanBatch decode(SegmentTables tables, int from, int to) {
    return source(tables, new int[0], new int[0], from, to).spans();
  }

  /// The whole block, to be taken from; its Resources and scopes are rows of `tables`. Empty texts may have symbols of
  /// their own.
  SpanSource source(SegmentTables tables, int[] resourceRows, int[] scopeRows) {
    return source(tables, resourceRows, scopeRows, 0, rows);
  }

  private SpanSource source(
      SegmentTables tables, int[] resourceRows, int[] scopeRows, int from, int to) {
    int count = to - from;
    AttributeColumns rowAttributes = attributes(AttributeTable.ROWS, rows);
    int attributeRoom = count == rows ? rowAttributes.size() : count * 16;
    var batch = new SpanBatch(count, attributeRoom, new Symbols(1 << 16, 1 << 12));
    batch.addRows(count);
    long[] starts = starts();
    System.arraycopy(ofFragments(Part.TRACE_HI), from, batch.traceHi(), 0, count);
    System.arraycopy(ofFragments(Part.TRACE_LO), from, batch.traceLo(), 0, count);
    long[] ids = columns.numbers(Part.SPAN_ID, rows);
    System.arraycopy(ids, from, batch.spanId(), 0, count);
    System.arraycopy(parents(ids), from, batch.parentSpanId(), 0, count);
    System.arraycopy(starts, from, batch.startNanos(), 0, count);
    System.arraycopy(ends(starts), from, batch.endNanos(), 0, count);
    SourceAttributes shaped = rowAttributes.decode(batch.symbols(), batch.attributes(), from, to);
    Symbols symbols = batch.symbols();
    columns.append(Part.NAME, rows, symbols, batch.name(), from, to);
    columns.append(Part.STATUS_MESSAGE, rows, symbols, batch.statusMessage(), from, to);
    columns.append(Part.TRACE_STATE, rows, symbols, batch.traceState(), from, to);
    bytes(columns.numbers(Part.KIND, rows), from, to, batch.kind());
    bytes(columns.numbers(Part.STATUS_CODE, rows), from, to, batch.statusCode());
    ints(columns.numbers(Part.FLAGS, rows), from, to, batch.flags());
    ints(columns.numbers(Part.DROPPED_ATTRIBUTES, rows), from, to, batch.droppedAttributes());
    ints(columns.numbers(Part.DROPPED_EVENTS, rows), from, to, batch.droppedEvents());
    ints(columns.numbers(Part.DROPPED_LINKS, rows), from, to, batch.droppedLinks());
    ints(columns.resourceRows(tables.resources), from, to, batch.resource());
    ints(columns.tableRows(Part.SCOPE, tables.scopes.size()), from, to, batch.scope());
    SourceAttributes ofEvents = decodeEvents(batch, starts, from, to);
    SourceAttributes ofLinks = decodeLinks(batch, from, to);
    return new SpanSource(
        batch, new SourceTexts(symbols), resourceRows, scopeRows, shaped, ofEvents, ofLinks);
  }

  AttributeColumns attributes(AttributeTable table, int count) {
    return new AttributeColumns(columns.reader(), columns.block(), table, count);
  }

  private SourceAttributes decodeEvents(SpanBatch batch, long[] starts, int from, int to) {
    int[] parents = childParents(Part.EVENT_COUNTS);
    int count = parents.length;
    int first = firstChild(parents, from);
    int end = firstChild(parents, to);
    fillEnds(parents, first, from, to, batch.eventEnds());
    EventRows events = batch.events();
    events.addRows(end - first);
    AttributeColumns attributes = attributes(AttributeTable.EVENTS, count);
    if (first == end) {
      return attributes.decode(batch.symbols(), events.attributes(), 0, 0);
    }
    System.arraycopy(eventTimes(parents, starts), first, events.timeNanos(), 0, end - first);
    columns.append(Part.EVENT_NAME, count, batch.symbols(), events.name(), first, end);
    ints(columns.numbers(Part.EVENT_DROPPED, count), first, end, events.droppedAttributes());
    return attributes.decode(batch.symbols(), events.attributes(), first, end);
  }

  private SourceAttributes decodeLinks(SpanBatch batch, int from, int to) {
    int[] parents = childParents(Part.LINK_COUNTS);
    int count = parents.length;
    int first = firstChild(parents, from);
    int end = firstChild(parents, to);
    int length = end - first;
    fillEnds(parents, first, from, to, batch.linkEnds());
    LinkRows links = batch.links();
    links.addRows(length);
    AttributeColumns attributes = attributes(AttributeTable.LINKS, count);
    if (length == 0) {
      return attributes.decode(batch.symbols(), links.attributes(), 0, 0);
    }
    System.arraycopy(columns.numbers(Part.LINK_TRACE_HI, count), first, links.traceHi(), 0, length);
    System.arraycopy(columns.numbers(Part.LINK_TRACE_LO, count), first, links.traceLo(), 0, length);
    System.arraycopy(columns.numbers(Part.LINK_SPAN_ID, count), first, links.spanId(), 0, length);
    columns.append(Part.LINK_TRACE_STATE, count, batch.symbols(), links.traceState(), first, end);
    ints(columns.numbers(Part.LINK_FLAGS, count), first, end, links.flags());
    ints(columns.numbers(Part.LINK_DROPPED, count), first, end, links.droppedAttributes());
    return attributes.decode(batch.symbols(), links.attributes(), first, end);
  }

  /// The first child of a row that is not below `row`.
  private static int firstChild(int[] parents, int row) {
    int at = Arrays.binarySearch(parents, row);
    if (at < 0) {
      return -at - 1;
    }
    while (at > 0 && parents[at - 1] == row) {
      at--;
    }
    return at;
  }

  private static void fillEnds(int[] parents, int first, int from, int to, int[] ends) {
    for (int row = from, at = first; row < to; row++) {
      while (at < parents.length && parents[at] == row) {
        at++;
      }
      ends[row - from] = at - first;
    }
  }

  private static void ints(long[] source, int from, int to, int[] into) {
    for (int i = from; i < to; i++) {
      into[i - from] = (int) source[i];
    }
  }

  private static void bytes(long[] source, int from, int to, byte[] into) {
    for (int i = from; i < to; i++) {
      into[i - from] = (byte) source[i];
    }
  }
}
