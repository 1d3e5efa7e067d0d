package dev.pharos.store.metrics;

import dev.pharos.model.ExponentialRows;
import dev.pharos.model.HistogramRows;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.PointRows;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.observe.Cause;
import dev.pharos.store.engine.Rejections;
import dev.pharos.store.engine.RowLimits;
import dev.pharos.store.engine.RowRules;

/// Rejects points that the store cannot keep as Prometheus series: by temporality, layout, time and size. Stateless.
public final class MetricRules implements RowRules<MetricBatch> {
  private static final int CUMULATIVE = 2;
  static final int NO_RECORDED_VALUE = 1;

  @Override
  public void check(MetricBatch batch, RowLimits limits, Rejections into) {
    boolean mayBeLarge = batch.sizeBytes() > limits.maxItemBytes();
    int from = 0;
    for (int metric = 0; metric < batch.rows(); metric++) {
      int to = batch.pointEnds()[metric];
      if (batch.kind()[metric] == MetricBatch.NONE) {
        into.rejectRowless(
            beside(batch, metric, from),
            Cause.MALFORMED_METRIC,
            name(batch, metric)
                + " has no data (expected: a gauge, sum, histogram,"
                + " exponential histogram or summary)");
      } else if (isTemporal(batch.kind()[metric]) && batch.temporality()[metric] != CUMULATIVE) {
        String reason =
            name(batch, metric)
                + " has "
                + temporality(batch.temporality()[metric])
                + " (expected: cumulative; a cumulative temporality preference in the SDK gives it)";
        for (int point = from; point < to; point++) {
          into.reject(point, Cause.TEMPORALITY, reason);
        }
      } else {
        for (int point = from; point < to; point++) {
          checkPoint(batch, metric, point, limits, into);
          if (mayBeLarge) {
            checkSize(batch, metric, point, limits, into);
          }
        }
      }
      from = to;
    }
  }

  /// A point of the request that a metric without points came with. In a batch of several requests their items stand
  /// one request after the other, so it is the point before or the one after: that of the same Resource and scope, if
  /// only one of them is.
  private static int beside(MetricBatch batch, int metric, int next) {
    int points = batch.points().rows();
    if (next == 0 || next == points) {
      return points == 0 ? -1 : Math.min(next, points - 1);
    }
    int before = metric - 1;
    while (batch.pointEnds()[before] == (before == 0 ? 0 : batch.pointEnds()[before - 1])) {
      before--;
    }
    boolean same =
        batch.resource()[before] == batch.resource()[metric]
            && batch.scope()[before] == batch.scope()[metric];
    return same ? next - 1 : next;
  }

  private static boolean isTemporal(byte kind) {
    return kind == MetricBatch.SUM
        || kind == MetricBatch.HISTOGRAM
        || kind == MetricBatch.EXPONENTIAL_HISTOGRAM;
  }

  private static String temporality(byte temporality) {
    return switch (temporality) {
      case 0 -> "no temporality";
      case 1 -> "delta temporality";
      default -> "temporality " + temporality;
    };
  }

  private static String name(MetricBatch batch, int metric) {
    return "metric \"" + batch.symbols().text(batch.name()[metric]) + "\"";
  }

  private static void checkPoint(
      MetricBatch batch, int metric, int point, RowLimits limits, Rejections into) {
    PointRows points = batch.points();
    long time = points.timeNanos()[point];
    if (!limits.takes(time)) {
      limits.rejectTime(point, time, name(batch, metric) + ": point time", into);
      return;
    }
    boolean recorded = (points.flags()[point] & NO_RECORDED_VALUE) == 0;
    if (batch.kind()[metric] == MetricBatch.HISTOGRAM && recorded) {
      checkBuckets(batch, metric, point, into);
    } else if (batch.kind()[metric] == MetricBatch.EXPONENTIAL_HISTOGRAM) {
      int scale = batch.exponentials().scale()[points.detail()[point]];
      if (scale < ExponentialBuckets.MIN_SCHEMA) {
        into.reject(
            point,
            Cause.MALFORMED_METRIC,
            name(batch, metric)
                + ": exponential histogram of scale "
                + scale
                + " (expected: -4 or more)");
      }
    }
  }

  private static void checkBuckets(MetricBatch batch, int metric, int point, Rejections into) {
    HistogramRows histograms = batch.histograms();
    int row = batch.points().detail()[point];
    int buckets = histograms.bucketEnds()[row] - (row == 0 ? 0 : histograms.bucketEnds()[row - 1]);
    int bounds = histograms.boundEnds()[row] - (row == 0 ? 0 : histograms.boundEnds()[row - 1]);
    if (buckets != bounds + 1 && (buckets | bounds) != 0) {
      into.reject(
          point,
          Cause.MALFORMED_METRIC,
          name(batch, metric)
              + ": histogram of "
              + buckets
              + " bucket counts and "
              + bounds
              + " bounds (expected: one count more than bounds)");
    }
  }

  private static void checkSize(
      MetricBatch batch, int metric, int point, RowLimits limits, Rejections into) {
    long bytes =
        batch.symbols().length(batch.name()[metric])
            + attributes(batch, point)
            + buckets(batch, metric, point);
    if (bytes > limits.maxItemBytes()) {
      into.reject(
          point,
          Cause.TOO_LARGE,
          name(batch, metric)
              + ": point of "
              + bytes
              + " bytes (limit: "
              + limits.maxItemBytes()
              + ")");
    }
  }

  private static long attributes(MetricBatch batch, int point) {
    var rows = batch.points().attributes();
    Symbols symbols = batch.symbols();
    long bytes = 0;
    for (int i = rows.from(point); i < rows.to(point); i++) {
      bytes +=
          symbols.length(rows.key(i))
              + (ValueType.isSymbol(rows.type(i)) ? symbols.length((int) rows.value(i)) : 8);
    }
    return bytes;
  }

  private static long buckets(MetricBatch batch, int metric, int point) {
    int row = batch.points().detail()[point];
    return switch (batch.kind()[metric]) {
      case MetricBatch.HISTOGRAM -> 16L * size(batch.histograms().bucketEnds(), row);
      case MetricBatch.EXPONENTIAL_HISTOGRAM -> {
        ExponentialRows exponentials = batch.exponentials();
        yield 8L
            * (size(exponentials.positiveEnds(), row) + size(exponentials.negativeEnds(), row));
      }
      case MetricBatch.SUMMARY -> 16L * size(batch.summaries().quantileEnds(), row);
      default -> 8;
    };
  }

  private static int size(int[] ends, int row) {
    return ends[row] - (row == 0 ? 0 : ends[row - 1]);
  }
}
