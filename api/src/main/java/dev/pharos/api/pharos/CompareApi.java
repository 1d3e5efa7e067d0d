package dev.pharos.api.pharos;

import dev.pharos.api.ApiRoutes;
import dev.pharos.api.QuerySlots;
import dev.pharos.api.Tenants;
import dev.pharos.api.json.Json;
import dev.pharos.insight.compare.Comparison;
import dev.pharos.insight.compare.Inside;
import dev.pharos.insight.compare.Ranking;
import dev.pharos.insight.compare.Term;
import dev.pharos.query.QueryContext;
import dev.pharos.query.ScanPool;
import dev.pharos.store.read.TraceReader;
import dev.pharos.transport.HttpReply;
import dev.pharos.transport.HttpRequest;
import dev.pharos.transport.Route;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;

/// The route of attribute comparison: what sets a box of the heat map, failed spans, slow ones or those
/// of a filter apart. Any thread.
public final class CompareApi {
  private static final int ROWS = 40;
  private static final int MAX_ROWS = 1_000;

  private final Comparison comparison;
  private final Tenants tenants;
  private final QuerySlots slots;

  /// @param pool where blocks are read
  public CompareApi(TraceReader traces, ScanPool pool, Tenants tenants, QuerySlots slots) {
    this.comparison = new Comparison(traces, pool);
    this.tenants = tenants;
    this.slots = slots;
  }

  /// @param prefix of all paths, without a trailing slash
  public List<Route> routes(String prefix) {
    return new ApiRoutes(prefix, new PharosErrors()).get("/api/v1/compare", this::compare).routes();
  }

  private void compare(HttpRequest request, HttpReply reply) {
    long began = System.nanoTime();
    var parameters = new PharosParameters(request);
    long start = parameters.startNanos();
    long end = parameters.endNanos();
    Inside inside = inside(parameters, start, end);
    int limit = parameters.number("limit", ROWS, 1, MAX_ROWS);
    try (QueryContext context = slots.open(request, tenants.of(request))) {
      Ranking ranking =
          comparison.compare(Spans.filter(parameters), start, end, inside, limit, context);
      Json.send(reply, 200, json -> write(json, inside, ranking, began));
    }
  }

  private static Inside inside(PharosParameters parameters, long start, long end) {
    String by = parameters.text("by");
    return switch (by) {
      case "errors" -> new Inside.Errors(parameters.nanos("since", start));
      case "slow" -> new Inside.Slow();
      case "box" ->
          new Inside.Box(
              parameters.nanos("boxStart", start),
              parameters.nanos("boxEnd", end),
              parameters.whole("leastNanos", Long.MIN_VALUE),
              parameters.whole("mostNanos", Long.MAX_VALUE));
      case "filter" -> new Inside.Matching(Spans.required(parameters, "inside"));
      default ->
          throw new IllegalArgumentException(
              "by: \"" + by + "\" (expected: box, errors, filter or slow)");
    };
  }

  private static String word(Inside inside) {
    return switch (inside) {
      case Inside.Box box -> "box";
      case Inside.Errors errors -> "errors";
      case Inside.Slow slow -> "slow";
      case Inside.Matching matching -> "filter";
    };
  }

  private static void write(JsonGenerator json, Inside inside, Ranking ranking, long began) {
    json.writeStartObject();
    json.writeNumberProperty("inside", ranking.inside());
    json.writeNumberProperty("outside", ranking.outside());
    json.writeStringProperty("by", word(inside));
    optional(json, "leastNanos", ranking.leastNanos());
    optional(json, "mostNanos", ranking.mostNanos());
    json.writeArrayPropertyStart("rows");
    for (Ranking.Row row : ranking.rows()) {
      json.writeStartObject();
      term(json, row.term());
      json.writeStringProperty("type", row.term().kind().word());
      json.writeNumberProperty("inside", row.inside());
      json.writeNumberProperty("outside", row.outside());
      json.writeNumberProperty("difference", row.difference());
      json.writeArrayPropertyStart("values");
      for (Ranking.Share share : row.values()) {
        json.writeStartObject();
        json.writeStringProperty("value", share.value());
        json.writeNumberProperty("inside", share.inside());
        json.writeNumberProperty("outside", share.outside());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayPropertyStart("same");
      for (Term same : row.same()) {
        json.writeStartObject();
        term(json, same);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberProperty("tested", ranking.tested());
    json.writeNumberProperty("hidden", ranking.hidden());
    Costs.write(json, began, ranking.cost());
    json.writeEndObject();
  }

  private static void term(JsonGenerator json, Term term) {
    json.writeStringProperty("scope", term.attribute().scope().word());
    json.writeStringProperty("key", term.attribute().key());
    json.writeStringProperty("value", term.text());
  }

  private static void optional(JsonGenerator json, String name, OptionalLong value) {
    if (value.isPresent()) {
      json.writeNumberProperty(name, value.getAsLong());
    } else {
      json.writeNullProperty(name);
    }
  }
}
