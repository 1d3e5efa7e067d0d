package dev.pharos.store.segment;

/// What the manifest keeps of a segment.
///
/// @param name in the [SegmentStorage]
/// @param sizeBytes of the object
/// @param rows spans or log records
/// @param minNanos least time (span start, log time), Unix nanoseconds
/// @param maxNanos greatest time, inclusive
public record SegmentMeta(String name, long sizeBytes, long rows, long minNanos, long maxNanos) {}
