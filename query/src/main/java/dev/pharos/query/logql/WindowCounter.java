package dev.pharos.query.logql;

import dev.pharos.model.Labels;
import dev.pharos.query.QueryContext;
import dev.pharos.query.QueryError;
import dev.pharos.query.QueryException;
import dev.pharos.query.logql.syntax.RangeFunction;
import dev.pharos.query.matrix.StepGrid;
import dev.pharos.query.matrix.StepSeries;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Counts lines and their bytes in the windows `(t - range, t]` of a grid, by series. A line adds to the first window
/// that holds it and is taken off behind the last, so that it costs the same however long the range. One thread.
final class WindowCounter implements LogScan.Sink {
  private static final int SERIES_OVERHEAD_BYTES = 300;

  private static final class Counts {
    final long[] lines;
    final long[] bytes;

    Counts(int steps) {
      lines = new long[steps + 1];
      bytes = new long[steps + 1];
    }
  }

  private final QueryContext context;
  private final StepGrid grid;
  private final long rangeNanos;
  private final long offsetNanos;
  private final Optional<List<String>> labels;
  private @Nullable Repeats repeats;
  private final boolean countsBytes;

  /// By the values of the wanted labels, or by all labels.
  private final Map<Object, Counts> series = new HashMap<>();

  WindowCounter(QueryContext context, StepGrid grid, MetricPlan.Lines plan) {
    this.context = context;
    this.grid = grid;
    this.rangeNanos = plan.rangeNanos();
    this.offsetNanos = plan.offsetNanos();
    this.labels = plan.labels();
    this.countsBytes =
        plan.function() == RangeFunction.BYTES_RATE
            || plan.function() == RangeFunction.BYTES_OVER_TIME;
  }

  /// The first time that falls into a window.
  long fromNanos() {
    return grid.start() - rangeNanos - offsetNanos + 1;
  }

  /// The time behind the last that falls into a window.
  long toNanos() {
    return grid.end() - offsetNanos + 1;
  }

  @Override
  public void begin(LogScan.Blocks blocks) {
    repeats = new Repeats(context, blocks);
  }

  private Repeats seen() {
    if (repeats == null) {
      throw new IllegalStateException("lines before the scan has begun");
    }
    return repeats;
  }

  @Override
  public boolean wantsBlock(long minNanos, long maxNanos) {
    return true;
  }

  @Override
  public boolean wantsTime(long nanos) {
    return firstWindow(nanos) <= lastWindow(nanos);
  }

  @Override
  public void take(LogRows rows, int block, int row, Line line) {
    if (!seen().add(rows, block, row)) {
      return;
    }
    if (line.failed()) {
      throw pipelineError(line);
    }
    int first = firstWindow(line.timeNanos());
    int behind = lastWindow(line.timeNanos()) + 1;
    Counts counts = counts(key(line));
    counts.lines[first]++;
    counts.lines[behind]--;
    if (countsBytes) {
      int length = line.to() - line.from();
      counts.bytes[first] += length;
      counts.bytes[behind] -= length;
    }
  }

  /// Whether a block's counts tell how many lines fall into each window: no end of a window parts a cell, and the
  /// wanted labels are known of each group.
  boolean takes(BlockCounts counts) {
    if (labels.isEmpty()) {
      return false;
    }
    BlockCounts.Cells cells = counts.cells();
    for (long end : cells.ends()) {
      long first = end - cells.unitNanos() + 1;
      if (firstWindow(first) != firstWindow(end) || lastWindow(first) != lastWindow(end)) {
        return false;
      }
    }
    for (BlockCounts.Group group : counts.groups()) {
      for (String label : labels.get()) {
        if (counts.label(group, label).isEmpty()) {
          return false;
        }
      }
    }
    return true;
  }

