package dev.pharos.wire.workload;

import java.util.ArrayList;
import java.util.List;

/// Trace requests of the ticketing site: whole traces, grouped by service as a gateway does. One thread at a time.
public final class SpanWorkload {
  private static final List<String> TABLES =
      List.of("journeys", "seats", "passengers", "reservations", "payments", "fares");
  private static final List<String[]> CALLS =
      List.of(
          new String[] {"rail.Seating", "HoldSeats"},
          new String[] {"rail.Fares", "QuoteFare"},
          new String[] {"rail.Timetable", "NextDepartures"},
          new String[] {"rail.Billing", "CaptureCharge"},
          new String[] {"rail.Passengers", "LoadProfile"});
  private static final List<String> FUNCTIONS =
      List.of("rankConnections", "priceBasket", "mergeDelays", "checkConcession", "renderTicket");
  private static final int ATTRIBUTES = 9;
  private static final int EVENT_ATTRIBUTES = 3;

  private final Stamps random;

  /// The same seed gives the same requests.
  public SpanWorkload(long seed) {
    random = new Stamps(seed);
  }

  /// A request of `count` spans in traces of 5 to 30; the last trace may be shorter.
  public Template request(int count) {
    var plan = new ArrayList<TracePlan.Span>(count);
    int traces = 0;
    while (plan.size() < count) {
      int length = Math.min(5 + random.below(26), count - plan.size());
      plan.addAll(TracePlan.of(random, traces++, plan.size(), length));
    }
    var out = new TemplateWriter();
    for (int service = 0; service < Site.SERVICES.size(); service++) {
      int own = service;
      List<TracePlan.Span> spans = plan.stream().filter(s -> s.service() == own).toList();
      if (!spans.isEmpty()) {
        out.message(1, () -> group(out, own, spans));
      }
    }
    return new Template(out, count, traces, count, (series, to, at, stamps, now) -> {});
  }

  private void group(TemplateWriter out, int service, List<TracePlan.Span> spans) {
    Site.resource(out, service, random.below(Site.INSTANCES));
    out.message(
        2,
        () -> {
          out.message(
              1,
              () -> {
                out.text(1, "io.opentelemetry.netty-4.1");
                out.text(2, "2.21.0-alpha");
              });
          for (TracePlan.Span span : spans) {
            out.message(2, () -> span(out, span));
          }
        });
  }

  private void span(TemplateWriter out, TracePlan.Span span) {
    out.id(1, Hole.TRACE_ID, span.trace());
    out.id(2, Hole.SPAN_ID, span.id());
    if (span.parent() >= 0) {
      out.id(4, Hole.SPAN_ID, span.parent());
    }
    boolean rpc = span.parent() >= 0 && span.id() % 3 == 0;
    switch (span.kind()) {
      case DATABASE -> database(out, span);
      case INTERNAL -> internal(out, span);
      case CLIENT -> {
        if (rpc) {
          call(out, span, 3);
        } else {
          httpClient(out, span);
        }
      }
      case SERVER -> {
        if (rpc) {
          call(out, span, 2);
        } else {
          httpServer(out, span);
        }
      }
    }
    out.attribute(ATTRIBUTES, "thread.id", 20 + random.below(180));
    out.attribute(ATTRIBUTES, "thread.name", "http-epoll-" + (10 + random.below(40)));
    if (span.failed() || random.below(1000) < 30) {
      out.message(11, () -> exception(out, span));
    }
    if (span.failed()) {
      out.message(
          15,
          () -> {
            out.text(2, "timeout");
            out.number(3, 2);
          });
    }
  }

  private static void head(TemplateWriter out, TracePlan.Span span, String name, int kind) {
    out.text(5, name);
    out.number(6, kind);
    out.time(7, span.startNanos());
    out.time(8, span.endNanos());
  }

  private void database(TemplateWriter out, TracePlan.Span span) {
    String table = Site.pick(random, TABLES);
    head(out, span, "SELECT railway." + table, 3);
    out.attribute(ATTRIBUTES, "db.system.name", "postgresql");
    out.attribute(ATTRIBUTES, "db.namespace", "railway");
    out.attribute(ATTRIBUTES, "db.operation.name", "SELECT");
    out.attribute(ATTRIBUTES, "db.collection.name", table);
    out.attribute(
        ATTRIBUTES,
        "db.query.text",
        "SELECT id, state, valid_from FROM " + table + " WHERE id = $1 AND tenant = $2");
    out.attribute(ATTRIBUTES, "server.address", "pg-main.data.internal");
    out.attribute(ATTRIBUTES, "server.port", 5432);
    out.attribute(ATTRIBUTES, "db.response.returned_rows", random.below(200));
  }

