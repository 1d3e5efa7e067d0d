package dev.pharos.store.metrics;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.HistogramRows;
import dev.pharos.model.Labels;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.Symbols;
import dev.pharos.model.naming.MetricNames;
import dev.pharos.model.text.NumberText;
import dev.pharos.model.text.ValueText;
import dev.pharos.store.read.MetricMetadata;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/// What Prometheus' OTLP endpoint makes of points: the series they feed, by the strategy
/// `UnderscoreEscapingWithSuffixes`. Runs once for each new kind of point; one thread, under the head's write lock.
///
/// `job` and `instance` come from the Resource and win over attributes; attributes whose names fall together are joined
/// by `;` in the order of their keys; `trace_id` and `span_id` of a point never become labels.
final class Translation {
  private static final MetricMetadata TARGET_INFO =
      new MetricMetadata("target_info", "gauge", "Target metadata", "", "target_info");

  private record Attribute(String key, String value) {}

  private final TenantHead head;
  private final PointKeys keys;
  private final long nowMillis;

  /// @param keys reset to the batch
  Translation(TenantHead head, PointKeys keys, long nowMillis) {
    this.head = head;
    this.keys = keys;
    this.nowMillis = nowMillis;
  }

  /// The series that a point feeds.
  Target target(MetricBatch batch, int metric, int point, Resource resource) {
    MetricMetadata family = head.family(family(batch, metric));
    Labels base = labels(batch.symbols(), batch.points().attributes(), point, resource);
    String name = family.name();
    int row = batch.points().detail()[point];
    return switch (batch.kind()[metric]) {
      case MetricBatch.HISTOGRAM -> histogram(batch.histograms(), row, base, family, resource);
      case MetricBatch.SUMMARY -> {
        var series = new ArrayList<HeadSeries>();
        int[] ends = batch.summaries().quantileEnds();
        for (int i = row == 0 ? 0 : ends[row - 1]; i < ends[row]; i++) {
          series.add(
              series(
                  base,
                  family,
                  name,
                  "quantile",
                  NumberText.plain(batch.summaries().quantiles().getDouble(i))));
        }
        series.add(series(base, family, name + "_count", "", ""));
        series.add(series(base, family, name + "_sum", "", ""));
        yield new Target(series.toArray(new HeadSeries[0]), Target.NO_BOUNDS, resource);
      }
      default ->
          new Target(
              new HeadSeries[] {series(base, family, name, "", "")}, Target.NO_BOUNDS, resource);
    };
  }

  private Target histogram(
      HistogramRows rows, int row, Labels base, MetricMetadata family, Resource resource) {
    int from = row == 0 ? 0 : rows.boundEnds()[row - 1];
    int count = rows.boundEnds()[row] - from;
    var bounds = new double[count];
    var series = new ArrayList<HeadSeries>(count + 3);
    for (int i = 0; i < count; i++) {
      bounds[i] = rows.bounds().getDouble(from + i);
      series.add(
          series(base, family, family.name() + "_bucket", "le", NumberText.plain(bounds[i])));
    }
    series.add(series(base, family, family.name() + "_bucket", "le", "+Inf"));
    series.add(series(base, family, family.name() + "_count", "", ""));
    if ((rows.has()[row] & HistogramRows.HAS_SUM) != 0) {
      series.add(series(base, family, family.name() + "_sum", "", ""));
    }
    return new Target(series.toArray(new HeadSeries[0]), bounds, resource);
  }

  private HeadSeries series(
      Labels base, MetricMetadata family, String name, String label, String value) {
    Labels.Builder labels = base.toBuilder().set(Labels.NAME, head.shared(name));
    if (!label.isEmpty()) {
      labels.set(label, head.shared(value));
    }
    return head.series(labels.build(), family, nowMillis);
  }

  private static MetricMetadata family(MetricBatch batch, int metric) {
    Symbols symbols = batch.symbols();
    byte kind = batch.kind()[metric];
    boolean counter = kind == MetricBatch.SUM && batch.monotonic()[metric] != 0;
    String original = symbols.text(batch.name()[metric]);
    String unit = symbols.text(batch.unit()[metric]);
    String name = MetricNames.metric(original, unit, counter, kind == MetricBatch.GAUGE);
    String type =
        switch (kind) {
          case MetricBatch.HISTOGRAM, MetricBatch.EXPONENTIAL_HISTOGRAM -> "histogram";
          case MetricBatch.SUMMARY -> "summary";
          default -> counter ? "counter" : "gauge";
        };
    String help = symbols.text(batch.description()[metric]);
    return new MetricMetadata(name, type, help, MetricNames.unit(unit), original);
  }

  private Labels labels(Symbols symbols, AttributeRows rows, int point, Resource resource) {
    var attributes = new ArrayList<Attribute>();
    for (int i = rows.from(point); i < rows.to(point); i++) {
      if (!keys.isTraceKey(rows.key(i))) {
        attributes.add(
            new Attribute(
                symbols.text(rows.key(i)), ValueText.of(symbols, rows.type(i), rows.value(i))));
      }
    }
    return labels(attributes, resource);
  }

  private Labels labels(List<Attribute> attributes, Resource resource) {
    attributes.sort(
        Comparator.comparing(Attribute::key, Labels::compareBytes)
            .thenComparing(Attribute::value, Labels::compareBytes));
    var labels = new LabelJoin();
    for (Attribute attribute : attributes) {
      String name = MetricNames.label(attribute.key());
      if (!name.isEmpty() && !name.equals(Labels.NAME) && !attribute.value().isEmpty()) {
        labels.add(head.shared(name), head.shared(attribute.value()));
      }
    }
    if (!resource.job().isEmpty()) {
      labels.set("job", head.shared(resource.job()));
    }
    if (!resource.instance().isEmpty()) {
      labels.set("instance", head.shared(resource.instance()));
    }
    return labels.build();
  }

  /// The series `target_info` of a Resource that has one.
  HeadSeries targetInfo(Resource resource) {
    var attributes = new ArrayList<Attribute>();
    resource
        .attributes()
        .forEach(
            (key, value) -> {
              if (!Resource.isIdentifying(key)) {
                attributes.add(new Attribute(key, value));
              }
            });
    return series(
        labels(attributes, resource), head.family(TARGET_INFO), TARGET_INFO.name(), "", "");
  }

  /// Labels of which a second value for a name is joined to the first.
  private static final class LabelJoin {
    private final TreeMap<String, String> map = new TreeMap<>(Labels::compareBytes);

    void add(String name, String value) {
      map.merge(name, value, (first, second) -> first + ";" + second);
    }

    void set(String name, String value) {
      map.put(name, value);
    }

    Labels build() {
      return Labels.of(map);
    }
  }
}
