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
  int[] fragmentEnds() {
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
              parents[row] = spanIds[parentRow(code + 1, row)];
            }
          }
          return parents;
        });
  }

  /// The row that a code of column `PARENT` above 1 stands for.
  static int parentRow(long code, int row) {
    long zigzag = code - 1;
    return row - (int) (zigzag >>> 1 ^ -(zigzag & 1));
  }

  /// For each row of a child table, the span it belongs to; empty if the block has none.
  int[] childParents(int part) {
    int[] ends = childEnds(part);
    var parents = new int[ends.length == 0 ? 0 : ends[ends.length - 1]];
    for (int row = 0, at = 0; row < ends.length; row++) {
      Arrays.fill(parents, at, ends[row], row);
      at = ends[row];
    }
    return parents;
  }

  /// For each span where its rows of a child table end; empty if the block has none.
  int[] childEnds(int part) {
    return columns.has(part)
        ? columns.read(part, in -> ends(in, rows, in.readCount(1 << 28)))
        : new int[0];
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
    int fragments = columns.read(Part.FRAGMENTS, in -> in.readCount(rows));
    long[] hi = columns.numbers(Part.TRACE_HI, fragments);
    long[] lo = {};
    for (int i = 0; i < fragments; i++) {
      if (hi[i] != traceHi) {
        continue;
      }
      lo = lo.length == 0 ? columns.numbers(Part.TRACE_LO, fragments) : lo;
      if (lo[i] == traceLo) {
        int[] ends = fragmentEnds();
        return new int[] {i == 0 ? 0 : ends[i - 1], ends[i]};
      }
    }
    return new int[] {0, 0};
  }

  /// The whole block; its Resources and scopes are rows of `tables`.
  SpanBatch decode(SegmentTables tables) {
    return source(tables, new int[0], new int[0]).spans();
  }

  /// The whole block, to be taken from; its Resources and scopes are rows of `tables`. Empty texts may have symbols of
  /// their own.
  SpanSource source(SegmentTables tables, int[] resourceRows, int[] scopeRows) {
    AttributeColumns rowAttributes = attributes(AttributeTable.ROWS, rows);
    var batch = new SpanBatch(rows, rowAttributes.size(), new Symbols(1 << 16, 1 << 12));
    batch.addRows(rows);
    long[] starts = starts();
    System.arraycopy(ofFragments(Part.TRACE_HI), 0, batch.traceHi(), 0, rows);
    System.arraycopy(ofFragments(Part.TRACE_LO), 0, batch.traceLo(), 0, rows);
    long[] ids = columns.numbers(Part.SPAN_ID, rows);
    System.arraycopy(ids, 0, batch.spanId(), 0, rows);
    System.arraycopy(parents(ids), 0, batch.parentSpanId(), 0, rows);
    System.arraycopy(starts, 0, batch.startNanos(), 0, rows);
    System.arraycopy(ends(starts), 0, batch.endNanos(), 0, rows);
    SourceAttributes shaped = rowAttributes.decodeAll(batch.symbols(), batch.attributes());
    Symbols symbols = batch.symbols();
    columns.append(Part.NAME, rows, symbols, batch.name());
    columns.append(Part.STATUS_MESSAGE, rows, symbols, batch.statusMessage());
    columns.append(Part.TRACE_STATE, rows, symbols, batch.traceState());
    bytes(columns.numbers(Part.KIND, rows), batch.kind());
    bytes(columns.numbers(Part.STATUS_CODE, rows), batch.statusCode());
    ints(columns.numbers(Part.FLAGS, rows), batch.flags());
    ints(columns.numbers(Part.DROPPED_ATTRIBUTES, rows), batch.droppedAttributes());
    ints(columns.numbers(Part.DROPPED_EVENTS, rows), batch.droppedEvents());
    ints(columns.numbers(Part.DROPPED_LINKS, rows), batch.droppedLinks());
    ints(columns.resourceRows(tables.resources), batch.resource());
    ints(columns.tableRows(Part.SCOPE, tables.scopes.size()), batch.scope());
    SourceAttributes ofEvents = decodeEvents(batch, starts);
    SourceAttributes ofLinks = decodeLinks(batch);
    return new SpanSource(
        batch, new SourceTexts(symbols), resourceRows, scopeRows, shaped, ofEvents, ofLinks);
  }

  AttributeColumns attributes(AttributeTable table, int count) {
    return new AttributeColumns(columns.reader(), columns.block(), table, count);
  }

  private SourceAttributes decodeEvents(SpanBatch batch, long[] starts) {
    int[] parents = childParents(Part.EVENT_COUNTS);
    int count = parents.length;
    fillEnds(parents, batch.eventEnds(), rows);
    EventRows events = batch.events();
    events.addRows(count);
    AttributeColumns attributes = attributes(AttributeTable.EVENTS, count);
    if (count > 0) {
      System.arraycopy(eventTimes(parents, starts), 0, events.timeNanos(), 0, count);
      columns.append(Part.EVENT_NAME, count, batch.symbols(), events.name());
      ints(columns.numbers(Part.EVENT_DROPPED, count), events.droppedAttributes());
    }
    return attributes.decodeAll(batch.symbols(), events.attributes());
  }

  private SourceAttributes decodeLinks(SpanBatch batch) {
    int[] parents = childParents(Part.LINK_COUNTS);
    int count = parents.length;
    fillEnds(parents, batch.linkEnds(), rows);
    LinkRows links = batch.links();
    links.addRows(count);
    AttributeColumns attributes = attributes(AttributeTable.LINKS, count);
    if (count > 0) {
      System.arraycopy(columns.numbers(Part.LINK_TRACE_HI, count), 0, links.traceHi(), 0, count);
      System.arraycopy(columns.numbers(Part.LINK_TRACE_LO, count), 0, links.traceLo(), 0, count);
      System.arraycopy(columns.numbers(Part.LINK_SPAN_ID, count), 0, links.spanId(), 0, count);
      columns.append(Part.LINK_TRACE_STATE, count, batch.symbols(), links.traceState());
      ints(columns.numbers(Part.LINK_FLAGS, count), links.flags());
      ints(columns.numbers(Part.LINK_DROPPED, count), links.droppedAttributes());
    }
    return attributes.decodeAll(batch.symbols(), links.attributes());
  }

  /// For each of the rows where its children end.
  static void fillEnds(int[] parents, int[] ends, int rows) {
    for (int row = 0, at = 0; row < rows; row++) {
      while (at < parents.length && parents[at] == row) {
        at++;
      }
      ends[row] = at;
    }
  }

  static void ints(long[] source, int[] into) {
    for (int i = 0; i < source.length; i++) {
      into[i] = (int) source[i];
    }
  }

  static void bytes(long[] source, byte[] into) {
    for (int i = 0; i < source.length; i++) {
      into[i] = (byte) source[i];
    }
  }
}
