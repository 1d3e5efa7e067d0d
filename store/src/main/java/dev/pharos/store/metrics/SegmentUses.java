package dev.pharos.store.metrics;

import java.lang.ref.Cleaner;
import java.util.List;

/// Keeps the segments of a selection in use for as long as one of its series is reachable.
final class SegmentUses {
  /// Must not refer to the uses themselves.
  private record Release(List<MetricHandle> handles) implements Runnable {
    @Override
    public void run() {
      handles.forEach(MetricHandle::release);
    }
  }

  /// Takes over handles that are retained.
  void hold(List<MetricHandle> handles, Cleaner cleaner) {
    if (!handles.isEmpty()) {
      cleaner.register(this, new Release(handles));
    }
  }
}
