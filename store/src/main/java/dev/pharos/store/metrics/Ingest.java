package dev.pharos.store.metrics;

import dev.pharos.model.ExemplarRows;
import dev.pharos.model.HistogramRows;
import dev.pharos.model.Labels;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.NativeHistogram;
import dev.pharos.model.PointRows;
import dev.pharos.model.SummaryRows;
import dev.pharos.model.text.ValueText;
import dev.pharos.store.read.Exemplar;
import dev.pharos.store.read.Samples;
import org.jspecify.annotations.Nullable;

/// Puts the points of batches into a tenant's head. A point whose key is known goes straight to its series and
/// allocates nothing but room for samples; others are translated first. One thread, under the head's write lock;
/// reused.
final class Ingest {
  private static final long MILLI = 1_000_000L;

  /// Half of PromQL's default lookback, so that `target_info` never goes stale between two of its samples.
  static final long TARGET_INFO_MILLIS = 150_000;

  private static final int MAX_TARGET_INFO = 1000;
  private static final double STALE = Double.longBitsToDouble(Samples.STALE_BITS);

  private final PointKeys keys;
  private Resource[] resources = new Resource[4];
  private long[] resourceKeys = new long[8];
  private long[] firstMillis = new long[4];
  private long[] lastMillis = new long[4];

  Ingest(long seed) {
    keys = new PointKeys(seed);
  }

  void publish(TenantHead head, MetricBatch batch, long nowMillis) {
    keys.reset(batch.symbols());
    var translation = new Translation(head, keys, nowMillis);
    resolveResources(head, batch, nowMillis);
    PointRows points = batch.points();
    int from = 0;
    for (int metric = 0; metric < batch.rows(); metric++) {
      int to = batch.pointEnds()[metric];
      if (from < to) {
        int row = batch.resource()[metric];
        keys.metric(batch, metric, resourceKeys[2 * row], resourceKeys[2 * row + 1]);
        long hi = keys.hi();
        long lo = keys.lo();
        for (int point = from; point < to; point++) {
          keys.point(batch, metric, point, hi, lo);
          Target target = head.targets().find(keys.hi(), keys.lo());
          if (target == null) {
            target = translate(translation, head, batch, metric, point);
          }
          long millis = Math.floorDiv(points.timeNanos()[point], MILLI);
          firstMillis[row] = Math.min(firstMillis[row], millis);
          lastMillis[row] = Math.max(lastMillis[row], millis);
          append(head, batch, metric, point, millis, target);
          exemplars(head, batch, metric, point, millis, target);
        }
      }
      from = to;
    }
    targetInfo(head, batch, translation);
  }

  private Target translate(
      Translation translation, TenantHead head, MetricBatch batch, int metric, int point) {
    long hi = keys.hi();
    long lo = keys.lo();
    Target target = translation.target(batch, metric, point, resources[batch.resource()[metric]]);
    head.addTarget(hi, lo, target);
    return target;
  }

  private void resolveResources(TenantHead head, MetricBatch batch, long nowMillis) {
    int count = batch.resources().size();
    if (resources.length < count) {
      resources = new Resource[count];
      resourceKeys = new long[2 * count];
      firstMillis = new long[count];
      lastMillis = new long[count];
    }
    for (int row = 0; row < count; row++) {
      keys.attributes(batch.resources().attributes(), row);
      resourceKeys[2 * row] = keys.hi();
      resourceKeys[2 * row + 1] = keys.lo();
      Resource resource = head.resource(keys.hi(), keys.lo());
      if (resource == null) {
        resource = new Resource(attributes(head, batch, row));
        head.addResource(keys.hi(), keys.lo(), resource);
      }
      resource.used(nowMillis);
      resources[row] = resource;
      firstMillis[row] = Long.MAX_VALUE;
      lastMillis[row] = Long.MIN_VALUE;
    }
  }

  private static Labels attributes(TenantHead head, MetricBatch batch, int row) {
    var labels = new Labels.Builder();
    ValueText.forEach(
        batch.symbols(),
        batch.resources().attributes(),
        row,
        (key, value) -> labels.set(head.shared(key), head.shared(value)));
    return labels.build();
  }

  private void append(
      TenantHead head, MetricBatch batch, int metric, int point, long millis, Target target) {
    PointRows points = batch.points();
    boolean recorded = (points.flags()[point] & MetricRules.NO_RECORDED_VALUE) == 0;
    int row = points.detail()[point];
    switch (batch.kind()[metric]) {
      case MetricBatch.HISTOGRAM ->
          histogram(head, batch.histograms(), row, millis, recorded, target);
      case MetricBatch.SUMMARY -> summary(head, batch.summaries(), row, millis, recorded, target);
      case MetricBatch.EXPONENTIAL_HISTOGRAM -> {
        NativeHistogram histogram = ExponentialBuckets.of(batch.exponentials(), row, recorded);
        append(head, target, 0, millis, histogram.sum(), histogram);
      }
      default ->
          append(
              head,
              target,
              0,
              millis,
              recorded
                  ? ExemplarTranslation.number(points.valueType()[point], points.value()[point])
                  : STALE,
              null);
    }
  }

