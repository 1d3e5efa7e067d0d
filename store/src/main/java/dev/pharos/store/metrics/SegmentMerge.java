package dev.pharos.store.metrics;

import dev.pharos.model.Labels;
import dev.pharos.store.read.Exemplar;
import dev.pharos.store.segment.SegmentMeta;
import dev.pharos.store.segment.SegmentStorage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.LongPredicate;

/// Merges segments of one tenant and day, series by series in the order of labels, so that memory holds one series of
/// each. Stateless.
final class SegmentMerge {
  private SegmentMerge() {}

  private static final class Cursor implements Comparable<Cursor> {
    private final MetricSegment segment;
    private int series;
    private Labels labels;

    Cursor(MetricSegment segment) {
      this.segment = segment;
      labels = segment.labels(0);
    }

    boolean next() {
      if (++series == segment.seriesCount()) {
        return false;
      }
      labels = segment.labels(series);
      return true;
    }

    @Override
    public int compareTo(Cursor other) {
      return labels.compareTo(other.labels);
    }
  }

  /// @param keep tested with each sample's time in nanoseconds
  static SegmentMeta merge(
      List<MetricSegment> inputs, LongPredicate keep, SegmentStorage storage, String name) {
    var queue = new PriorityQueue<Cursor>();
    for (MetricSegment input : inputs) {
      if (input.seriesCount() > 0) {
        queue.add(new Cursor(input));
      }
    }
    try (var writer = new SegmentWriter(storage, name)) {
      var same = new ArrayList<Cursor>();
      while (!queue.isEmpty()) {
        same.clear();
        same.add(queue.remove());
        Labels labels = same.get(0).labels;
        while (!queue.isEmpty() && queue.peek().labels.equals(labels)) {
          same.add(queue.remove());
        }
        write(writer, labels, same, keep);
        for (Cursor cursor : same) {
          if (cursor.next()) {
            queue.add(cursor);
          }
        }
      }
      return writer.finish();
    }
  }

  private static void write(
      SegmentWriter writer, Labels labels, List<Cursor> same, LongPredicate keep) {
    var runs = new ArrayList<SampleRun>();
    var resources = new ResourceTimes();
    var exemplars = new LinkedHashSet<Exemplar>();
    for (Cursor cursor : same) {
      runs.add(cursor.segment.run(cursor.series, Long.MIN_VALUE, Long.MAX_VALUE));
      resources.addAll(cursor.segment.resources(cursor.series));
      exemplars.addAll(cursor.segment.exemplars(cursor.series));
    }
    SampleRun run = SampleRun.merge(runs);
    // What is kept is what is recent enough, so it is the end of the run.
    int from = 0;
    while (from < run.count() && !keep.test(run.millis()[from] * 1_000_000L)) {
      from++;
    }
    if (from < run.count()) {
      MetricSegment newest = same.get(same.size() - 1).segment;
      int series = same.get(same.size() - 1).series;
      writer.series(
          labels,
          newest.family(series),
          run.between(run.millis()[from], Long.MAX_VALUE),
          resources,
          List.copyOf(exemplars));
    }
  }
}
