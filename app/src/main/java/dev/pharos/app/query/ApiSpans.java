package dev.pharos.app.query;

import dev.pharos.observe.Registry;
import dev.pharos.observe.SpanTap;
import dev.pharos.transport.Body;
import dev.pharos.transport.HttpHandler;
import dev.pharos.transport.HttpReply;
import dev.pharos.transport.HttpRequest;
import dev.pharos.transport.HttpRoute;
import dev.pharos.transport.HttpStream;
import dev.pharos.transport.Route;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// A server span for each request to an API (OpenTelemetry semantic conventions for HTTP), and its duration as a
/// histogram. A client's `traceparent` (W3C Trace Context) is gone on with; a trace that the client does not sample has
/// no spans here. Any thread.
final class ApiSpans {
  private static final int SERVER = 2;
  private static final int INTERNAL_ERROR = 500;

  /// Longer queries are cut in the attribute `url.query`.
  private static final int MAX_QUERY = 4096;

  private final SpanTap spans;
  private final Registry registry;
  private final Clock clock;

  ApiSpans(SpanTap spans, Registry registry, Clock clock) {
    this.spans = spans;
    this.registry = registry;
    this.clock = clock;
  }

  /// The same routes with spans; own metrics are left alone, since collecting them is no use of an API.
  List<Route> around(List<Route> routes) {
    List<Route> traced = new ArrayList<>(routes.size());
    for (Route route : routes) {
      traced.add(
          route instanceof HttpRoute http && !http.path().equals("/metrics")
              ? http.withHandler(traced(http.path(), http.handler()))
              : route);
    }
    return traced;
  }

  private HttpHandler traced(String path, HttpHandler handler) {
    return (request, reply) -> {
      Instant began = clock.instant();
      long startNanos = System.nanoTime();
      var watched = new Watched(reply);
      try {
        handler.handle(request, watched);
      } catch (RuntimeException e) {
        watched.status = INTERNAL_ERROR;
        throw e;
      } finally {
        long nanos = System.nanoTime() - startNanos;
        int status = watched.status;
        registry
            .seconds(
                "pharos_api_request_duration_seconds",
                "Time to answer requests to the APIs.",
                "http_route",
                path,
                "http_response_status_code",
                Integer.toString(status))
            .record(nanos / 1e9);
        TraceParent parent = TraceParent.parse(request.headers().first("traceparent").orElse(""));
        if (parent.sampled()) {
          spans.add(span(path, request, parent, nanos(began), nanos, status));
        }
      }
    };
  }

  private static SpanTap.Span span(
      String path,
      HttpRequest request,
      TraceParent parent,
      long startNanos,
      long nanos,
      int status) {
    List<Object> attributes = new ArrayList<>();
    attributes.add("http.request.method");
    attributes.add(request.method());
    attributes.add("http.route");
    attributes.add(path);
    attributes.add("url.path");
    attributes.add(request.path());
    String query = request.rawQuery();
    if (!query.isEmpty()) {
      attributes.add("url.query");
      attributes.add(query.length() > MAX_QUERY ? query.substring(0, MAX_QUERY) : query);
    }
    attributes.add("http.response.status_code");
    attributes.add((long) status);
    return new SpanTap.Span(
        parent.traceHi(),
        parent.traceLo(),
        nonZero(),
        parent.spanId(),
        request.method() + " " + path,
        SERVER,
        startNanos,
        startNanos + nanos,
        List.copyOf(attributes),
        status >= 500 ? "answered " + status : "");
  }

  private static long nonZero() {
    return ThreadLocalRandom.current().nextLong() | 1;
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }

  /// Remembers the status of the answer; 0 until there is one.
  private static final class Watched implements HttpReply {
    private final HttpReply reply;
    private volatile int status;

    Watched(HttpReply reply) {
      this.reply = reply;
    }

    @Override
    public HttpReply header(String name, String value) {
      reply.header(name, value);
      return this;
    }

    @Override
    public void send(int code, String contentType, Body body) {
      status = code;
      reply.send(code, contentType, body);
    }

    @Override
    public HttpStream stream(int code, String contentType) {
      status = code;
      return reply.stream(code, contentType);
    }
  }
}
