package dev.pharos.store.metrics;

import java.util.ArrayList;
import java.util.List;

/// Chunks of one series of the head as one run. Stateless.
final class HeadRuns {
  private HeadRuns() {}

  /// The chunks as runs whose origins say which came first.
  ///
  /// @param views in the order of the log
  static List<SampleRun> runs(List<SampleChunk.View> views) {
    var runs = new ArrayList<SampleRun>(views.size());
    long origin = SampleRun.HEAD - views.size() + 1;
    for (SampleChunk.View view : views) {
      runs.add(view.run(origin++));
    }
    return runs;
  }

  static SampleRun merge(List<SampleChunk.View> views) {
    return SampleRun.merge(runs(views));
  }
}
