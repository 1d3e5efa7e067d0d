package dev.pharos.store.segment;

import dev.pharos.model.SpanBatch;
import dev.pharos.model.ValueType;
import dev.pharos.store.segment.encoding.ByteSink;
import java.util.Arrays;

/// Takes rows of sources in segment order, column by column, and writes them block by block. Neighbouring rows of one
/// trace are a *fragment*: its trace id and first start stand once, and a parent within it is the distance in rows. One
/// thread.
final class SpanBlockEncoder {
  private static final int ROOM = SpanFormat.BLOCK_ROWS;

  private final SegmentWriter out;
  private final Effort effort;
  private final TextDictionary dictionary = new TextDictionary();
  private final AttributeGather attributes;
  private final EventGather events;
  private final LinkGather links;
  private final GatheredColumn name;
  private final GatheredColumn statusMessage;
  private final GatheredColumn traceState;

  private final long[] traceHi = new long[ROOM];
  private final long[] traceLo = new long[ROOM];
  private final long[] fragmentRows = new long[ROOM];
  private int fragments;

  private final long[] spanId = new long[ROOM];
  private final long[] parentSpanId = new long[ROOM];
  private final long[] startNanos = new long[ROOM];
  private final long[] duration = new long[ROOM];
  private final long[] kind = new long[ROOM];
  private final long[] statusCode = new long[ROOM];
  private final long[] flags = new long[ROOM];
  private final long[] droppedAttributes = new long[ROOM];
  private final long[] droppedEvents = new long[ROOM];
  private final long[] droppedLinks = new long[ROOM];
  private final long[] resource = new long[ROOM];
  private final long[] scope = new long[ROOM];
  private final long[] scratch = new long[ROOM];
  private final long[] elsewhere = new long[ROOM];
  private int rows;

  /// Rows whose texts are gathered.
  private int taken;

  SpanBlockEncoder(SegmentWriter out, Effort effort) {
    this.out = out;
    this.effort = effort;
    attributes = new AttributeGather(AttributeTable.ROWS, dictionary, out, effort);
    events = new EventGather(dictionary, out, effort);
    links = new LinkGather(dictionary, out, effort);
    name = texts();
    statusMessage = texts();
    traceState = texts();
  }

  private GatheredColumn texts() {
    return new GatheredColumn(dictionary, 0, ValueType.STRING, 0);
  }

  /// Appends rows `order[from .. to)` of the source, all of one trace.
  void add(SpanSource source, int[] order, int from, int to) {
    int at = from;
    while (at < to) {
      at = gather(source, order, at, Math.min(to, at + ROOM - rows));
      if (rows == ROOM || dictionary.gatheredBytes() > SpanFormat.BLOCK_TEXT_BYTES) {
        flush();
      }
    }
  }

  /// Takes rows `order[from .. limit)`, or as many of them as there is room for texts, and returns where it ended.
  private int gather(SpanSource source, int[] order, int from, int limit) {
    SpanBatch spans = source.spans();
    int to = from;
    do {
      texts(source, order, to++);
    } while (to < limit && dictionary.gatheredBytes() <= SpanFormat.BLOCK_TEXT_BYTES);
    fragment(spans.traceHi()[order[from]], spans.traceLo()[order[from]], to - from);
    int shift = rows - from;
    longs(spans.spanId(), order, from, to, spanId);
    longs(spans.parentSpanId(), order, from, to, parentSpanId);
    longs(spans.startNanos(), order, from, to, startNanos);
    long[] ends = spans.endNanos();
    for (int i = from; i < to; i++) {
      duration[shift + i] = ends[order[i]] - startNanos[shift + i];
    }
    bytes(spans.kind(), order, from, to, kind);
    bytes(spans.statusCode(), order, from, to, statusCode);
    ints(spans.flags(), order, from, to, flags);
    ints(spans.droppedAttributes(), order, from, to, droppedAttributes);
    ints(spans.droppedEvents(), order, from, to, droppedEvents);
    ints(spans.droppedLinks(), order, from, to, droppedLinks);
    mapped(spans.resource(), source.resourceRows(), order, from, to, resource);
    mapped(spans.scope(), source.scopeRows(), order, from, to, scope);
    rows += to - from;
    return to;
  }

  /// Takes texts, attributes, events and links of row `order[at]`.
  private void texts(SpanSource source, int[] order, int at) {
    SpanBatch spans = source.spans();
    SourceTexts texts = source.texts();
    int row = order[at];
    name.add(texts, spans.name()[row]);
    statusMessage.add(texts, spans.statusMessage()[row]);
    traceState.add(texts, spans.traceState()[row]);
    attributes.add(source.attributes(), row, texts);
    events.add(source, row, taken);
    links.add(source, row, taken++);
  }

  private void fragment(long hi, long lo, int count) {
    int last = fragments - 1;
    if (last < 0 || traceHi[last] != hi || traceLo[last] != lo) {
      last = fragments++;
      traceHi[last] = hi;
      traceLo[last] = lo;
      fragmentRows[last] = 0;
    }
    fragmentRows[last] += count;
  }

  private void longs(long[] source, int[] order, int from, int to, long[] into) {
    int shift = rows - from;
    for (int i = from; i < to; i++) {
      into[shift + i] = source[order[i]];
    }
  }

  private void ints(int[] source, int[] order, int from, int to, long[] into) {
    int shift = rows - from;
    for (int i = from; i < to; i++) {
      into[shift + i] = source[order[i]] & 0xffffffffL;
    }
  }

  private void bytes(byte[] source, int[] order, int from, int to, long[] into) {
    int shift = rows - from;
    for (int i = from; i < to; i++) {
      into[shift + i] = source[order[i]];
    }
  }

