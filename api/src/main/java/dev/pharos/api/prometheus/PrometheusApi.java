package dev.pharos.api.prometheus;

import dev.pharos.api.ApiRoutes;
import dev.pharos.api.QuerySlots;
import dev.pharos.api.Tenants;
import dev.pharos.api.json.BuildInfo;
import dev.pharos.model.Labels;
import dev.pharos.model.Tenant;
import dev.pharos.model.text.NumberText;
import dev.pharos.query.QueryContext;
import dev.pharos.query.QueryException;
import dev.pharos.query.promql.Matchers;
import dev.pharos.query.promql.PrettyPrinter;
import dev.pharos.query.promql.PromAnswer;
import dev.pharos.query.promql.PromEngine;
import dev.pharos.query.promql.PromOptions;
import dev.pharos.query.promql.PromParser;
import dev.pharos.query.promql.PromResult;
import dev.pharos.store.read.Exemplar;
import dev.pharos.store.read.Matcher;
import dev.pharos.store.read.MetricMetadata;
import dev.pharos.store.read.SeriesExemplars;
import dev.pharos.store.read.SeriesReader;
import dev.pharos.transport.Body;
import dev.pharos.transport.HttpReply;
import dev.pharos.transport.HttpRequest;
import dev.pharos.transport.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/// The routes of Prometheus' HTTP API. Any thread.
public final class PrometheusApi {
  private static final String BOTH = "GET|POST";
  private static final long MAX_POINTS = 11_000;
  private static final String TRUNCATED = "results truncated due to limit";

  private final SeriesReader series;
  private final PromEngine engine;
  private final Tenants tenants;
  private final QuerySlots slots;
  private final String version;

  /// @param version of Pharos, told as the build's
  public PrometheusApi(
      SeriesReader series, PromEngine engine, Tenants tenants, QuerySlots slots, String version) {
    this.series = series;
    this.engine = engine;
    this.tenants = tenants;
    this.slots = slots;
    this.version = version;
  }

  /// @param prefix of all paths, without a trailing slash: empty on Prometheus' own port
  public List<Route> routes(String prefix) {
    String v1 = "/api/v1/";
    return new ApiRoutes(prefix, PromReply.ERRORS)
        .add(BOTH, v1 + "query", this::query)
        .add(BOTH, v1 + "query_range", this::queryRange)
        .add(BOTH, v1 + "query_exemplars", this::exemplars)
        .add(BOTH, v1 + "format_query", this::formatQuery)
        .add(BOTH, v1 + "series", this::series)
        .add(BOTH, v1 + "labels", this::labels)
        .get(v1 + "label/{name}/values", this::labelValues)
        .get(v1 + "metadata", this::metadata)
        .get(v1 + "rules", (request, reply) -> emptyList(reply, "groups"))
        .get(v1 + "alerts", (request, reply) -> emptyList(reply, "alerts"))
        .get(v1 + "status/buildinfo", this::buildInfo)
        .routes();
  }

  private void query(HttpRequest request, HttpReply reply) {
    var parameters = new PromParameters(request);
    long at = parameters.time("time").orElseGet(() -> slots.clock().millis());
    try (QueryContext context = context(request, parameters)) {
      answer(
          reply,
          parameters,
          engine.instant(context, parameters.text("query"), at, options(parameters)));
    }
  }

  private void queryRange(HttpRequest request, HttpReply reply) {
    var parameters = new PromParameters(request);
    long start = parameters.requiredTime("start");
    long end = parameters.requiredTime("end");
    if (end < start) {
      throw PromParameters.invalid("end", "end timestamp must not be before start time");
    }
    long step =
        parameters
            .duration("step")
            .orElseThrow(
                () -> PromParameters.invalid("step", "cannot parse \"\" to a valid duration"));
    if (step <= 0) {
      throw PromParameters.invalid(
          "step",
          "zero or negative query resolution step widths are not accepted. Try a positive integer");
    }
    if ((end - start) / step > MAX_POINTS) {
      throw new IllegalArgumentException(
          "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)");
    }
    try (QueryContext context = context(request, parameters)) {
      answer(
          reply,
          parameters,
          engine.range(context, parameters.text("query"), start, end, step, options(parameters)));
    }
  }

  private QueryContext context(HttpRequest request, PromParameters parameters) {
    Duration asked = parameters.duration("timeout").map(Duration::ofMillis).orElse(slots.timeout());
    return slots.open(request, tenants.of(request), asked);
  }

  private PromOptions options(PromParameters parameters) {
    return parameters
        .duration("lookback_delta")
        .map(engine.options()::withLookback)
        .orElse(engine.options());
  }

  private static void answer(HttpReply reply, PromParameters parameters, PromAnswer answer) {
    int limit = parameters.limit("limit");
    PromResult limited = limited(answer.result(), limit);
    List<String> warnings = new ArrayList<>(answer.warnings());
    if (limited != answer.result()) {
      warnings.add(TRUNCATED);
    }
    PromReply.success(
        reply,
        warnings,
        answer.infos(),
        json -> {
          json.writeStartObject();
          PromJson.result(json, limited);
          json.writeEndObject();
        });
  }

  /// The result itself unless it has more series than `limit`, which is 0 for none.
  private static PromResult limited(PromResult result, int limit) {
    return switch (result) {
      case PromResult.Scalar scalar -> scalar;
      case PromResult.Text text -> text;
      case PromResult.Vector vector ->
          within(vector.series(), limit)
              ? vector
              : new PromResult.Vector(vector.series().subList(0, limit));
      case PromResult.Matrix matrix ->
          within(matrix.series(), limit)
              ? matrix
              : new PromResult.Matrix(matrix.series().subList(0, limit));
    };
  }

