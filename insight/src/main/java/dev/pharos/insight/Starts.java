package dev.pharos.insight;

import dev.pharos.store.read.Durations;

/// Leaves out what instances do in their first seconds: a program that has just started loads and compiles its code,
/// and is slow without anything being wrong.
final class Starts {
  /// How long an instance takes to settle.
  private static final long SETTLING_NANOS = 20_000_000_000L;

  /// How long it may still be slower than later.
  private static final long YOUNG_NANOS = 60_000_000_000L;

  private Starts() {}

  /// The column before that in which the youngest instance of a service started, if it is young at the end of the data;
  /// none of the columns otherwise.
  static int young(String service, Timeline timeline, Activity activity) {
    int column = timeline.columns();
    for (Activity.Instance instance : activity.instances(service)) {
      long first = instance.firstNanos();
      if (first > activity.fromNanos() && timeline.dataEndNanos() - first < YOUNG_NANOS) {
        column = Math.min(column, timeline.column(first) - 1);
      }
    }
    return column;
  }

  /// The series of a service without the first calls of instances that came in its time. Columns wider than the time
  /// that is left out stay as they are.
  static Series settled(String service, Series series, Timeline timeline, Activity activity) {
    if (timeline.unitNanos() > SETTLING_NANOS) {
      return series;
    }
    Series settled = series;
    for (Activity.Instance instance : activity.instances(service)) {
      long first = instance.firstNanos();
      if (first > activity.fromNanos()) {
        settled = settled == series ? series.copy() : settled;
        for (long at = first; at < first + SETTLING_NANOS; at += timeline.unitNanos()) {
          int column = timeline.column(at);
          if (column < timeline.columns()) {
            subtract(settled, column, instance.requests(at, at + timeline.unitNanos()));
          }
        }
      }
    }
    return settled;
  }

  private static void subtract(Series series, int column, Calls less) {
    series.calls()[column] = Math.max(0, series.calls()[column] - less.calls());
    series.errors()[column] = Math.max(0, series.errors()[column] - less.errors());
    Durations durations = series.durations()[column];
    long[] counts = durations.counts().clone();
    for (int i = 0; i < counts.length; i++) {
      counts[i] = Math.max(0, counts[i] - less.durations().count(durations.firstBucket() + i));
    }
    series.durations()[column] = new Durations(durations.firstBucket(), counts);
  }
}
