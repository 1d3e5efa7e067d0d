package dev.pharos.store.segment;

import dev.pharos.model.EventRows;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.ValueType;
import java.util.Arrays;

/// Gathers the events of the spans of a block, and writes them. One thread.
final class EventGather {
  private final SegmentWriter out;
  private final Effort effort;
  private final GatheredColumn name;
  private final AttributeGather attributes;
  private final long[] counts = new long[SpanFormat.BLOCK_ROWS];
  private long[] time = {};
  private long[] dropped = {};
  private int rows;

  EventGather(TextDictionary dictionary, SegmentWriter out, Effort effort) {
    this.out = out;
    this.effort = effort;
    name = new GatheredColumn(dictionary, 0, ValueType.STRING, 0);
    attributes = new AttributeGather(AttributeTable.EVENTS, dictionary, out, effort);
  }

  /// Adds the events of a row, which is row `at` of the block.
  void add(SpanSource source, int row, int at) {
    SpanBatch spans = source.spans();
    EventRows events = spans.events();
    if (events.rows() == 0) {
      return;
    }
    int[] ends = spans.eventEnds();
    int first = row == 0 ? 0 : ends[row - 1];
    counts[at] = ends[row] - first;
    for (int event = first; event < ends[row]; event++) {
      time = SpanBlockEncoder.put(time, rows, events.timeNanos()[event] - spans.startNanos()[row]);
      dropped =
          SpanBlockEncoder.put(dropped, rows++, events.droppedAttributes()[event] & 0xffffffffL);
      name.add(source.texts(), events.name()[event]);
      attributes.add(source.eventAttributes(), event, source.texts());
    }
  }

  /// Writes what was gathered for so many spans and begins the next block.
  void write(int spans) {
    if (rows > 0) {
      SpanBlockEncoder.numbers(Part.EVENT_TIME, time, rows, effort, out);
      SpanBlockEncoder.writeCounts(Part.EVENT_COUNTS, counts, spans, rows, effort, out);
      SpanBlockEncoder.writeTexts(Part.EVENT_NAME, name, effort, out);
      SpanBlockEncoder.numbers(Part.EVENT_DROPPED, dropped, rows, effort, out);
      attributes.write();
    }
    Arrays.fill(counts, 0, spans, 0);
    rows = 0;
  }
}
