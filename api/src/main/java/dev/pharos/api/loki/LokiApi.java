package dev.pharos.api.loki;

import dev.pharos.api.QuerySlots;
import dev.pharos.api.Tenants;
import dev.pharos.api.json.Json;
import dev.pharos.model.Labels;
import dev.pharos.query.QueryContext;
import dev.pharos.query.QueryError;
import dev.pharos.query.QueryException;
import dev.pharos.query.ScanPool;
import dev.pharos.query.logql.LabelView;
import dev.pharos.query.logql.LogqlEngine;
import dev.pharos.query.logql.LogqlRequest;
import dev.pharos.query.logql.LogqlResult;
import dev.pharos.store.read.LogReader;
import dev.pharos.transport.HttpReply;
import dev.pharos.transport.HttpRequest;
import dev.pharos.transport.HttpRoute;
import dev.pharos.transport.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The routes of Loki's HTTP API. Errors are plain text, as Loki's are. Any thread.
public final class LokiApi {
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
    String v1 = prefix + "/loki/api/v1/";
    List<Route> routes = new ArrayList<>();
    add(routes, v1 + "query", this::query);
    add(routes, v1 + "query_range", this::queryRange);
    add(routes, v1 + "labels", this::labelNames);
    add(routes, v1 + "label", this::labelNames);
    add(routes, v1 + "label/{name}/values", this::labelValues);
    add(routes, v1 + "series", this::series);
    add(routes, v1 + "index/stats", this::indexStats);
    add(routes, v1 + "status/buildinfo", this::buildInfo);
    add(routes, prefix + "/ready", (request, reply) -> reply.sendText(200, "ready\n"));
    return routes;
  }

  private interface Answer {
    void to(HttpRequest request, HttpReply reply);
  }

  private static void add(List<Route> routes, String path, Answer answer) {
    routes.add(
        HttpRoute.of(
                "GET|POST",
                path,
                (request, reply) -> {
                  try {
                    answer.to(request, reply);
                  } catch (QueryException e) {
                    reply.sendText(status(e.error()), e.error().message() + "\n");
                  } catch (IllegalArgumentException e) {
                    reply.sendText(400, e.getMessage() + "\n");
                  }
                })
            .withCompressedReplies());
  }

  private static int status(QueryError error) {
    return switch (error) {
      case QueryError.Syntax s -> 400;
      case QueryError.Invalid i -> 400;
      case QueryError.Unsupported u -> 400;
      case QueryError.Limit l -> 400;
      case QueryError.Execution e -> 500;
      case QueryError.Timeout t -> 504;
      case QueryError.Cancelled c -> 499;
    };
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
    Json.send(
        reply,
        200,
        json -> {
          json.writeStartObject();
          json.writeStringProperty("version", "3.8.0");
          json.writeStringProperty("revision", "pharos-" + version);
          json.writeStringProperty("branch", "");
          json.writeStringProperty("buildDate", "");
          json.writeStringProperty("buildUser", "");
          json.writeStringProperty("goVersion", "");
          json.writeEndObject();
        });
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