  /// Adds what a block's counts tell, which [#takes] allows.
  ///
  /// @param selected whether the lines of a stream are wanted
  void add(BlockCounts counts, Predicate<Labels> selected) {
    List<String> wanted = labels.orElseThrow();
    var ofGroup = new @Nullable Counts[counts.groups().size()];
    var skipped = new boolean[ofGroup.length];
    for (int group = 0; group < ofGroup.length; group++) {
      skipped[group] = !selected.test(counts.groups().get(group).resource().stream());
    }
    BlockCounts.Cells cells = counts.cells();
    for (int i = 0; i < cells.ends().length; i++) {
      int group = cells.groups()[i];
      int first = firstWindow(cells.ends()[i]);
      int last = lastWindow(cells.ends()[i]);
      if (skipped[group] || first > last) {
        continue;
      }
      Counts into = ofGroup[group];
      if (into == null) {
        BlockCounts.Group of = counts.groups().get(group);
        into =
            counts(
                Arrays.asList(
                    wanted.stream()
                        .map(label -> counts.label(of, label).orElseThrow())
                        .toArray(String[]::new)));
        ofGroup[group] = into;
      }
      into.lines[first] += cells.records()[i];
      into.lines[last + 1] -= cells.records()[i];
    }
  }

  private int firstWindow(long nanos) {
    return grid.firstFrom(nanos + offsetNanos);
  }

  private int lastWindow(long nanos) {
    return grid.lastTo(nanos + offsetNanos + rangeNanos - 1);
  }

  private Counts counts(Object key) {
    return series.computeIfAbsent(
        key,
        k -> {
          context.reserve(SERIES_OVERHEAD_BYTES + 16L * (grid.count() + 1));
          return new Counts(grid.count());
        });
  }

  private Object key(Line line) {
    if (labels.isEmpty()) {
      return line.all();
    }
    var values = new String[labels.get().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = line.get(labels.get().get(i));
    }
    return Arrays.asList(values);
  }

  private Labels labels(Object key) {
    if (key instanceof Labels all) {
      return all;
    }
    var result = Labels.EMPTY.toBuilder();
    for (int i = 0; i < labels.orElseThrow().size(); i++) {
      result.set(labels.orElseThrow().get(i), (String) ((List<?>) key).get(i));
    }
    return result.build();
  }

  private static QueryException pipelineError(Line line) {
    String hint =
        " Use a label filter to skip this error, such as | __error__!=\""
            + line.error()
            + "\", or | __error__=\"\" to skip all.";
    return new QueryException(
        new QueryError.Invalid(
            "pipeline error: '" + line.error() + "' for series: '" + line.all() + "'." + hint));
  }

  /// The function's value in each window that holds a line.
  List<StepSeries> result(RangeFunction function) {
    double seconds = rangeNanos / 1e9;
    return series.entrySet().stream()
        .map(
            entry -> {
              StepSeries result = StepSeries.empty(labels(entry.getKey()), grid.count());
              long lines = 0;
              long bytes = 0;
              for (int step = 0; step < grid.count(); step++) {
                lines += entry.getValue().lines[step];
                bytes += entry.getValue().bytes[step];
                if (lines > 0) {
                  result.setFloat(step, value(function, lines, bytes, seconds));
                }
              }
              return result;
            })
        .toList();
  }

  private static double value(RangeFunction function, long lines, long bytes, double seconds) {
    return switch (function) {
      case RATE -> lines / seconds;
      case COUNT_OVER_TIME, ABSENT_OVER_TIME -> lines;
      case BYTES_RATE -> bytes / seconds;
      case BYTES_OVER_TIME -> bytes;
      case RATE_COUNTER,
          SUM_OVER_TIME,
          AVG_OVER_TIME,
          MIN_OVER_TIME,
          MAX_OVER_TIME,
          FIRST_OVER_TIME,
          LAST_OVER_TIME,
          STDDEV_OVER_TIME,
          STDVAR_OVER_TIME,
          QUANTILE_OVER_TIME ->
          throw new IllegalStateException(function + " counts no lines");
    };
  }
}
