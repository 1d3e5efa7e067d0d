package dev.pharos.query.promql;

import dev.pharos.query.matrix.StepSeries;

/// `max_over_time` and `min_over_time`: a sliding extremum over a queue of candidates, so that each sample is looked
/// at a constant number of times however far windows overlap. NaN only where a window has nothing else.
final class ExtremumOverTime implements WindowFunction {
  private final boolean max;

  ExtremumOverTime(boolean max) {
    this.max = max;
  }

  @Override
  public void apply(Window window, SampleColumn samples, StepSeries out) {
    double[] values = samples.values();
    // Indexes whose values fall (rise, for the minimum): the front is the extremum of the window.
    int[] queue = new int[samples.count()];
    int head = 0;
    int tail = 0;
    int seen = 0;
    for (int i = 0; i < window.steps(); i++) {
      int from = window.from(i);
      int to = window.to(i);
      for (; seen < to; seen++) {
        double value = values[seen];
        if (Double.isNaN(value)) {
          continue;
        }
        while (tail > head
            && (max ? values[queue[tail - 1]] < value : values[queue[tail - 1]] > value)) {
          tail--;
        }
        queue[tail++] = seen;
      }
      while (head < tail && queue[head] < from) {
        head++;
      }
      if (from < to) {
        out.values()[i] = head < tail ? values[queue[head]] : values[to - 1];
      }
    }
  }
}
