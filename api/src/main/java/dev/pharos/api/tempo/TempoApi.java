package dev.pharos.api.tempo;

import dev.pharos.api.ApiRoutes;
import dev.pharos.api.Errors;
import dev.pharos.api.QuerySlots;
import dev.pharos.api.Tenants;
import dev.pharos.api.json.BuildInfo;
import dev.pharos.api.json.Json;
import dev.pharos.model.Ids;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.proto.ProtoWriter;
import dev.pharos.query.QueryContext;
import dev.pharos.query.ScanPool;
import dev.pharos.query.traceql.SearchRequest;
import dev.pharos.query.traceql.SearchResult;
import dev.pharos.query.traceql.TagView;
import dev.pharos.query.traceql.TraceqlEngine;
import dev.pharos.store.read.TraceReader;
import dev.pharos.transport.Body;
import dev.pharos.transport.HttpReply;
import dev.pharos.transport.HttpRequest;
import dev.pharos.transport.Route;
import dev.pharos.wire.otlp.OtlpCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The routes of Tempo's HTTP API. Errors are plain text, as Tempo's are. Any thread.
public final class TempoApi {
  private static final Errors ERRORS =
      Errors.byStatus((reply, status, message) -> reply.sendText(status, message));

  private static final String PROTOBUF = "application/protobuf";
  private static final int TRACE_FIELD = 1 << 3 | 2;

  private final TraceReader traces;
  private final TraceqlEngine engine;
  private final TagView tags;
  private final Tenants tenants;
  private final QuerySlots slots;
  private final String version;

  /// @param pool where blocks are read and filtered
  public TempoApi(
      TraceReader traces, ScanPool pool, Tenants tenants, QuerySlots slots, String version) {
    this.traces = traces;
    this.engine = new TraceqlEngine(traces, pool);
    this.tags = new TagView(traces);
    this.tenants = tenants;
    this.slots = slots;
    this.version = version;
  }

  /// @param prefix of all paths, without a trailing slash: empty on Tempo's own port
  public List<Route> routes(String prefix) {
    return new ApiRoutes(prefix, ERRORS)
        .get("/api/traces/{id}", this::traceV1)
        .get("/api/v2/traces/{id}", this::traceV2)
        .get("/api/search", this::search)
        .get("/api/search/tags", this::tagsV1)
        .get("/api/v2/search/tags", this::tagsV2)
        .get("/api/search/tag/{tag}/values", this::valuesV1)
        .get("/api/v2/search/tag/{tag}/values", this::valuesV2)
        .get("/api/echo", (request, reply) -> reply.sendText(200, "echo"))
        .get("/api/status/buildinfo", this::buildInfo)
        .get("/ready", (request, reply) -> reply.sendText(200, "ready\n"))
        .routes();
  }

  /// The trace as `{batches: [...]}`, or as protobuf, which looks like an export request; 404 if there is none.
  private void traceV1(HttpRequest request, HttpReply reply) {
    SpanBatch spans = trace(request);
    if (spans.rows() == 0) {
      reply.sendText(404, "trace not found");
    } else if (wantsProtobuf(request)) {
      reply.send(200, PROTOBUF, Body.of(OtlpCodec.TRACES.encode(spans)));
    } else {
      reply.send(200, Json.CONTENT_TYPE, Body.of(named(spans, "batches")));
    }
  }

  /// The trace within a TraceByIDResponse; an unknown one is an empty trace.
  private void traceV2(HttpRequest request, HttpReply reply) {
    SpanBatch spans = trace(request);
    if (wantsProtobuf(request)) {
      byte[] trace = OtlpCodec.TRACES.encode(spans);
      var out = new ProtoWriter(trace.length + 16);
      out.bytes(TRACE_FIELD, trace, 0, trace.length);
      reply.send(200, PROTOBUF, Body.of(out.toByteArray()));
    } else {
      String trace =
          spans.rows() == 0
              ? "{}"
              : new String(named(spans, "resourceSpans"), StandardCharsets.UTF_8);
      reply.send(200, Json.CONTENT_TYPE, Body.of("{\"trace\":" + trace + ",\"metrics\":{}}"));
    }
  }

  private SpanBatch trace(HttpRequest request) {
    String id = request.pathParameter("id");
    var parameters = new TempoParameters(request);
    return traces.trace(
        tenants.of(request),
        Ids.traceHi(id),
        Ids.traceLo(id),
        parameters.startNanos(),
        parameters.endNanos());
  }

