package dev.pharos.api.loki;

import dev.pharos.api.ApiRoutes;
import dev.pharos.api.Errors;
import dev.pharos.api.QuerySlots;
import dev.pharos.api.Tenants;
import dev.pharos.api.json.BuildInfo;
import dev.pharos.api.json.Json;
import dev.pharos.model.Labels;
import dev.pharos.query.QueryContext;
import dev.pharos.query.ScanPool;
import dev.pharos.query.logql.LabelView;
import dev.pharos.query.logql.LogqlEngine;
import dev.pharos.query.logql.LogqlRequest;
import dev.pharos.query.logql.LogqlResult;
import dev.pharos.store.read.LogReader;
import dev.pharos.transport.HttpReply;
import dev.pharos.transport.HttpRequest;
import dev.pharos.transport.Route;
import java.util.List;
import java.util.Optional;

/// The routes of Loki's HTTP API. Errors are plain text, as Loki's are. Any thread.
public final class LokiApi {
  private static final Errors ERRORS =
      Errors.byStatus((reply, status, message) -> reply.sendText(status, message + "\n"));

  private static final String BOTH = "GET|POST";
  private static final String FLAGS = "X-Loki-Response-Encoding-Flags";

  private final LogqlEngine engine;
  private final LabelView labels;
  private final Tenants tenants;
  private final QuerySlots slots;
  private final String version;

  /// @param pool where blocks are read and lines filtered
  public LokiApi(LogReader logs, ScanPool pool, Tenants tenants, QuerySlots slots, String version) {
    this.engine = new LogqlEngine(logs, pool);
    this.labels = new LabelView(logs);
    this.tenants = tenants;
    this.slots = slots;
    this.version = version;
  }

  /// @param prefix of all paths, without a trailing slash: empty on Loki's own port
  public List<Route> routes(String prefix) {
    String v1 = "/loki/api/v1/";
    return new ApiRoutes(prefix, ERRORS)
        .add(BOTH, v1 + "query", this::query)
        .add(BOTH, v1 + "query_range", this::queryRange)
        .add(BOTH, v1 + "labels", this::labelNames)
        .add(BOTH, v1 + "label", this::labelNames)
        .add(BOTH, v1 + "label/{name}/values", this::labelValues)
        .add(BOTH, v1 + "series", this::series)
        .add(BOTH, v1 + "index/stats", this::indexStats)
        .add(BOTH, v1 + "status/buildinfo", this::buildInfo)
        .add(BOTH, "/ready", (request, reply) -> reply.sendText(200, "ready\n"))
        .routes();
  }

  private void query(HttpRequest request, HttpReply reply) {
    var parameters = new LokiParameters(request, slots.clock());
    answer(
        request, reply, new LogqlRequest.Instant(parameters.text("query"), parameters.timeNanos()));
  }

  private void queryRange(HttpRequest request, HttpReply reply) {
    var parameters = new LokiParameters(request, slots.clock());
    long end = parameters.endNanos();
    long start = parameters.startNanos(end);
    if (end < start) {
      throw new IllegalArgumentException("end timestamp must not be before or equal to start time");
    }
    answer(
        request,
        reply,
        new LogqlRequest.Range(
            parameters.text("query"),
            start,
            end,
            parameters.stepNanos(start, end),
            parameters.limit(),
            parameters.direction()));
  }

  private void answer(HttpRequest request, HttpReply reply, LogqlRequest asked) {
    boolean categorized = request.headers().first(FLAGS).orElse("").contains("categorize-labels");
    long began = System.nanoTime();
    try (QueryContext context = slots.open(request, tenants.of(request))) {
      LogqlResult result = engine.query(asked, context);
      long took = System.nanoTime() - began;
      Json.send(reply, 200, json -> LokiJson.answer(json, result, categorized, took));
    }
  }

  private void labelNames(HttpRequest request, HttpReply reply) {
    var range = new Range(request);
    try (QueryContext context = slots.open(request, tenants.of(request))) {
      texts(reply, labels.names(range.selector, range.start, range.end, context), true);
    }
  }

  private void labelValues(HttpRequest request, HttpReply reply) {
    var range = new Range(request);
    try (QueryContext context = slots.open(request, tenants.of(request))) {
      List<String> values =
          labels.values(
              request.pathParameter("name"), range.selector, range.start, range.end, context);
      texts(reply, values, !values.isEmpty());
    }
  }

  /// Without values Loki leaves `data` out.
  private static void texts(HttpReply reply, List<String> texts, boolean data) {
    Json.send(
        reply,
        200,
        json -> {
          json.writeStartObject();
          json.writeStringProperty("status", "success");
          if (data) {
            json.writeArrayPropertyStart("data");
            texts.forEach(json::writeString);
            json.writeEndArray();
          }
          json.writeEndObject();
        });
  }

  private void series(HttpRequest request, HttpReply reply) {
    var range = new Range(request);
    try (QueryContext context = slots.open(request, tenants.of(request))) {
      List<Labels> found = labels.series(range.matches, range.start, range.end, context);
      Json.send(
          reply,
          200,
          json -> {
            json.writeStartObject();
            json.writeStringProperty("status", "success");
            json.writeArrayPropertyStart("data");
            found.forEach(one -> LokiJson.labels(json, one));
            json.writeEndArray();
            json.writeEndObject();
          });
    }
  }

  private void indexStats(HttpRequest request, HttpReply reply) {
    var range = new Range(request);
    try (QueryContext context = slots.open(request, tenants.of(request))) {
      LabelView.Volume volume =
          labels.volume(range.selector.orElse(""), range.start, range.end, context);
      Json.send(
          reply,
          200,
          json -> {
            json.writeStartObject();
            json.writeNumberProperty("streams", volume.streams());
            json.writeNumberProperty("chunks", volume.streams());
            json.writeNumberProperty("entries", volume.entries());
            json.writeNumberProperty("bytes", volume.bytes());
            json.writeEndObject();
          });
    }
  }

  private void buildInfo(HttpRequest request, HttpReply reply) {
    Json.send(reply, 200, json -> BuildInfo.write(json, "3.8.0", version));
  }

  /// The parameters that the endpoints about labels share.
  private final class Range {
    final long start;
    final long end;
    final Optional<String> selector;
    final List<String> matches;

    Range(HttpRequest request) {
      var parameters = new LokiParameters(request, slots.clock());
      end = parameters.endNanos();
      start = parameters.startNanos(end);
      selector = parameters.optional("query");
      matches =
          parameters.all("match[]").isEmpty() ? parameters.all("match") : parameters.all("match[]");
    }
  }
}
