package dev.pharos.api.pharos;

import dev.pharos.api.ApiRoutes;
import dev.pharos.api.QuerySlots;
import dev.pharos.api.Tenants;
import dev.pharos.api.json.Json;
import dev.pharos.insight.exception.ExceptionGroup;
import dev.pharos.insight.exception.ExceptionList;
import dev.pharos.insight.exception.Exceptions;
import dev.pharos.model.Ids;
import dev.pharos.query.QueryContext;
import dev.pharos.query.ScanPool;
import dev.pharos.query.traceql.TimeColumns;
import dev.pharos.store.read.TraceReader;
import dev.pharos.transport.HttpReply;
import dev.pharos.transport.HttpRequest;
import dev.pharos.transport.Route;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// The route of the exceptions of spans. Any thread.
public final class ExceptionsApi {
  private static final int GROUPS = 100;
  private static final int MAX_GROUPS = 1_000;
  private static final int POINTS = 40;
  private static final int MAX_POINTS = 200;
  private static final long MILLI = 1_000_000L;

  private final Exceptions exceptions;
  private final Tenants tenants;
  private final QuerySlots slots;

  /// @param pool where blocks are read
  public ExceptionsApi(TraceReader traces, ScanPool pool, Tenants tenants, QuerySlots slots) {
    this.exceptions = new Exceptions(traces, pool);
    this.tenants = tenants;
    this.slots = slots;
  }

  /// @param prefix of all paths, without a trailing slash
  public List<Route> routes(String prefix) {
    return new ApiRoutes(prefix, new PharosErrors()).get("/api/v1/exceptions", this::list).routes();
  }

  private void list(HttpRequest request, HttpReply reply) {
    long began = System.nanoTime();
    var parameters = new PharosParameters(request);
    var times =
        new TimeColumns(
            parameters.startNanos(),
            parameters.endNanos(),
            parameters.number("points", POINTS, 1, MAX_POINTS));
    int limit = parameters.number("limit", GROUPS, 1, MAX_GROUPS);
    try (QueryContext context = slots.open(request, tenants.of(request))) {
      ExceptionList list = exceptions.of(Spans.filter(parameters), times, limit, context);
      Json.send(reply, 200, json -> write(json, list, times, began));
    }
  }

  private static void write(JsonGenerator json, ExceptionList list, TimeColumns times, long began) {
    json.writeStartObject();
    json.writeNumberProperty("start", times.fromNanos() / MILLI);
    json.writeNumberProperty("end", times.toNanos() / MILLI);
    json.writeNumberProperty("total", list.total());
    json.writeArrayPropertyStart("groups");
    for (ExceptionGroup group : list.groups()) {
      json.writeStartObject();
      json.writeStringProperty("type", group.type());
      json.writeStringProperty("message", group.message());
      json.writeBooleanProperty("others", group.others());
      json.writeNumberProperty("count", group.count());
      json.writeNumberProperty("firstSeen", group.firstNanos() / MILLI);
      json.writeNumberProperty("lastSeen", group.lastNanos() / MILLI);
      json.writeArrayPropertyStart("services");
      for (ExceptionGroup.ServiceCount one : group.services()) {
        json.writeStartObject();
        json.writeStringProperty("service", one.service());
        json.writeNumberProperty("count", one.count());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeStringProperty("traceId", Ids.traceHex(group.traceHi(), group.traceLo()));
      json.writeStringProperty("spanId", Ids.spanHex(group.spanId()));
      json.writeName("counts");
      json.writeArray(group.counts(), 0, group.counts().length);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberProperty("found", list.found());
    json.writeBooleanProperty("complete", list.complete());
    Costs.write(json, began, list.cost());
    json.writeEndObject();
  }
}
