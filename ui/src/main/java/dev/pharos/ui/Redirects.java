package dev.pharos.ui;

import dev.pharos.transport.Address;
import dev.pharos.transport.Body;
import dev.pharos.transport.HttpReply;
import dev.pharos.transport.HttpRequest;
import dev.pharos.transport.HttpRoute;
import dev.pharos.transport.Parameters;
import dev.pharos.transport.Route;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Leads browsers that open the ports of Prometheus and Jaeger to the UI's page of the same meaning. Any thread.
///
/// The host stays the one that the browser asked for, so that the way through a tunnel or a container's port works.
///
/// @param pages where the UI listens; empty while it does not, which answers 404
public record Redirects(Supplier<Optional<Address>> pages) {
  /// The metrics page's queries, `a` to `e`.
  private static final int QUERIES = 5;

  private static final Pattern RANGE = Pattern.compile("\\d+(ms|[smhdwy])");

  /// `/` and `/graph` of Prometheus' port.
  public List<Route> ofPrometheus() {
    return List.of(route("/", request -> "/"), route("/graph", Redirects::graph));
  }

  /// `/`, `/search` and `/trace/{id}` of Jaeger's port.
  public List<Route> ofJaeger() {
    return List.of(
        route("/", request -> "/traces"),
        route("/search", Redirects::search),
        route("/trace/{id}", Redirects::trace));
  }

  private Route route(String path, Function<HttpRequest, String> target) {
    return HttpRoute.of("GET", path, (request, reply) -> lead(request, reply, target));
  }

  private void lead(HttpRequest request, HttpReply reply, Function<HttpRequest, String> target) {
    Optional<Address> there = pages.get();
    if (there.isEmpty()) {
      reply.sendText(404, "the UI is switched off: key endpoint of extension query is empty\n");
      return;
    }
    String host = request.headers().first("host").map(Redirects::withoutPort).orElse("localhost");
    reply
        .header("Location", "http://" + host + ":" + there.get().port() + target.apply(request))
        .send(302, "", Body.EMPTY);
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }

  /// Prometheus' `g0.expr`, `g0.range_input` and `g0.end_input`, with the panels after the first.
  private static String graph(HttpRequest request) {
    Parameters query = request.query();
    List<String> to = new ArrayList<>();
    for (int panel = 0; panel < QUERIES; panel++) {
      int number = panel;
      query
          .first("g" + number + ".expr")
          .ifPresent(expression -> add(to, String.valueOf((char) ('a' + number)), expression));
    }
    query
        .first("g0.range_input")
        .filter(range -> RANGE.matcher(range).matches())
        .ifPresent(range -> add(to, "t", "now-" + range));
    return "/metrics" + joined(to);
  }

  /// Jaeger's `service`, `operation`, `minDuration`, `maxDuration`, and `start` and `end` in microseconds.
  private static String search(HttpRequest request) {
    Parameters query = request.query();
    List<String> to = new ArrayList<>();
    chip(to, query, "service", "service.name=");
    chip(to, query, "operation", "name=");
    chip(to, query, "minDuration", "duration>=");
    chip(to, query, "maxDuration", "duration<=");
    Optional<String> lookback =
        query.first("lookback").filter(text -> RANGE.matcher(text).matches());
    if (lookback.isPresent()) {
      add(to, "t", "now-" + lookback.get());
    } else {
      instant(query, "start")
          .flatMap(start -> instant(query, "end").map(end -> start + ".." + end))
          .ifPresent(range -> add(to, "t", range));
    }
    return "/traces" + joined(to);
  }

  private static String trace(HttpRequest request) {
    return "/trace/" + URLEncoder.encode(request.pathParameter("id"), StandardCharsets.UTF_8);
  }

  private static void chip(List<String> to, Parameters query, String name, String keyAndOperator) {
    query
        .first(name)
        .filter(value -> !value.isEmpty() && !value.equals("all"))
        .ifPresent(value -> add(to, "f", keyAndOperator + value));
  }

  private static Optional<String> instant(Parameters query, String name) {
    return query
        .first(name)
        .filter(text -> text.matches("\\d{1,18}"))
        .map(micros -> Instant.ofEpochMilli(Long.parseLong(micros) / 1_000).toString());
  }

  private static void add(List<String> to, String name, String value) {
    to.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
  }

  private static String joined(List<String> pairs) {
    return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
  }
}
