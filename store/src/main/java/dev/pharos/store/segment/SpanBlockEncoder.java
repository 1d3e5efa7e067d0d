package dev.pharos.store.segment;

import dev.pharos.model.EventRows;
import dev.pharos.model.LinkRows;
import dev.pharos.model.SpanBatch;
import dev.pharos.store.segment.encoding.ByteSink;
import dev.pharos.store.segment.encoding.LongCodec;

/// Writes the rows of one batch, whose Resources and scopes are rows of the segment's tables, as a block. Neighbouring
/// rows of one trace are a *fragment*: its trace id and first start stand once, and a parent within it is the distance
/// in rows.
final class SpanBlockEncoder {
  private final SpanBatch spans;
  private final int rows;
  private final SegmentWriter out;
  private final TextColumns texts;
  private final long[] scratch;

  /// Where fragments begin, and `rows` at the end.
  private final int[] fragmentStarts;

  private int fragments;

  private SpanBlockEncoder(SpanBatch spans, SegmentWriter out) {
    this.spans = spans;
    this.rows = spans.rows();
    this.out = out;
    this.texts = new TextColumns(spans.symbols());
    this.scratch = new long[Math.max(rows, Math.max(spans.events().rows(), spans.links().rows()))];
    this.fragmentStarts = new int[rows + 1];
  }

  static void encode(SpanBatch spans, SegmentWriter out) {
    new SpanBlockEncoder(spans, out).encode();
  }

  private void encode() {
    findFragments();
    writeFragments();
    writeTimes();
    writeParents();
    numbers(Part.SPAN_ID, spans.spanId(), rows);
    text(Part.NAME, spans.name(), rows);
    bytes(Part.KIND, spans.kind());
    bytes(Part.STATUS_CODE, spans.statusCode());
    text(Part.STATUS_MESSAGE, spans.statusMessage(), rows);
    text(Part.TRACE_STATE, spans.traceState(), rows);
    range(Part.FLAGS, spans.flags());
    unsigned(Part.DROPPED_ATTRIBUTES, spans.droppedAttributes(), rows);
    unsigned(Part.DROPPED_EVENTS, spans.droppedEvents(), rows);
    unsigned(Part.DROPPED_LINKS, spans.droppedLinks(), rows);
    unsigned(Part.RESOURCE, spans.resource(), rows);
    unsigned(Part.SCOPE, spans.scope(), rows);
    boolean unlisted =
        new AttributeEncoder(
                AttributeTable.ROWS, spans.attributes(), rows, spans.symbols(), texts, out)
            .encode();
    writeEvents();
    writeLinks();
    out.endBlock(rows, bounds(unlisted));
  }

  private void findFragments() {
    long[] hi = spans.traceHi();
    long[] lo = spans.traceLo();
    for (int row = 0; row < rows; row++) {
      if (row == 0 || hi[row] != hi[row - 1] || lo[row] != lo[row - 1]) {
        fragmentStarts[fragments++] = row;
      }
    }
    fragmentStarts[fragments] = rows;
  }

  private void writeFragments() {
    var lengths = new long[fragments];
    var hi = new long[fragments];
    var lo = new long[fragments];
    for (int i = 0; i < fragments; i++) {
      int start = fragmentStarts[i];
      lengths[i] = fragmentStarts[i + 1] - start;
      hi[i] = spans.traceHi()[start];
      lo[i] = spans.traceLo()[start];
    }
    ByteSink sink = out.begin();
    sink.putVarint(fragments);
    LongCodec.encode(lengths, fragments, sink);
    out.end(Part.FRAGMENTS);
    numbers(Part.TRACE_HI, hi, fragments);
    numbers(Part.TRACE_LO, lo, fragments);
  }

  /// The starts of fragments, then each start less the one before it in its fragment; and durations.
  private void writeTimes() {
    var first = new long[fragments];
    long[] start = spans.startNanos();
    int n = 0;
    for (int i = 0; i < fragments; i++) {
      first[i] = start[fragmentStarts[i]];
      for (int row = fragmentStarts[i] + 1; row < fragmentStarts[i + 1]; row++) {
        scratch[n++] = start[row] - start[row - 1];
      }
    }
    ByteSink sink = out.begin();
    LongCodec.encode(first, fragments, sink);
    LongCodec.encode(scratch, n, sink);
    out.end(Part.TIME);
    for (int row = 0; row < rows; row++) {
      scratch[row] = spans.endNanos()[row] - start[row];
    }
    numbers(Part.DURATION, scratch, rows);
  }

  /// Per row 0 for a root, 1 for a parent elsewhere, else zigzag(row - parent's row) + 1; then the ids of parents
  /// elsewhere.
  private void writeParents() {
    var elsewhere = new long[rows];
    int count = 0;
    for (int i = 0; i < fragments; i++) {
      for (int row = fragmentStarts[i]; row < fragmentStarts[i + 1]; row++) {
        long parent = spans.parentSpanId()[row];
        int at = parent == 0 ? -1 : find(parent, row, fragmentStarts[i], fragmentStarts[i + 1]);
        if (parent == 0) {
          scratch[row] = 0;
        } else if (at < 0) {
          scratch[row] = 1;
          elsewhere[count++] = parent;
        } else {
          int distance = row - at;
          scratch[row] = ((long) distance << 1 ^ distance >> 31) + 1;
        }
      }
    }
    ByteSink sink = out.begin();
    LongCodec.encode(scratch, rows, sink);
    sink.putVarint(count);
    LongCodec.encode(elsewhere, count, sink);
    out.end(Part.PARENT);
  }

