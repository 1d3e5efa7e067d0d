package dev.pharos.components.prometheus;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.ExemplarRows;
import dev.pharos.model.ExponentialRows;
import dev.pharos.model.HistogramRows;
import dev.pharos.model.Ids;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.PointRows;
import dev.pharos.model.SummaryRows;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.model.text.ValueText;
import dev.pharos.observe.Cause;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts the points of one batch into the families. One use, one thread.
final class Translation {
  private static final int NO_RECORDED_VALUE = 1;

  /// Why a point has no place in the families.
  record Refused(int point, Cause cause, String reason) {}

  private final PrometheusConfig config;
  private final Names names;
  private final Families families;
  private final MetricBatch batch;
  private final Symbols symbols;
  private final PointRows points;
  private final long nowMillis;
  private final Map<Long, LabelText> fixed = new HashMap<>();
  private final List<Refused> refused = new ArrayList<>();

  Translation(
      PrometheusConfig config, Names names, Families families, MetricBatch batch, long nowMillis) {
    this.config = config;
    this.names = names;
    this.families = families;
    this.batch = batch;
    this.symbols = batch.symbols();
    this.points = batch.points();
    this.nowMillis = nowMillis;
  }

  List<Refused> run() {
    for (int resource = 0; resource < batch.resources().size(); resource++) {
      targetInfo(resource);
    }
    int first = 0;
    for (int metric = 0; metric < batch.rows(); metric++) {
      int end = batch.pointEnds()[metric];
      metric(metric, first, end);
      first = end;
    }
    return refused;
  }

  private void metric(int metric, int from, int to) {
    byte kind = batch.kind()[metric];
    boolean counter = kind == MetricBatch.SUM && batch.monotonic()[metric] != 0;
    boolean delta = batch.temporality()[metric] == 1;
    Optional<Refused> problem = problem(metric, kind, delta);
    if (problem.isPresent()) {
      for (int point = from; point < to; point++) {
        refused.add(new Refused(point, problem.get().cause(), problem.get().reason()));
      }
      return;
    }
    Family.Type type = type(kind, counter);
    String name =
        names.metric(
            symbols.text(batch.name()[metric]),
            symbols.text(batch.unit()[metric]),
            counter,
            type == Family.Type.GAUGE);
    String help = symbols.text(batch.description()[metric]);
    LabelText base =
        fixed.computeIfAbsent(
            (long) batch.resource()[metric] << 32 | batch.scope()[metric],
            ignored -> base(batch.resource()[metric], batch.scope()[metric]));
    for (int point = from; point < to; point++) {
      String labels = labels(base, point);
      if ((points.flags()[point] & NO_RECORDED_VALUE) != 0) {
        families.remove(name, labels);
        continue;
      }
      boolean taken =
          families.put(
              name,
              type,
              help,
              labels,
              value(kind, point),
              delta,
              points.timeNanos()[point],
              nowMillis);
      if (!taken) {
        refused.add(
            new Refused(
                point,
                Cause.MALFORMED_METRIC,
                "metric " + name + " is a " + type.word + " but was of another type before"));
      }
    }
  }

  private Optional<Refused> problem(int metric, byte kind, boolean delta) {
    String name = symbols.text(batch.name()[metric]);
    if (name.isEmpty() || kind == MetricBatch.NONE) {
      return Optional.of(
          new Refused(0, Cause.MALFORMED_METRIC, "metric \"" + name + "\" has no name or no data"));
    }
    boolean temporal =
        kind == MetricBatch.SUM
            || kind == MetricBatch.HISTOGRAM
            || kind == MetricBatch.EXPONENTIAL_HISTOGRAM;
    if (temporal && batch.temporality()[metric] == 0) {
      return Optional.of(
          new Refused(0, Cause.TEMPORALITY, "metric " + name + " has no temporality"));
    }
    if (kind == MetricBatch.SUM && delta && batch.monotonic()[metric] == 0) {
      return Optional.of(
          new Refused(0, Cause.TEMPORALITY, "metric " + name + " is a delta sum that may fall"));
    }
    return Optional.empty();
  }

  private static Family.Type type(byte kind, boolean counter) {
    return switch (kind) {
      case MetricBatch.HISTOGRAM, MetricBatch.EXPONENTIAL_HISTOGRAM -> Family.Type.HISTOGRAM;
      case MetricBatch.SUMMARY -> Family.Type.SUMMARY;
      default -> counter ? Family.Type.COUNTER : Family.Type.GAUGE;
    };
  }

  /// The labels that every point of a Resource and scope has beside its own.
  private LabelText base(int resource, int scope) {
    var labels = new LabelText();
    AttributeRows attributes = batch.resources().attributes();
    if (config.resourceLabels()) {
      join(labels, attributes, resource, "");
    }
    identity(labels, resource);
    if (!config.withoutScopeInfo()) {
      labels.set("otel_scope_name", symbols.text(batch.scopes().name(scope)));
      labels.set("otel_scope_version", symbols.text(batch.scopes().version(scope)));
      labels.set("otel_scope_schema_url", symbols.text(batch.scopes().schemaUrl(scope)));
      join(labels, batch.scopes().attributes(), scope, "otel_scope_");
    }
    return labels;
  }