  private static void append(
      TenantHead head,
      Target target,
      int series,
      long millis,
      double value,
      @Nullable NativeHistogram histogram) {
    long bytes = target.series()[series].append(millis, value, histogram, target.resource());
    if (bytes >= 0) {
      head.appended(bytes);
    }
  }

  private static void histogram(
      TenantHead head, HistogramRows rows, int row, long millis, boolean recorded, Target target) {
    int bounds = target.bounds().length;
    int from = row == 0 ? 0 : rows.bucketEnds()[row - 1];
    int counts = rows.bucketEnds()[row] - from;
    long total = 0;
    for (int i = 0; i < bounds; i++) {
      total += i < counts ? rows.buckets().get(from + i) : 0;
      append(head, target, i, millis, recorded ? ExponentialBuckets.unsigned(total) : STALE, null);
    }
    double count = recorded ? ExponentialBuckets.unsigned(rows.count()[row]) : STALE;
    append(head, target, bounds, millis, count, null);
    append(head, target, bounds + 1, millis, count, null);
    if (target.series().length > bounds + 2) {
      append(head, target, bounds + 2, millis, recorded ? rows.sum()[row] : STALE, null);
    }
  }

  private static void summary(
      TenantHead head, SummaryRows rows, int row, long millis, boolean recorded, Target target) {
    int from = row == 0 ? 0 : rows.quantileEnds()[row - 1];
    int quantiles = rows.quantileEnds()[row] - from;
    for (int i = 0; i < quantiles; i++) {
      append(
          head,
          target,
          i,
          millis,
          recorded ? rows.quantileValues().getDouble(from + i) : STALE,
          null);
    }
    append(
        head,
        target,
        quantiles,
        millis,
        recorded ? ExponentialBuckets.unsigned(rows.count()[row]) : STALE,
        null);
    append(head, target, quantiles + 1, millis, recorded ? rows.sum()[row] : STALE, null);
  }

  private void exemplars(
      TenantHead head, MetricBatch batch, int metric, int point, long millis, Target target) {
    PointRows points = batch.points();
    int from = point == 0 ? 0 : points.exemplarEnds()[point - 1];
    int to = points.exemplarEnds()[point];
    boolean traced = keys.traced();
    if (from == to && !traced) {
      return;
    }
    ExemplarRows rows = points.exemplars();
    for (int i = from; i < to; i++) {
      add(
          head,
          target,
          batch.kind()[metric],
          ExemplarTranslation.of(batch.symbols(), rows, i, millis));
    }
    if (traced) {
      add(
          head,
          target,
          batch.kind()[metric],
          ExemplarTranslation.ofAttributes(batch, metric, point, keys));
    }
  }

  /// A classic histogram's exemplar belongs to the bucket that contains its value.
  private static void add(TenantHead head, Target target, byte kind, Exemplar exemplar) {
    int series = 0;
    if (kind == MetricBatch.HISTOGRAM) {
      while (series < target.bounds().length && !(exemplar.value() <= target.bounds()[series])) {
        series++;
      }
    }
    head.grew(target.series()[series].add(exemplar));
  }

  /// Writes `target_info` from the first to the last time of each Resource of the batch.
  private void targetInfo(TenantHead head, MetricBatch batch, Translation translation) {
    for (int row = 0; row < batch.resources().size(); row++) {
      Resource resource = resources[row];
      if (firstMillis[row] > lastMillis[row] || !resource.hasTargetInfo()) {
        continue;
      }
      HeadSeries series = resource.targetInfo();
      if (series == null) {
        series = translation.targetInfo(resource);
        resource.targetInfo(series);
      }
      // A batch of many days gets a bounded number.
      long step =
          Math.max(TARGET_INFO_MILLIS, (lastMillis[row] - firstMillis[row]) / MAX_TARGET_INFO);
      for (long millis = firstMillis[row]; millis < lastMillis[row]; millis += step) {
        appendInfo(head, series, resource, millis);
      }
      appendInfo(head, series, resource, lastMillis[row]);
    }
  }

  private static void appendInfo(
      TenantHead head, HeadSeries series, Resource resource, long millis) {
    long bytes = series.append(millis, 1, null, resource);
    if (bytes >= 0) {
      head.appended(bytes);
    }
  }
}
