package dev.pharos.query.promql;

import dev.pharos.model.Labels;
import dev.pharos.query.matrix.Notes;
import dev.pharos.query.matrix.StepGrid;
import java.util.Arrays;

/// The windows of one series: at each step the samples `[from, to)` that lie in `(end - range, end]`.
///
/// Reused from series to series by one thread.
final class Window {
  private final StepGrid grid;
  private final TimeShift shift;
  private final long rangeMillis;
  private final Notes notes;
  private final long[] ends;
  private final int[] from;
  private final int[] to;
  private String metricName = "";
  private long[] laidMillis = new long[0];
  private int laidCount;

  Window(StepGrid grid, TimeShift shift, long rangeMillis, Notes notes) {
    this.grid = grid;
    this.shift = shift;
    this.rangeMillis = rangeMillis;
    this.notes = notes;
    ends = new long[grid.count()];
    Arrays.setAll(ends, i -> shift.reference(grid, i));
    from = new int[grid.count()];
    to = new int[grid.count()];
  }

  /// Lays the windows over the samples of a series.
  void slide(Labels labels, SampleColumn samples) {
    metricName = labels.get(Labels.NAME);
    lay(samples);
  }

  private void lay(SampleColumn samples) {
    long[] millis = samples.millis();
    int count = samples.count();
    // Series of one scrape have the same times, and so the same windows.
    if (Arrays.equals(millis, 0, count, laidMillis, 0, laidCount)) {
      return;
    }
    laidMillis = millis;
    laidCount = count;
    int low = 0;
    int high = 0;
    for (int i = 0; i < ends.length; i++) {
      long end = ends[i];
      while (high < count && millis[high] <= end) {
        high++;
      }
      long start = end - rangeMillis;
      while (low < high && millis[low] <= start) {
        low++;
      }
      from[i] = low;
      to[i] = high;
    }
  }

  /// The same windows over other samples of the same series.
  Window over(SampleColumn samples) {
    Window other = new Window(grid, shift, rangeMillis, notes);
    other.metricName = metricName;
    other.lay(samples);
    return other;
  }

  int steps() {
    return ends.length;
  }

  int from(int step) {
    return from[step];
  }

  int to(int step) {
    return to[step];
  }

  /// The right edge, inclusive.
  long end(int step) {
    return ends[step];
  }

  /// The left edge, exclusive.
  long start(int step) {
    return ends[step] - rangeMillis;
  }

  /// The time of the step itself.
  long time(int step) {
    return grid.time(step);
  }

  long rangeMillis() {
    return rangeMillis;
  }

  Notes notes() {
    return notes;
  }

  String metricName() {
    return metricName;
  }

  String quotedName() {
    return Quoting.quote(metricName);
  }

  void warn(String text) {
    notes.warn(text);
  }

  void warnMixedLayouts() {
    notes.warn(
        "vector contains a mix of histograms with exponential and custom buckets schemas for metric name "
            + quotedName());
  }

  void warnMixed() {
    notes.warn(
        "encountered a mix of histograms and floats for metric name " + Quoting.quote(metricName));
  }

  void informIgnored() {
    notes.inform(
        "ignored histograms in a range containing both floats and histograms for metric name "
            + Quoting.quote(metricName));
  }
}
