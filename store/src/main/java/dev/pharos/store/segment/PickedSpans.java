package dev.pharos.store.segment;

import dev.pharos.model.EventRows;
import dev.pharos.model.LinkRows;
import dev.pharos.model.SpanBatch;
import dev.pharos.store.segment.encoding.LongCodec;
import java.util.Arrays;

/// Reads the columns of a block of spans for a few of its rows, and these spans whole. What is decoded grows with the
/// rows wanted and not with the block, but for lists that say where a row's values stand. One thread at a time.
final class PickedSpans {
  private static final int[] NO_ROWS = {};

  private final BlockColumns columns;
  private final SpanBlockDecoder block;
  private final int[] rows;
  private int[] fragments = NO_ROWS;

  /// @param rows ascending
  PickedSpans(BlockColumns columns, SpanBlockDecoder block, int[] rows) {
    this.columns = columns;
    this.block = block;
    this.rows = rows;
  }

  int[] rows() {
    return rows;
  }

  long[] numbers(int part) {
    return columns.numbers(part, columns.rows(), rows);
  }

  TextColumns.Decoded texts(int part) {
    return columns.texts(part, columns.rows(), rows);
  }

  PickedAttributes attributes() {
    return new PickedAttributes(block.attributes(AttributeTable.ROWS, columns.rows()), rows);
  }

  /// Of each row the fragment it is of.
  private int[] fragments() {
    if (fragments.length < rows.length) {
      int[] ends = block.fragmentEnds();
      var own = new int[rows.length];
      for (int i = 0, fragment = 0; i < own.length; i++) {
        while (ends[fragment] <= rows[i]) {
          fragment++;
        }
        own[i] = fragment;
      }
      fragments = own;
    }
    return fragments;
  }

  /// A column with one value a fragment.
  long[] ofFragments(int part) {
    return columns.numbers(part, block.fragmentEnds().length, fragments());
  }

  long[] starts() {
    int[] ends = block.fragmentEnds();
    int[] own = fragments();
    var from = new int[rows.length];
    int steps = 0;
    for (int i = 0; i < from.length; i++) {
      from[i] = follows(i) ? rows[i - 1] : own[i] == 0 ? 0 : ends[own[i] - 1];
      steps += rows[i] - from[i];
    }
    var numbers = new int[steps];
    for (int i = 0, next = 0; i < from.length; i++) {
      for (int row = from[i]; row < rows[i]; row++) {
        // The first row of each fragment has no step.
        numbers[next++] = row - own[i];
      }
    }
    return columns.read(
        Part.TIME,
        in -> {
          long[] values = LongCodec.decode(in, ends.length, own);
          long[] step = LongCodec.decode(in, columns.rows() - ends.length, numbers);
          for (int i = 0, next = 0; i < values.length; i++) {
            values[i] = follows(i) ? values[i - 1] : values[i];
            for (int n = rows[i] - from[i]; n > 0; n--) {
              values[i] += step[next++];
            }
          }
          return values;
        });
  }

  /// Whether the row is of the same fragment as the one picked before.
  private boolean follows(int i) {
    return i > 0 && fragments[i] == fragments[i - 1];
  }

  long[] ends(long[] starts) {
    long[] ends = numbers(Part.DURATION);
    for (int i = 0; i < ends.length; i++) {
      ends[i] += starts[i];
    }
    return ends;
  }

  long[] parents() {
    int count = columns.rows();
    long[] codes = columns.read(Part.PARENT, in -> LongCodec.decode(in, count, rows));
    var near = new int[rows.length];
    int nearCount = 0;
    boolean elsewhere = false;
    for (int i = 0; i < codes.length; i++) {
      elsewhere |= codes[i] == 1;
      if (codes[i] > 1) {
        near[nearCount++] = SpanBlockDecoder.parentRow(codes[i], rows[i]);
      }
    }
    if (elsewhere) {
      // Which of the listed ids is a row's depends on all rows before it.
      long[] ids = columns.numbers(Part.SPAN_ID, count);
      long[] all = block.parents(ids);
      return picked(all);
    }
    int[] sorted = Arrays.copyOf(near, nearCount);
    Arrays.sort(sorted);
    long[] ids = columns.numbers(Part.SPAN_ID, count, sorted);
    for (int i = 0; i < codes.length; i++) {
      if (codes[i] > 1) {
        int parent = SpanBlockDecoder.parentRow(codes[i], rows[i]);
        codes[i] = ids[Arrays.binarySearch(sorted, parent)];
      }
    }
    return codes;
  }

  private long[] picked(long[] all) {
    var own = new long[rows.length];
    for (int i = 0; i < own.length; i++) {
      own[i] = all[rows[i]];
    }
    return own;
  }

  /// The events or links of the rows.
  Children children(int part) {
    return Children.of(block.childEnds(part), rows);
  }

