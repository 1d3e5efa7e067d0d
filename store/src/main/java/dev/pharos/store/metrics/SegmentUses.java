package dev.pharos.store.metrics;

import java.lang.ref.Cleaner;
import java.util.List;

/// Keeps the segments of a selection in use for as long as one of its series is reachable.
final class SegmentUses {
  /// Must not refer to the uses themselves.
  private record Release(List<SegmentUse> segments) implements Runnable {
    @Override
    public void run() {
      segments.forEach(SegmentUse::release);
    }
  }

  /// Takes over segments that are retained.
  void hold(List<SegmentUse> segments, Cleaner cleaner) {
    if (!segments.isEmpty()) {
      cleaner.register(this, new Release(segments));
    }
  }
}