  /// `job` and `instance`; false if the Resource has neither.
  private boolean identity(LabelText labels, int resource) {
    String service = resourceText(resource, "service.name");
    String namespace = resourceText(resource, "service.namespace");
    String instance = resourceText(resource, "service.instance.id");
    if (!service.isEmpty()) {
      labels.set("job", namespace.isEmpty() ? service : namespace + "/" + service);
    }
    if (!instance.isEmpty()) {
      labels.set("instance", instance);
    }
    return !service.isEmpty() || !instance.isEmpty();
  }

  private String resourceText(int resource, String key) {
    AttributeRows rows = batch.resources().attributes();
    for (int i = rows.from(resource); i < rows.to(resource); i++) {
      if (symbols.text(rows.key(i)).equals(key)) {
        return ValueText.of(symbols, rows.type(i), rows.value(i));
      }
    }
    return "";
  }

  private void join(LabelText labels, AttributeRows rows, int parent, String prefix) {
    for (int i = rows.from(parent); i < rows.to(parent); i++) {
      labels.join(
          names.label(prefix + symbols.text(rows.key(i))),
          ValueText.of(symbols, rows.type(i), rows.value(i)));
    }
  }

  private String labels(LabelText base, int point) {
    var own = new LabelText();
    join(own, points.attributes(), point, "");
    LabelText all = base.copy();
    own.forEach(all::set);
    config.constLabels().forEach((name, value) -> all.setIfAbsent(names.label(name), value));
    return all.toString();
  }

  /// The attributes of a Resource that can be told from others, as a series of its own.
  private void targetInfo(int resource) {
    var labels = new LabelText();
    AttributeRows rows = batch.resources().attributes();
    boolean more = false;
    for (int i = rows.from(resource); i < rows.to(resource); i++) {
      String key = symbols.text(rows.key(i));
      if (!key.equals("service.name")
          && !key.equals("service.namespace")
          && !key.equals("service.instance.id")) {
        labels.join(names.label(key), ValueText.of(symbols, rows.type(i), rows.value(i)));
        more = true;
      }
    }
    if (identity(labels, resource) && more) {
      config.constLabels().forEach((name, value) -> labels.setIfAbsent(names.label(name), value));
      var one = new SampleValue.Number(1, List.of());
      families.put(
          "target_info",
          Family.Type.GAUGE,
          "Target metadata",
          labels.toString(),
          one,
          false,
          nowMillis * 1_000_000,
          nowMillis);
    }
  }

  private SampleValue value(byte kind, int point) {
    int detail = points.detail()[point];
    return switch (kind) {
      case MetricBatch.HISTOGRAM -> histogram(detail, point);
      case MetricBatch.EXPONENTIAL_HISTOGRAM -> {
        ExponentialRows rows = batch.exponentials();
        yield new SampleValue.Histogram(
            new double[0], new long[0], rows.count()[detail], rows.sum()[detail], exemplars(point));
      }
      case MetricBatch.SUMMARY -> summary(detail);
      default ->
          new SampleValue.Number(
              number(points.valueType()[point], points.value()[point]), exemplars(point));
    };
  }

  private static double number(byte type, long value) {
    return type == ValueType.DOUBLE ? Double.longBitsToDouble(value) : value;
  }

  private SampleValue histogram(int row, int point) {
    HistogramRows rows = batch.histograms();
    int bound = row == 0 ? 0 : rows.boundEnds()[row - 1];
    int bucket = row == 0 ? 0 : rows.bucketEnds()[row - 1];
    double[] bounds = new double[rows.boundEnds()[row] - bound];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = rows.bounds().getDouble(bound + i);
    }
    long[] buckets = new long[rows.bucketEnds()[row] - bucket];
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = rows.buckets().get(bucket + i);
    }
    return new SampleValue.Histogram(
        bounds, buckets, rows.count()[row], rows.sum()[row], exemplars(point));
  }

  private SampleValue summary(int row) {
    SummaryRows rows = batch.summaries();
    int from = row == 0 ? 0 : rows.quantileEnds()[row - 1];
    int size = rows.quantileEnds()[row] - from;
    var quantiles = new double[size];
    var values = new double[size];
    for (int i = 0; i < size; i++) {
      quantiles[i] = rows.quantiles().getDouble(from + i);
      values[i] = rows.quantileValues().getDouble(from + i);
    }
    return new SampleValue.Summary(quantiles, values, rows.count()[row], rows.sum()[row]);
  }

  private List<SampleValue.Exemplar> exemplars(int point) {
    int from = point == 0 ? 0 : points.exemplarEnds()[point - 1];
    int to = points.exemplarEnds()[point];
    if (from == to || !config.enableOpenMetrics()) {
      return List.of();
    }
    ExemplarRows rows = points.exemplars();
    List<SampleValue.Exemplar> all = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      var labels = new LabelText();
      join(labels, rows.attributes(), i, "");
      if ((rows.traceHi()[i] | rows.traceLo()[i]) != 0) {
        labels.set("trace_id", Ids.traceHex(rows.traceHi()[i], rows.traceLo()[i]));
      }
      if (rows.spanId()[i] != 0) {
        labels.set("span_id", Ids.spanHex(rows.spanId()[i]));
      }
      all.add(
          new SampleValue.Exemplar(
              labels.toString(),
              number(rows.valueType()[i], rows.value()[i]),
              rows.timeNanos()[i]));
    }
    return List.copyOf(all);
  }
}
