package dev.pharos.api.jaeger;

import dev.pharos.api.ApiRoutes;
import dev.pharos.api.Errors;
import dev.pharos.api.QuerySlots;
import dev.pharos.api.Tenants;
import dev.pharos.api.json.Json;
import dev.pharos.model.Ids;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Tenant;
import dev.pharos.query.QueryContext;
import dev.pharos.query.ScanPool;
import dev.pharos.query.traceql.SearchRequest;
import dev.pharos.query.traceql.TraceqlEngine;
import dev.pharos.store.read.TraceReader;
import dev.pharos.transport.HttpReply;
import dev.pharos.transport.HttpRequest;
import dev.pharos.transport.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/// The routes of Jaeger's query API: services, operations, searches, and a trace by its id. Any thread.
public final class JaegerApi {
  private final TraceReader traces;
  private final JaegerNames names;
  private final TraceqlEngine engine;
  private final Tenants tenants;
  private final QuerySlots slots;

  /// @param pool where blocks are read and filtered
  public JaegerApi(TraceReader traces, ScanPool pool, Tenants tenants, QuerySlots slots) {
    this.traces = traces;
    this.names = new JaegerNames(traces);
    this.engine = new TraceqlEngine(traces, pool);
    this.tenants = tenants;
    this.slots = slots;
  }

  /// @param prefix of all paths, without a trailing slash: empty on Jaeger's own port
  public List<Route> routes(String prefix) {
    return new ApiRoutes(prefix, Errors.byStatus(JaegerApi::error))
        .get("/api/services", this::services)
        .get("/api/services/{service}/operations", this::operationNames)
        .get("/api/operations", this::operations)
        .get("/api/traces", this::search)
        .get("/api/traces/{id}", this::trace)
        .routes();
  }

  private void services(HttpRequest request, HttpReply reply) {
    var services = names.services(tenants.of(request));
    list(reply, services.size(), json -> services.forEach(json::writeString));
  }

  private void operationNames(HttpRequest request, HttpReply reply) {
    var operations = names.operations(tenants.of(request), request.pathParameter("service"));
    List<String> distinct =
        operations.stream().map(JaegerNames.Operation::name).distinct().toList();
    list(reply, distinct.size(), json -> distinct.forEach(json::writeString));
  }

  private void operations(HttpRequest request, HttpReply reply) {
    String service = request.query().first("service").orElse("");
    String kind = request.query().first("spanKind").orElse("");
    if (service.isEmpty()) {
      error(reply, 400, "parameter 'service' is required");
      return;
    }
    var operations =
        names.operations(tenants.of(request), service).stream()
            .filter(operation -> kind.isEmpty() || operation.spanKind().equals(kind))
            .toList();
    list(
        reply,
        operations.size(),
        json ->
            operations.forEach(
                operation -> {
                  json.writeStartObject();
                  json.writeStringProperty("name", operation.name());
                  json.writeStringProperty("spanKind", operation.spanKind());
                  json.writeEndObject();
                }));
  }

  /// Traces that a search finds, whole; or those whose ids are given, as far as they are there.
  private void search(HttpRequest request, HttpReply reply) {
    Tenant tenant = tenants.of(request);
    long from = nanos(request, "start", 0);
    long to = nanos(request, "end", Long.MAX_VALUE);
    List<SpanBatch> found = new ArrayList<>();
    List<String> ids = request.query().all("traceID");
    if (ids.isEmpty()) {
      SearchRequest asked = new JaegerSearch(request).search(from, to);
      try (QueryContext context = slots.open(request, tenant)) {
        engine
            .search(asked, context)
            .traces()
            .forEach(one -> found.add(engine.trace(one.traceHi(), one.traceLo(), context)));
      }
    } else {
      ids.forEach(
          id -> found.add(traces.trace(tenant, Ids.traceHi(id), Ids.traceLo(id), from, to)));
    }
    found.removeIf(spans -> spans.rows() == 0);
    list(reply, 0, json -> found.forEach(spans -> new JaegerTrace(spans).write(json)));
  }

  private void trace(HttpRequest request, HttpReply reply) {
    Tenant tenant = tenants.of(request);
    String id = request.pathParameter("id");
    long from = nanos(request, "start", 0);
    long to = nanos(request, "end", Long.MAX_VALUE);
    SpanBatch spans = traces.trace(tenant, Ids.traceHi(id), Ids.traceLo(id), from, to);
    if (spans.rows() == 0) {
      error(reply, 404, "trace not found");
      return;
    }
    list(reply, 0, json -> new JaegerTrace(spans).write(json));
  }

  /// A time that is given in microseconds.
  private static long nanos(HttpRequest request, String parameter, long otherwise) {
    String text = request.query().first(parameter).orElse("");
    try {
      return text.isEmpty() ? otherwise : Math.multiplyExact(Long.parseLong(text), 1_000L);
    } catch (NumberFormatException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "unable to parse param '"
              + parameter
              + "': \""
              + text
              + "\" (expected: Unix time in microseconds)",
          e);
    }
  }

  /// Jaeger's envelope around a list.
  private static void list(HttpReply reply, int total, Consumer<JsonGenerator> elements) {
    Json.send(
        reply,
        200,
        json -> {
          json.writeStartObject();
          json.writeArrayPropertyStart("data");
          elements.accept(json);
          json.writeEndArray();
          json.writeNumberProperty("total", total);
          json.writeNumberProperty("limit", 0);
          json.writeNumberProperty("offset", 0);
          json.writeNullProperty("errors");
          json.writeEndObject();
        });
  }

  private static void error(HttpReply reply, int status, String message) {
    Json.send(
        reply,
        status,
        json -> {
          json.writeStartObject();
          json.writeNullProperty("data");
          json.writeNumberProperty("total", 0);
          json.writeNumberProperty("limit", 0);
          json.writeNumberProperty("offset", 0);
          json.writeArrayPropertyStart("errors");
          json.writeStartObject();
          json.writeNumberProperty("code", status);
          json.writeStringProperty("msg", message);
          json.writeEndObject();
          json.writeEndArray();
          json.writeEndObject();
        });
  }
}
