package dev.pharos.store.segment;

import dev.pharos.model.LinkRows;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.ValueType;
import java.util.Arrays;

/// Gathers the links of the spans of a block, and writes them. One thread.
final class LinkGather {
  private final SegmentWriter out;
  private final Effort effort;
  private final GatheredColumn traceState;
  private final AttributeGather attributes;
  private final long[] counts = new long[SpanFormat.BLOCK_ROWS];
  private long[] traceHi = {};
  private long[] traceLo = {};
  private long[] spanId = {};
  private long[] flags = {};
  private long[] dropped = {};
  private int rows;

  LinkGather(TextDictionary dictionary, SegmentWriter out, Effort effort) {
    this.out = out;
    this.effort = effort;
    traceState = new GatheredColumn(dictionary, 0, ValueType.STRING, 0);
    attributes = new AttributeGather(AttributeTable.LINKS, dictionary, out, effort);
  }

  /// Adds the links of a row, which is row `at` of the block.
  void add(SpanSource source, int row, int at) {
    SpanBatch spans = source.spans();
    LinkRows links = spans.links();
    if (links.rows() == 0) {
      return;
    }
    int[] ends = spans.linkEnds();
    int first = row == 0 ? 0 : ends[row - 1];
    counts[at] = ends[row] - first;
    for (int link = first; link < ends[row]; link++) {
      add(source, links, link);
    }
  }

  private void add(SpanSource source, LinkRows links, int link) {
    traceHi = SpanBlockEncoder.put(traceHi, rows, links.traceHi()[link]);
    traceLo = SpanBlockEncoder.put(traceLo, rows, links.traceLo()[link]);
    spanId = SpanBlockEncoder.put(spanId, rows, links.spanId()[link]);
    flags = SpanBlockEncoder.put(flags, rows, links.flags()[link] & 0xffffffffL);
    dropped = SpanBlockEncoder.put(dropped, rows, links.droppedAttributes()[link] & 0xffffffffL);
    rows++;
    traceState.add(source.texts(), links.traceState()[link]);
    attributes.add(source.linkAttributes(), link, source.texts());
  }

  /// Writes what was gathered for so many spans and begins the next block.
  void write(int spans) {
    if (rows > 0) {
      SpanBlockEncoder.writeCounts(Part.LINK_COUNTS, counts, spans, rows, effort, out);
      SpanBlockEncoder.numbers(Part.LINK_TRACE_HI, traceHi, rows, effort, out);
      SpanBlockEncoder.numbers(Part.LINK_TRACE_LO, traceLo, rows, effort, out);
      SpanBlockEncoder.numbers(Part.LINK_SPAN_ID, spanId, rows, effort, out);
      SpanBlockEncoder.writeTexts(Part.LINK_TRACE_STATE, traceState, effort, out);
      SpanBlockEncoder.numbers(Part.LINK_FLAGS, flags, rows, effort, out);
      SpanBlockEncoder.numbers(Part.LINK_DROPPED, dropped, rows, effort, out);
      attributes.write();
    }
    Arrays.fill(counts, 0, spans, 0);
    rows = 0;
  }
}