  private void mapped(int[] source, int[] map, int[] order, int from, int to, long[] into) {
    int shift = rows - from;
    for (int i = from; i < to; i++) {
      into[shift + i] = map[source[order[i]]];
    }
  }

  /// Writes the block that was gathered, if there is one.
  void flush() {
    if (rows == 0) {
      return;
    }
    BlockEntry.Bounds bounds = write();
    boolean unlisted = attributes.write();
    events.write(rows);
    links.write(rows);
    out.endBlock(rows, unlisted ? bounds.withUnlisted() : bounds);
    rows = 0;
    taken = 0;
    fragments = 0;
    dictionary.nextBlock();
  }

  private BlockEntry.Bounds write() {
    writeFragments();
    writeTimes();
    writeParents();
    numbers(Part.DURATION, duration, rows);
    numbers(Part.SPAN_ID, spanId, rows);
    writeTexts(Part.NAME, name);
    range(Part.KIND, kind);
    range(Part.STATUS_CODE, statusCode);
    writeTexts(Part.STATUS_MESSAGE, statusMessage);
    writeTexts(Part.TRACE_STATE, traceState);
    range(Part.FLAGS, flags);
    numbers(Part.DROPPED_ATTRIBUTES, droppedAttributes, rows);
    numbers(Part.DROPPED_EVENTS, droppedEvents, rows);
    numbers(Part.DROPPED_LINKS, droppedLinks, rows);
    numbers(Part.RESOURCE, resource, rows);
    numbers(Part.SCOPE, scope, rows);
    var times = Range.of(startNanos, rows);
    var resources = Range.of(resource, rows);
    var scopes = Range.of(scope, rows);
    var durations = Range.of(duration, rows);
    return new BlockEntry.Bounds(
        times.min(),
        times.max(),
        (int) resources.min(),
        (int) resources.max(),
        (int) scopes.min(),
        (int) scopes.max(),
        durations.min(),
        durations.max(),
        traceHi[0],
        traceLo[0],
        traceHi[fragments - 1],
        traceLo[fragments - 1],
        false);
  }

  private void writeFragments() {
    ByteSink sink = out.begin();
    sink.putVarint(fragments);
    GatheredColumn.numbers(fragmentRows, fragments, effort, sink);
    out.end(Part.FRAGMENTS);
    numbers(Part.TRACE_HI, traceHi, fragments);
    numbers(Part.TRACE_LO, traceLo, fragments);
  }

  /// The starts of fragments, then each start less the one before it in its fragment.
  private void writeTimes() {
    int n = 0;
    for (int i = 0, row = 0; i < fragments; i++) {
      elsewhere[i] = startNanos[row];
      int end = row + (int) fragmentRows[i];
      for (row++; row < end; row++) {
        scratch[n++] = startNanos[row] - startNanos[row - 1];
      }
    }
    ByteSink sink = out.begin();
    GatheredColumn.numbers(elsewhere, fragments, effort, sink);
    GatheredColumn.numbers(scratch, n, effort, sink);
    out.end(Part.TIME);
  }

  /// Per row 0 for a root, 1 for a parent elsewhere, else zigzag(row - parent's row) + 1; then the ids of parents
  /// elsewhere.
  private void writeParents() {
    int count = 0;
    for (int i = 0, from = 0; i < fragments; i++) {
      int to = from + (int) fragmentRows[i];
      for (int row = from; row < to; row++) {
        long parent = parentSpanId[row];
        int at = parent == 0 ? -1 : find(parent, row, from, to);
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
      from = to;
    }
    ByteSink sink = out.begin();
    GatheredColumn.numbers(scratch, rows, effort, sink);
    sink.putVarint(count);
    GatheredColumn.numbers(elsewhere, count, effort, sink);
    out.end(Part.PARENT);
  }

  /// The nearest other row with this span id, looked for up to 256 rows around; -1 if there is none.
  private int find(long id, int row, int from, int to) {
    for (int distance = 1; distance <= 256; distance++) {
      int before = row - distance;
      int after = row + distance;
      if (before >= from && spanId[before] == id) {
        return before;
      }
      if (after < to && spanId[after] == id) {
        return after;
      }
      if (before < from && after >= to) {
        return -1;
      }
    }
    return -1;
  }

  private void numbers(int part, long[] values, int count) {
    numbers(part, values, count, effort, out);
  }

  static void numbers(int part, long[] values, int count, Effort effort, SegmentWriter out) {
    if (!Range.isZero(values, count)) {
      GatheredColumn.numbers(values, count, effort, out.begin());
      out.end(part);
    }
  }

  private void range(int part, long[] values) {
    if (!Range.isZero(values, rows)) {
      GatheredColumn.numbers(values, rows, effort, out.begin());
      var range = Range.of(values, rows);
      out.endRange(part, false, range.min(), range.max());
    }
  }

  private void writeTexts(int part, GatheredColumn column) {
    writeTexts(part, column, effort, out);
  }

  static void writeTexts(int part, GatheredColumn column, Effort effort, SegmentWriter out) {
    if (!column.isBlank()) {
      column.write(part, effort, out);
    }
    column.clear();
  }

  /// Appends a number to a list that grows.
  static long[] put(long[] list, int at, long value) {
    long[] room = at < list.length ? list : Arrays.copyOf(list, Math.max(64, at * 2));
    room[at] = value;
    return room;
  }

  /// Writes how many rows of a child table each row has.
  static void writeCounts(
      int part, long[] counts, int rows, int total, Effort effort, SegmentWriter out) {
    ByteSink sink = out.begin();
    sink.putVarint(total);
    GatheredColumn.numbers(counts, rows, effort, sink);
    out.end(part);
  }
}