  private void internal(TemplateWriter out, TracePlan.Span span) {
    String function = Site.pick(random, FUNCTIONS);
    String owner = Site.SERVICES.get(span.service()).substring("rail-".length());
    head(out, span, function, 1);
    out.attribute(ATTRIBUTES, "code.namespace", "io.railway." + owner + ".domain.Planner");
    out.attribute(ATTRIBUTES, "code.function.name", function);
    out.attribute(ATTRIBUTES, "app.candidates", random.below(40));
    out.attribute(ATTRIBUTES, "app.cache.hit", random.below(3) > 0);
    out.attribute(ATTRIBUTES, "app.passenger.id", Text.of("p-").digits(7));
    out.attribute(ATTRIBUTES, "session.id", Text.of("").hex(16));
    out.attribute(ATTRIBUTES, "feature_flag.key", "fares-v" + (1 + random.below(3)));
  }

  private void call(TemplateWriter out, TracePlan.Span span, int kind) {
    String[] call = Site.pick(random, CALLS);
    head(out, span, call[0] + "/" + call[1], kind);
    out.attribute(ATTRIBUTES, "rpc.system", "grpc");
    out.attribute(ATTRIBUTES, "rpc.service", call[0]);
    out.attribute(ATTRIBUTES, "rpc.method", call[1]);
    out.attribute(ATTRIBUTES, "rpc.grpc.status_code", span.failed() ? 4 : 0);
    out.attribute(ATTRIBUTES, "app.passenger.id", Text.of("p-").digits(7));
    out.attribute(ATTRIBUTES, "rpc.message.uncompressed_size", 80 + random.below(4000));
    peer(out);
  }

  private void httpServer(TemplateWriter out, TracePlan.Span span) {
    String[] route = Site.pick(random, Site.ROUTES);
    String method = Site.pick(random, Site.METHODS);
    head(out, span, method + " " + route[0], 2);
    out.attribute(ATTRIBUTES, "http.request.method", method);
    out.attribute(ATTRIBUTES, "http.route", route[0]);
    out.attribute(ATTRIBUTES, "url.query", Text.of("t=").digits(6));
    out.attribute(ATTRIBUTES, "url.path", Text.of(route[1]).digits(6));
    out.attribute(ATTRIBUTES, "http.response.status_code", status(span));
    out.attribute(ATTRIBUTES, "user_agent.original", Site.pick(random, Site.AGENTS));
    out.attribute(ATTRIBUTES, "app.passenger.id", Text.of("p-").digits(7));
    out.attribute(
        ATTRIBUTES,
        "client.address",
        Text.of("10." + random.below(4) + "." + random.below(250) + ".1").digits(1));
    peer(out);
  }

  private void httpClient(TemplateWriter out, TracePlan.Span span) {
    String[] route = Site.pick(random, Site.ROUTES);
    String method = Site.pick(random, Site.METHODS);
    head(out, span, method, 3);
    out.attribute(ATTRIBUTES, "http.request.method", method);
    out.attribute(
        ATTRIBUTES, "url.full", Text.of("https://api.railway.example" + route[1]).digits(6));
    out.attribute(ATTRIBUTES, "url.path", Text.of(route[1]).digits(6));
    out.attribute(ATTRIBUTES, "http.response.status_code", status(span));
    out.attribute(ATTRIBUTES, "http.response.body.size", 200 + random.below(9000));
    out.attribute(ATTRIBUTES, "network.protocol.version", "1.1");
    peer(out);
  }

  private void peer(TemplateWriter out) {
    String service = Site.pick(random, Site.SERVICES);
    out.attribute(ATTRIBUTES, "server.address", service + ".prod.internal");
    out.attribute(ATTRIBUTES, "server.port", 30_000 + random.below(30_000));
  }

  private int status(TracePlan.Span span) {
    if (span.failed()) {
      return 504;
    }
    return random.below(30) == 0 ? 404 : 200;
  }

  private void exception(TemplateWriter out, TracePlan.Span span) {
    out.time(1, span.startNanos() + span.durationNanos() / 10 * 9);
    out.text(2, "exception");
    out.attribute(EVENT_ATTRIBUTES, "exception.type", "java.util.concurrent.TimeoutException");
    out.attribute(
        EVENT_ATTRIBUTES,
        "exception.message",
        Text.of("no answer within ")
            .digits(4)
            .then(" ms from " + Site.pick(random, Site.SERVICES)));
    out.attribute(
        EVENT_ATTRIBUTES,
        "exception.stacktrace",
        """
        java.util.concurrent.TimeoutException: no answer
        \tat java.base/java.util.concurrent.CompletableFuture.timedGet(CompletableFuture.java:2021)
        \tat io.railway.portal.remote.Caller.await(Caller.java:88)
        \tat io.railway.portal.web.JourneyHandler.handle(JourneyHandler.java:141)
        """);
  }
}
