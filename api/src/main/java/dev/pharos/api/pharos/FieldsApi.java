package dev.pharos.api.pharos;

import dev.pharos.api.ApiRoutes;
import dev.pharos.api.QuerySlots;
import dev.pharos.api.Tenants;
import dev.pharos.api.json.Json;
import dev.pharos.query.QueryContext;
import dev.pharos.query.ScanPool;
import dev.pharos.query.logql.FieldCounts;
import dev.pharos.query.traceql.SweepCost;
import dev.pharos.store.read.LogReader;
import dev.pharos.transport.HttpReply;
import dev.pharos.transport.HttpRequest;
import dev.pharos.transport.Route;
import java.time.Duration;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// The route of the fields that the lines of a log search have. Any thread.
public final class FieldsApi {
  private static final int FIELDS = 8;
  private static final int VALUES = 3;
  private static final int MOST = 1_000;
  private static final Duration CAP = Duration.ofSeconds(2);

  private final FieldCounts fields;
  private final Tenants tenants;
  private final QuerySlots slots;

  /// @param pool where blocks are read
  public FieldsApi(LogReader logs, ScanPool pool, Tenants tenants, QuerySlots slots) {
    this.fields = new FieldCounts(logs, pool);
    this.tenants = tenants;
    this.slots = slots;
  }

  /// @param prefix of all paths, without a trailing slash
  public List<Route> routes(String prefix) {
    return new ApiRoutes(prefix, new PharosErrors()).get("/api/v1/fields", this::fields).routes();
  }

  private void fields(HttpRequest request, HttpReply reply) {
    long began = System.nanoTime();
    var parameters = new PharosParameters(request);
    long start = parameters.startNanos();
    long end = parameters.endNanos();
    int limit = parameters.number("fields", FIELDS, 1, MOST);
    int values = parameters.number("values", VALUES, 0, MOST);
    try (QueryContext context = slots.open(request, tenants.of(request), CAP)) {
      FieldCounts.Found found =
          fields.of(parameters.text("query"), start, end, limit, values, context);
      Json.send(reply, 200, json -> write(json, found, began));
    }
  }

  private static void write(JsonGenerator json, FieldCounts.Found found, long began) {
    json.writeStartObject();
    json.writeNumberProperty("lines", found.lines());
    json.writeBooleanProperty("exact", found.exact());
    json.writeArrayPropertyStart("fields");
    for (FieldCounts.Field field : found.fields()) {
      json.writeStartObject();
      json.writeStringProperty("name", field.name());
      json.writeStringProperty("scope", field.scope());
      json.writeNumberProperty("lines", field.lines());
      json.writeNumberProperty("distinct", field.distinct());
      json.writeArrayPropertyStart("values");
      for (FieldCounts.ValueCount value : field.values()) {
        json.writeStartObject();
        json.writeStringProperty("value", value.value());
        json.writeNumberProperty("lines", value.lines());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    Costs.write(json, began, new SweepCost(found.rows(), 0, 0));
    json.writeEndObject();
  }
}
