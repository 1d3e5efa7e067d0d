package dev.pharos.store.manifest;

import dev.pharos.model.Tenant;
import dev.pharos.store.segment.SegmentMeta;

/// A segment in the manifest.
///
/// @param day UTC day of all its rows, counted from 1970-01-01
/// @param level how many merges its rows have been through at most
public record SegmentEntry(Tenant tenant, int day, int level, SegmentMeta meta) {
  public static final long DAY_NANOS = 86_400_000_000_000L;

  /// The day of a time in Unix nanoseconds.
  public static int dayOf(long nanos) {
    return (int) Math.floorDiv(nanos, DAY_NANOS);
  }

  public String name() {
    return meta.name();
  }
}
