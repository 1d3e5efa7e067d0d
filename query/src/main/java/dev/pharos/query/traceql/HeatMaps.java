package dev.pharos.query.traceql;

import dev.pharos.query.QueryContext;
import dev.pharos.query.ScanPool;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.SpanBlock;
import dev.pharos.store.read.TraceReader;
import java.util.ArrayList;
import java.util.List;

/// Counts spans into heat maps: of every span, nothing is sampled. Any thread.
///
/// One pass counts by column and the fine ranges of [DurationScale]. The rows of the map are joined from these, once
/// it is known what durations there are: bounds are spaced evenly on a log scale, from what the fastest half percent
/// stays below to the slowest span, each put to the nearest bound of a fine range so that cells stay exact.
public final class HeatMaps {
  /// Of the spans, how many may be faster than the lower bound of the first row says: one in so many.
  private static final int FASTEST = 200;

  private static final int ERROR = 2;

  private final TraceReader reader;
  private final ScanPool pool;

  /// @param pool where blocks are read
  public HeatMaps(TraceReader reader, ScanPool pool) {
    this.reader = reader;
    this.pool = pool;
  }

  /// @param rows of the map, at least one
  public HeatMap of(SpanFilter filter, TimeColumns times, int rows, QueryContext context) {
    SpanSweep.Swept<Cells> swept;
    try (var sweep =
        SpanSweep.open(reader, pool, context, filter, times.fromNanos(), times.toNanos())) {
      swept =
          sweep.run(
              () -> {
                context.reserve((long) times.columns() * DurationScale.SIZE * Long.BYTES);
                return new Cells(times);
              });
    }
    var all = new Cells(times);
    swept.works().forEach(all::add);
    return all.map(rows, swept.cost());
  }

  /// Spans by column and fine range of duration. One thread.
  private static final class Cells implements SpanSweep.Work {
    private final TimeColumns times;
    private final TimeColumns.Reader reader;

    /// By fine range, then column.
    private final long[] counts;

    private final long[] errors;

    Cells(TimeColumns times) {
      this.times = times;
      this.reader = times.reader();
      this.counts = new long[times.columns() * DurationScale.SIZE];
      this.errors = new long[times.columns()];
    }

    @Override
    public void take(int number, SpanBlock block, boolean[] taken, int count) {
      long[] starts = block.column(Field.TIME).values();
      long[] ends = block.column(Field.END).values();
      long[] status = block.column(Field.STATUS_CODE).values();
      for (int row = 0; row < taken.length; row++) {
        if (taken[row]) {
          int column = reader.column(starts[row]);
          counts[DurationScale.index(ends[row] - starts[row]) * errors.length + column]++;
          if (status[row] == ERROR) {
            errors[column]++;
          }
        }
      }
    }

    void add(Cells other) {
      for (int i = 0; i < counts.length; i++) {
        counts[i] += other.counts[i];
      }
      for (int i = 0; i < errors.length; i++) {
        errors[i] += other.errors[i];
      }
    }

    HeatMap map(int rows, SweepCost cost) {
      var byRange = new long[DurationScale.SIZE];
      long total = 0;
      for (int range = 0; range < byRange.length; range++) {
        for (int column = 0; column < errors.length; column++) {
          byRange[range] += counts[range * errors.length + column];
        }
        total += byRange[range];
      }
      int[] bounds = bounds(byRange, total, rows);
      var edges = new long[rows + 1];
      List<long[]> cells = new ArrayList<>();
      for (int row = 0; row <= rows; row++) {
        edges[row] = DurationScale.least(bounds[row]);
        if (row < rows) {
          int from = row == 0 ? 0 : bounds[row];
          int to = row == rows - 1 ? DurationScale.SIZE : bounds[row + 1];
          cells.add(joined(from, to));
        }
      }
      return new HeatMap(times, edges, cells, errors, total, cost);
    }

    private long[] joined(int fromRange, int toRange) {
      var joined = new long[errors.length];
      for (int range = fromRange; range < toRange; range++) {
        for (int column = 0; column < joined.length; column++) {
          joined[column] += counts[range * joined.length + column];
        }
      }
      return joined;
    }

    /// The fine ranges that rows begin with, and the one behind the last row.
    private static int[] bounds(long[] byRange, long total, int rows) {
      int from = 1;
      int to = 1;
      long below = 0;
      for (int range = 0; range < byRange.length; range++) {
        if (byRange[range] > 0) {
          from = below * FASTEST <= total ? Math.max(1, range) : from;
          to = range + 1;
        }
        below += byRange[range];
      }
      // Each row is one fine range at least.
      to = Math.max(to, from + rows);
      if (to > DurationScale.SIZE) {
        to = DurationScale.SIZE;
        from = Math.min(from, to - rows);
      }
      var bounds = new int[rows + 1];
      double least = Math.log(DurationScale.least(from));
      double span = Math.log(DurationScale.least(to)) - least;
      for (int row = 0; row <= rows; row++) {
        int nearest = nearest(Math.exp(least + span * row / rows));
        int first = row == 0 ? from : bounds[row - 1] + 1;
        bounds[row] = row == rows ? to : Math.clamp(nearest, first, to - (rows - row));
      }
      return bounds;
    }

    private static int nearest(double nanos) {
      int range = DurationScale.index((long) nanos);
      return DurationScale.least(range + 1) - nanos < nanos - DurationScale.least(range)
          ? range + 1
          : range;
    }
  }
}
