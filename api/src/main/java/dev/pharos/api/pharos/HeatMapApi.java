package dev.pharos.api.pharos;

import dev.pharos.api.ApiRoutes;
import dev.pharos.api.QuerySlots;
import dev.pharos.api.Tenants;
import dev.pharos.api.json.Json;
import dev.pharos.query.QueryContext;
import dev.pharos.query.ScanPool;
import dev.pharos.query.traceql.HeatMap;
import dev.pharos.query.traceql.HeatMaps;
import dev.pharos.query.traceql.TimeColumns;
import dev.pharos.store.read.TraceReader;
import dev.pharos.transport.HttpReply;
import dev.pharos.transport.HttpRequest;
import dev.pharos.transport.Route;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// The route of heat maps: spans by start and duration. Any thread.
public final class HeatMapApi {
  private static final int COLUMNS = 90;
  private static final int MAX_COLUMNS = 500;
  private static final int ROWS = 28;
  private static final int MAX_ROWS = 100;
  private static final long MILLI = 1_000_000L;

  private final HeatMaps maps;
  private final Tenants tenants;
  private final QuerySlots slots;

  /// @param pool where blocks are read
  public HeatMapApi(TraceReader traces, ScanPool pool, Tenants tenants, QuerySlots slots) {
    this.maps = new HeatMaps(traces, pool);
    this.tenants = tenants;
    this.slots = slots;
  }

  /// @param prefix of all paths, without a trailing slash
  public List<Route> routes(String prefix) {
    return new ApiRoutes(prefix, new PharosErrors()).get("/api/v1/heatmap", this::map).routes();
  }

  private void map(HttpRequest request, HttpReply reply) {
    long began = System.nanoTime();
    var parameters = new PharosParameters(request);
    var times =
        new TimeColumns(
            parameters.startNanos(),
            parameters.endNanos(),
            parameters.number("columns", COLUMNS, 1, MAX_COLUMNS));
    int rows = parameters.number("rows", ROWS, 1, MAX_ROWS);
    try (QueryContext context = slots.open(request, tenants.of(request))) {
      HeatMap map = maps.of(Spans.filter(parameters), times, rows, context);
      Json.send(reply, 200, json -> write(json, map, began));
    }
  }

  private static void write(JsonGenerator json, HeatMap map, long began) {
    json.writeStartObject();
    json.writeNumberProperty("start", map.times().fromNanos() / MILLI);
    json.writeNumberProperty("end", map.times().toNanos() / MILLI);
    json.writeNumberProperty("columns", map.times().columns());
    json.writeName("edgesNanos");
    longs(json, map.edgesNanos());
    json.writeArrayPropertyStart("counts");
    map.counts().forEach(row -> longs(json, row));
    json.writeEndArray();
    json.writeName("errors");
    longs(json, map.errors());
    json.writeNumberProperty("total", map.total());
    Costs.write(json, began, map.cost());
    json.writeEndObject();
  }

  private static void longs(JsonGenerator json, long[] values) {
    json.writeArray(values, 0, values.length);
  }
}
