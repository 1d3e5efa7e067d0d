package dev.pharos.store.segment;

import dev.pharos.model.SpanBatch;

/// The order of spans in a segment: trace id as an unsigned number, start, span id.
final class TraceOrder {
  private TraceOrder() {}

  static int compare(long hi, long lo, long otherHi, long otherLo) {
    int order = Long.compareUnsigned(hi, otherHi);
    return order != 0 ? order : Long.compareUnsigned(lo, otherLo);
  }

  static int compare(SpanBatch a, int row, SpanBatch b, int other) {
    int order = compare(a.traceHi()[row], a.traceLo()[row], b.traceHi()[other], b.traceLo()[other]);
    if (order == 0) {
      order = Long.compare(a.startNanos()[row], b.startNanos()[other]);
    }
    return order != 0 ? order : Long.compare(a.spanId()[row], b.spanId()[other]);
  }
}