  private static boolean within(List<PromResult.Points> series, int limit) {
    return limit == 0 || series.size() <= limit;
  }

  private void exemplars(HttpRequest request, HttpReply reply) {
    var parameters = new PromParameters(request);
    long start = parameters.from();
    long end = parameters.to();
    if (end < start) {
      throw new IllegalArgumentException("end timestamp must not be before start timestamp");
    }
    var selectors = SelectorsOf.expression(PromParser.parse(parameters.text("query")));
    if (selectors.isEmpty()) {
      reply.send(204, "", Body.EMPTY);
      return;
    }
    List<SeriesExemplars> found = series.exemplars(tenants.of(request), selectors, start, end);
    PromReply.success(
        reply,
        json -> {
          json.writeStartArray();
          found.forEach(one -> exemplars(json, one));
          json.writeEndArray();
        });
  }

  private static void exemplars(JsonGenerator json, SeriesExemplars one) {
    json.writeStartObject();
    json.writeName("seriesLabels");
    PromJson.labels(json, one.series());
    json.writeArrayPropertyStart("exemplars");
    for (Exemplar exemplar : one.exemplars()) {
      json.writeStartObject();
      json.writeName("labels");
      PromJson.labels(json, exemplar.labels());
      json.writeStringProperty("value", NumberText.format(exemplar.value()));
      json.writeName("timestamp");
      PromJson.time(json, exemplar.millis());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void formatQuery(HttpRequest request, HttpReply reply) {
    String formatted =
        PrettyPrinter.print(PromParser.parse(new PromParameters(request).text("query")));
    PromReply.success(reply, json -> json.writeString(formatted));
  }

  private void series(HttpRequest request, HttpReply reply) {
    var parameters = new PromParameters(request);
    if (parameters.all("match[]").isEmpty()) {
      throw new IllegalArgumentException("no match[] parameter provided");
    }
    List<Labels> found =
        series.series(
            tenants.of(request), selectors(parameters), parameters.from(), parameters.to());
    int limit = parameters.limit("limit");
    PromReply.success(
        reply,
        truncation(found.size(), limit),
        List.of(),
        json -> {
          json.writeStartArray();
          found.stream()
              .limit(limit > 0 ? limit : Long.MAX_VALUE)
              .forEach(labels -> PromJson.labels(json, labels));
          json.writeEndArray();
        });
  }

  private void labels(HttpRequest request, HttpReply reply) {
    var parameters = new PromParameters(request);
    texts(
        reply,
        parameters,
        series.labelNames(
            tenants.of(request), selectors(parameters), parameters.from(), parameters.to()));
  }

  private void labelValues(HttpRequest request, HttpReply reply) {
    var parameters = new PromParameters(request);
    String name = LabelNames.unescape(request.pathParameter("name"));
    if (name.isEmpty()) {
      throw new IllegalArgumentException("invalid label name: \"\"");
    }
    texts(
        reply,
        parameters,
        series.labelValues(
            tenants.of(request), name, selectors(parameters), parameters.from(), parameters.to()));
  }

  private static void texts(HttpReply reply, PromParameters parameters, List<String> texts) {
    int limit = parameters.limit("limit");
    PromReply.success(
        reply,
        truncation(texts.size(), limit),
        List.of(),
        json -> {
          json.writeStartArray();
          texts.stream().limit(limit > 0 ? limit : Long.MAX_VALUE).forEach(json::writeString);
          json.writeEndArray();
        });
  }

  private static List<String> truncation(int size, int limit) {
    return limit > 0 && size > limit ? List.of(TRUNCATED) : List.of();
  }

  private static List<List<Matcher>> selectors(PromParameters parameters) {
    try {
      return parameters.all("match[]").stream()
          .map(text -> Matchers.compile(PromParser.parseSelector(text)))
          .toList();
    } catch (QueryException e) {
      throw PromParameters.invalid("match[]", e.error().message());
    }
  }

  private void metadata(HttpRequest request, HttpReply reply) {
    var parameters = new PromParameters(request);
    Tenant tenant = tenants.of(request);
    String only = parameters.text("metric");
    int limit = parameters.limit("limit");
    int perMetric = parameters.limit("limit_per_metric");
    Map<String, List<MetricMetadata>> byName = new TreeMap<>();
    for (MetricMetadata one : series.metadata(tenant)) {
      if (only.isEmpty() || only.equals(one.name())) {
        byName.computeIfAbsent(one.name(), ignored -> new ArrayList<>()).add(one);
      }
    }
    PromReply.success(
        reply,
        json -> {
          json.writeStartObject();
          byName.entrySet().stream()
              .limit(limit > 0 ? limit : Long.MAX_VALUE)
              .forEach(
                  entry -> {
                    json.writeArrayPropertyStart(entry.getKey());
                    entry.getValue().stream()
                        .limit(perMetric > 0 ? perMetric : Long.MAX_VALUE)
                        .forEach(one -> metadata(json, one));
                    json.writeEndArray();
                  });
          json.writeEndObject();
        });
  }

  private static void metadata(JsonGenerator json, MetricMetadata one) {
    json.writeStartObject();
    json.writeStringProperty("type", one.type());
    json.writeStringProperty("help", one.help());
    json.writeStringProperty("unit", one.unit());
    json.writeEndObject();
  }

  private void buildInfo(HttpRequest request, HttpReply reply) {
    PromReply.success(reply, json -> BuildInfo.write(json, "3.14.0", version));
  }

  private static void emptyList(HttpReply reply, String name) {
    PromReply.success(
        reply,
        json -> {
          json.writeStartObject();
          json.writeArrayPropertyStart(name);
          json.writeEndArray();
          json.writeEndObject();
        });
  }
}
