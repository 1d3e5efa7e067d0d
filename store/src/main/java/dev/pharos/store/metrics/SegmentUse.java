package dev.pharos.store.metrics;

/// One reader's use of a segment, with what was hidden in it when the use began.
record SegmentUse(MetricHandle handle, SeriesMask mask) {
  MetricSegment segment() {
    return handle.segment().masked(mask);
  }

  boolean touches(long fromMillis, long toMillis) {
    return handle.touches(fromMillis, toMillis);
  }

  void release() {
    handle.release();
  }
}
