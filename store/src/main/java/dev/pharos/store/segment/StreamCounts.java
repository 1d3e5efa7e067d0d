package dev.pharos.store.segment;

/// What a segment has of one Resource's records.
record StreamCounts(long minNanos, long maxNanos, long records, long bodyBytes) {
  static final StreamCounts NONE = new StreamCounts(Long.MAX_VALUE, Long.MIN_VALUE, 0, 0);
}