  private static boolean wantsProtobuf(HttpRequest request) {
    return request.headers().first("accept").orElse("").toLowerCase(Locale.ROOT).contains(PROTOBUF);
  }

  /// A request in protobuf's JSON mapping whose one property has this name.
  private static byte[] named(SpanBatch spans, String name) {
    String json = new String(OtlpCodec.TRACES.encodeProtobufJson(spans), StandardCharsets.UTF_8);
    return json.replaceFirst("\"resourceSpans\"", '"' + name + '"')
        .getBytes(StandardCharsets.UTF_8);
  }

  private void search(HttpRequest request, HttpReply reply) {
    var parameters = new TempoParameters(request);
    String query = parameters.text("q");
    if (query.isEmpty()) {
      query =
          LegacyTags.query(
              parameters.text("tags"),
              parameters.text("minDuration"),
              parameters.text("maxDuration"));
    }
    var asked =
        new SearchRequest(
            query,
            parameters.startNanos(),
            parameters.endNanos(),
            parameters.limit(),
            parameters.spansPerSet());
    try (QueryContext context = slots.open(request, tenants.of(request))) {
      SearchResult result = engine.search(asked, context);
      Json.send(reply, 200, json -> TempoJson.search(json, result));
    }
  }

  private Map<TagView.Scope, List<String>> names(HttpRequest request) {
    var parameters = new TempoParameters(request);
    String scope = parameters.text("scope");
    Optional<TagView.Scope> only =
        scope.isEmpty() || scope.equals("none") ? Optional.empty() : TagView.Scope.find(scope);
    if (only.isEmpty() && !scope.isEmpty() && !scope.equals("none")) {
      throw new IllegalArgumentException("invalid scope: " + scope);
    }
    try (QueryContext context = slots.open(request, tenants.of(request))) {
      return tags.names(
          only, parameters.startNanos(), parameters.endNanos(), parameters.tagLimit(), context);
    }
  }

  private void tagsV1(HttpRequest request, HttpReply reply) {
    List<String> all = names(request).values().stream().flatMap(List::stream).distinct().toList();
    Json.send(
        reply,
        200,
        json -> {
          json.writeStartObject();
          json.writeArrayPropertyStart("tagNames");
          all.forEach(json::writeString);
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private void tagsV2(HttpRequest request, HttpReply reply) {
    Map<TagView.Scope, List<String>> scopes = names(request);
    Json.send(
        reply,
        200,
        json -> {
          json.writeStartObject();
          json.writeArrayPropertyStart("scopes");
          scopes.forEach(
              (scope, names) -> {
                json.writeStartObject();
                json.writeStringProperty("name", scope.word());
                json.writeArrayPropertyStart("tags");
                names.forEach(json::writeString);
                json.writeEndArray();
                json.writeEndObject();
              });
          json.writeEndArray();
          json.writeObjectPropertyStart("metrics");
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  private List<TagView.TagValue> values(HttpRequest request) {
    var parameters = new TempoParameters(request);
    try (QueryContext context = slots.open(request, tenants.of(request))) {
      return tags.values(
          request.pathParameter("tag"),
          parameters.text("q"),
          parameters.startNanos(),
          parameters.endNanos(),
          parameters.tagLimit(),
          context);
    }
  }

  private void valuesV1(HttpRequest request, HttpReply reply) {
    List<String> texts = values(request).stream().map(TagView.TagValue::value).distinct().toList();
    Json.send(
        reply,
        200,
        json -> {
          json.writeStartObject();
          json.writeArrayPropertyStart("tagValues");
          texts.forEach(json::writeString);
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private void valuesV2(HttpRequest request, HttpReply reply) {
    List<TagView.TagValue> found = values(request);
    Json.send(
        reply,
        200,
        json -> {
          json.writeStartObject();
          json.writeArrayPropertyStart("tagValues");
          found.forEach(
              value -> {
                json.writeStartObject();
                json.writeStringProperty("type", value.type());
                json.writeStringProperty("value", value.value());
                json.writeEndObject();
              });
          json.writeEndArray();
          json.writeObjectPropertyStart("metrics");
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  private void buildInfo(HttpRequest request, HttpReply reply) {
    Json.send(reply, 200, json -> BuildInfo.write(json, "3.0.0", version));
  }
}