  /// Rows of a child table.
  ///
  /// @param total of the whole block
  /// @param rows those that belong to the picked spans, ascending
  /// @param parents of each of these the index of its span among the picked ones
  record Children(int total, int[] rows, int[] parents) {
    static Children of(int[] ends, int[] spans) {
      int count = 0;
      for (int span : ends.length == 0 ? NO_ROWS : spans) {
        count += ends[span] - (span == 0 ? 0 : ends[span - 1]);
      }
      var rows = new int[count];
      var parents = new int[count];
      for (int i = 0, next = 0; next < count; i++) {
        int span = spans[i];
        for (int row = span == 0 ? 0 : ends[span - 1]; row < ends[span]; row++) {
          rows[next] = row;
          parents[next++] = i;
        }
      }
      return new Children(ends.length == 0 ? 0 : ends[ends.length - 1], rows, parents);
    }

    int count() {
      return rows.length;
    }
  }

  long[] eventTimes(Children events, long[] starts) {
    long[] times = numbers(Part.EVENT_TIME, events);
    for (int i = 0; i < times.length; i++) {
      times[i] += starts[events.parents()[i]];
    }
    return times;
  }

  PickedAttributes attributes(AttributeTable table, Children children) {
    return new PickedAttributes(block.attributes(table, children.total()), children.rows());
  }

  /// The spans; their Resources and scopes are rows of `tables`.
  SpanBatch spans(SegmentTables tables) {
    int count = rows.length;
    var batch = new SpanBatch(count);
    batch.addRows(count);
    long[] starts = starts();
    System.arraycopy(ofFragments(Part.TRACE_HI), 0, batch.traceHi(), 0, count);
    System.arraycopy(ofFragments(Part.TRACE_LO), 0, batch.traceLo(), 0, count);
    System.arraycopy(numbers(Part.SPAN_ID), 0, batch.spanId(), 0, count);
    System.arraycopy(parents(), 0, batch.parentSpanId(), 0, count);
    System.arraycopy(starts, 0, batch.startNanos(), 0, count);
    System.arraycopy(ends(starts), 0, batch.endNanos(), 0, count);
    attributes().copy(batch.symbols(), batch.attributes());
    append(Part.NAME, batch, batch.name());
    append(Part.STATUS_MESSAGE, batch, batch.statusMessage());
    append(Part.TRACE_STATE, batch, batch.traceState());
    SpanBlockDecoder.bytes(numbers(Part.KIND), batch.kind());
    SpanBlockDecoder.bytes(numbers(Part.STATUS_CODE), batch.statusCode());
    ints(Part.FLAGS, batch.flags());
    ints(Part.DROPPED_ATTRIBUTES, batch.droppedAttributes());
    ints(Part.DROPPED_EVENTS, batch.droppedEvents());
    ints(Part.DROPPED_LINKS, batch.droppedLinks());
    SpanBlockDecoder.ints(
        columns.tableRows(Part.RESOURCE, tables.resources.size(), rows), batch.resource());
    SpanBlockDecoder.ints(columns.tableRows(Part.SCOPE, tables.scopes.size(), rows), batch.scope());
    events(batch, starts);
    links(batch);
    return batch;
  }

  private void append(int part, SpanBatch batch, int[] into) {
    columns.append(part, columns.rows(), rows, batch.symbols(), into);
  }

  private void ints(int part, int[] into) {
    SpanBlockDecoder.ints(numbers(part), into);
  }

  private void events(SpanBatch batch, long[] starts) {
    Children children = children(Part.EVENT_COUNTS);
    SpanBlockDecoder.fillEnds(children.parents(), batch.eventEnds(), rows.length);
    int count = children.count();
    if (count == 0) {
      return;
    }
    EventRows events = batch.events();
    events.addRows(count);
    System.arraycopy(eventTimes(children, starts), 0, events.timeNanos(), 0, count);
    columns.append(
        Part.EVENT_NAME, children.total(), children.rows(), batch.symbols(), events.name());
    SpanBlockDecoder.ints(numbers(Part.EVENT_DROPPED, children), events.droppedAttributes());
    attributes(AttributeTable.EVENTS, children).copy(batch.symbols(), events.attributes());
  }

  private void links(SpanBatch batch) {
    Children children = children(Part.LINK_COUNTS);
    SpanBlockDecoder.fillEnds(children.parents(), batch.linkEnds(), rows.length);
    int count = children.count();
    if (count == 0) {
      return;
    }
    LinkRows links = batch.links();
    links.addRows(count);
    System.arraycopy(numbers(Part.LINK_TRACE_HI, children), 0, links.traceHi(), 0, count);
    System.arraycopy(numbers(Part.LINK_TRACE_LO, children), 0, links.traceLo(), 0, count);
    System.arraycopy(numbers(Part.LINK_SPAN_ID, children), 0, links.spanId(), 0, count);
    columns.append(
        Part.LINK_TRACE_STATE,
        children.total(),
        children.rows(),
        batch.symbols(),
        links.traceState());
    SpanBlockDecoder.ints(numbers(Part.LINK_FLAGS, children), links.flags());
    SpanBlockDecoder.ints(numbers(Part.LINK_DROPPED, children), links.droppedAttributes());
    attributes(AttributeTable.LINKS, children).copy(batch.symbols(), links.attributes());
  }

  long[] numbers(int part, Children children) {
    return columns.numbers(part, children.total(), children.rows());
  }

  TextColumns.Decoded texts(int part, Children children) {
    return columns.texts(part, children.total(), children.rows());
  }
}