  /// The nearest other row with this span id, looked for up to 256 rows around; -1 if there is none.
  private int find(long spanId, int row, int from, int to) {
    long[] ids = spans.spanId();
    for (int distance = 1; distance <= 256; distance++) {
      if (row - distance >= from && ids[row - distance] == spanId) {
        return row - distance;
      }
      if (row + distance < to && ids[row + distance] == spanId) {
        return row + distance;
      }
    }
    return -1;
  }

  private void writeEvents() {
    EventRows events = spans.events();
    int count = events.rows();
    if (count == 0) {
      return;
    }
    int at = 0;
    var counts = new long[rows];
    for (int row = 0; row < rows; row++) {
      counts[row] = spans.eventEnds()[row] - at;
      for (; at < spans.eventEnds()[row]; at++) {
        scratch[at] = events.timeNanos()[at] - spans.startNanos()[row];
      }
    }
    numbers(Part.EVENT_TIME, scratch, count);
    counts(Part.EVENT_COUNTS, counts, count);
    text(Part.EVENT_NAME, events.name(), count);
    unsigned(Part.EVENT_DROPPED, events.droppedAttributes(), count);
    new AttributeEncoder(
            AttributeTable.EVENTS, events.attributes(), count, spans.symbols(), texts, out)
        .encode();
  }

  private void writeLinks() {
    LinkRows links = spans.links();
    int count = links.rows();
    if (count == 0) {
      return;
    }
    var counts = new long[rows];
    for (int row = 0; row < rows; row++) {
      counts[row] = spans.linkEnds()[row] - (row == 0 ? 0 : spans.linkEnds()[row - 1]);
    }
    counts(Part.LINK_COUNTS, counts, count);
    numbers(Part.LINK_TRACE_HI, links.traceHi(), count);
    numbers(Part.LINK_TRACE_LO, links.traceLo(), count);
    numbers(Part.LINK_SPAN_ID, links.spanId(), count);
    text(Part.LINK_TRACE_STATE, links.traceState(), count);
    unsigned(Part.LINK_FLAGS, links.flags(), count);
    unsigned(Part.LINK_DROPPED, links.droppedAttributes(), count);
    new AttributeEncoder(
            AttributeTable.LINKS, links.attributes(), count, spans.symbols(), texts, out)
        .encode();
  }

  private BlockEntry.Bounds bounds(boolean unlisted) {
    var times = Range.of(spans.startNanos(), rows);
    var resources = Range.of(spans.resource(), rows);
    var scopes = Range.of(spans.scope(), rows);
    for (int row = 0; row < rows; row++) {
      scratch[row] = spans.endNanos()[row] - spans.startNanos()[row];
    }
    var durations = Range.of(scratch, rows);
    int first = 0;
    int last = 0;
    for (int i = 0; i < fragments; i++) {
      int row = fragmentStarts[i];
      first = TraceOrder.compare(spans, row, spans, first) < 0 ? row : first;
      last = TraceOrder.compare(spans, row, spans, last) > 0 ? row : last;
    }
    return new BlockEntry.Bounds(
        times.min(),
        times.max(),
        (int) resources.min(),
        (int) resources.max(),
        (int) scopes.min(),
        (int) scopes.max(),
        durations.min(),
        durations.max(),
        spans.traceHi()[first],
        spans.traceLo()[first],
        spans.traceHi()[last],
        spans.traceLo()[last],
        unlisted);
  }

  private void counts(int part, long[] counts, int total) {
    ByteSink sink = out.begin();
    sink.putVarint(total);
    LongCodec.encode(counts, rows, sink);
    out.end(part);
  }

  private void numbers(int part, long[] values, int count) {
    if (Range.isZero(values, count)) {
      return;
    }
    LongCodec.encode(values, count, out.begin());
    out.end(part);
  }

  private void unsigned(int part, int[] values, int count) {
    for (int i = 0; i < count; i++) {
      scratch[i] = values[i] & 0xffffffffL;
    }
    numbers(part, scratch, count);
  }

  private void range(int part, int[] values) {
    for (int i = 0; i < rows; i++) {
      scratch[i] = values[i] & 0xffffffffL;
    }
    writeRange(part);
  }

  private void bytes(int part, byte[] values) {
    for (int i = 0; i < rows; i++) {
      scratch[i] = values[i];
    }
    writeRange(part);
  }

  private void writeRange(int part) {
    if (Range.isZero(scratch, rows)) {
      return;
    }
    LongCodec.encode(scratch, rows, out.begin());
    var range = Range.of(scratch, rows);
    out.endRange(part, false, range.min(), range.max());
  }

  private void text(int part, int[] symbols, int count) {
    for (int i = 0; i < count; i++) {
      scratch[i] = symbols[i];
    }
    if (Range.isZero(scratch, count)) {
      return;
    }
    texts.encode(scratch, 0, count, out.begin());
    out.endTexts(part, spans.symbols(), texts.distinct(), texts.count());
  }
}
