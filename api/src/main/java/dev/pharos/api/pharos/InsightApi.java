package dev.pharos.api.pharos;

import dev.pharos.api.ApiRoutes;
import dev.pharos.api.QuerySlots;
import dev.pharos.api.Tenants;
import dev.pharos.api.json.Json;
import dev.pharos.insight.Grid;
import dev.pharos.insight.Insight;
import dev.pharos.query.QueryContext;
import dev.pharos.query.ScanPool;
import dev.pharos.store.read.SummaryReader;
import dev.pharos.store.read.TraceReader;
import dev.pharos.transport.HttpReply;
import dev.pharos.transport.HttpRequest;
import dev.pharos.transport.Route;
import java.util.List;

/// The routes of services: all of them with what is wrong first, one of them, and who calls whom. Any thread.
public final class InsightApi {
  private static final int OVERVIEW_POINTS = 40;
  private static final int MAX_POINTS = 1_000;

  private final Insight insight;
  private final Tenants tenants;
  private final QuerySlots slots;

  /// @param pool where blocks are read
  public InsightApi(
      SummaryReader summaries,
      TraceReader traces,
      ScanPool pool,
      Tenants tenants,
      QuerySlots slots) {
    this.insight = new Insight(summaries, traces, pool, slots.memory());
    this.tenants = tenants;
    this.slots = slots;
  }

  /// @param prefix of all paths, without a trailing slash
  public List<Route> routes(String prefix) {
    return new ApiRoutes(prefix, new PharosErrors())
        .get("/api/v1/overview", this::overview)
        .routes();
  }

  private void overview(HttpRequest request, HttpReply reply) {
    Grid grid = grid(request, OVERVIEW_POINTS);
    long began = System.nanoTime();
    try (QueryContext context = slots.open(request, tenants.of(request))) {
      var overview = insight.overview(context, grid);
      Json.send(reply, 200, json -> new InsightJson(json, began).overview(overview));
    }
  }

  private static Grid grid(HttpRequest request, int points) {
    var parameters = new PharosParameters(request);
    return Grid.of(
        parameters.startNanos(),
        parameters.endNanos(),
        parameters.number("points", points, 1, MAX_POINTS));
  }
}
