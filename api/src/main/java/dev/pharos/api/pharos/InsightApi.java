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
import java.util.Optional;
import java.util.function.Function;

/// The routes of services: all of them with what is wrong first, one of them, who calls whom, and what changed. Any
/// thread.
public final class InsightApi {
  private static final int OVERVIEW_POINTS = 40;
  private static final int SERVICE_POINTS = 120;
  private static final int MAX_POINTS = 1_000;

  private final Insight insight;
  private final Tenants tenants;
  private final QuerySlots slots;

  /// Writes an answer.
  private interface Answer {
    void write(InsightJson json);
  }

  /// @param pool where blocks are read
  public InsightApi(
      SummaryReader summaries,
      TraceReader traces,
      ScanPool pool,
      Tenants tenants,
      QuerySlots slots) {
    this.insight = new Insight(summaries, traces, pool);
    this.tenants = tenants;
    this.slots = slots;
  }

  /// @param prefix of all paths, without a trailing slash
  public List<Route> routes(String prefix) {
    return new ApiRoutes(prefix, new PharosErrors())
        .get("/api/v1/overview", this::overview)
        .get("/api/v1/services/{name}", this::service)
        .get("/api/v1/map", this::map)
        .get("/api/v1/changes", this::changes)
        .routes();
  }

  private void overview(HttpRequest request, HttpReply reply) {
    Grid grid = grid(request, OVERVIEW_POINTS);
    answer(
        request,
        reply,
        context -> {
          var overview = insight.overview(context, grid);
          return Optional.of(json -> json.overview(overview));
        });
  }

  private void service(HttpRequest request, HttpReply reply) {
    Grid grid = grid(request, SERVICE_POINTS);
    String name = request.pathParameter("name");
    answer(
        request,
        reply,
        context -> insight.service(context, grid, name).map(page -> json -> json.service(page)));
  }

  private void map(HttpRequest request, HttpReply reply) {
    Grid grid = grid(request, OVERVIEW_POINTS);
    answer(
        request,
        reply,
        context -> {
          var map = insight.map(context, grid);
          return Optional.of(json -> json.map(map));
        });
  }

  private void changes(HttpRequest request, HttpReply reply) {
    Grid grid = grid(request, OVERVIEW_POINTS);
    Optional<String> service = request.query().first("service").filter(name -> !name.isEmpty());
    answer(
        request,
        reply,
        context -> {
          var changes = insight.changes(context, grid, service);
          return Optional.of(json -> json.changes(changes));
        });
  }

  private void answer(
      HttpRequest request, HttpReply reply, Function<QueryContext, Optional<Answer>> ask) {
    long began = System.nanoTime();
    try (QueryContext context = slots.open(request, tenants.of(request))) {
      Optional<Answer> answer = ask.apply(context);
      if (answer.isEmpty()) {
        PharosErrors.send(reply, 404, "there is nothing of this service in the range");
      } else {
        Json.send(reply, 200, json -> answer.get().write(new InsightJson(json, began)));
      }
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
