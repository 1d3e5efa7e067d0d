package dev.pharos.api.pharos;

import dev.pharos.api.ApiRoutes;
import dev.pharos.api.QuerySlots;
import dev.pharos.api.Tenants;
import dev.pharos.api.json.Json;
import dev.pharos.model.Tenant;
import dev.pharos.query.QueryContext;
import dev.pharos.store.read.ServiceNumbers;
import dev.pharos.store.read.SummaryRange;
import dev.pharos.store.read.SummaryReader;
import dev.pharos.transport.HttpReply;
import dev.pharos.transport.HttpRequest;
import dev.pharos.transport.Route;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The route of the numbers that colours of services go by. Any thread.
public final class ColorsApi {
  private static final long MINUTE_NANOS = 60_000_000_000L;
  private static final String SERVICE = "service.name";

  private final SummaryReader summaries;
  private final ServiceNumbers numbers;
  private final Tenants tenants;
  private final QuerySlots slots;

  public ColorsApi(
      SummaryReader summaries, ServiceNumbers numbers, Tenants tenants, QuerySlots slots) {
    this.summaries = summaries;
    this.numbers = numbers;
    this.tenants = tenants;
    this.slots = slots;
  }

  /// @param prefix of all paths, without a trailing slash
  public List<Route> routes(String prefix) {
    return new ApiRoutes(prefix, new PharosErrors()).get("/api/v1/colors", this::colors).routes();
  }

  private void colors(HttpRequest request, HttpReply reply) {
    var parameters = new PharosParameters(request);
    Tenant tenant = tenants.of(request);
    if (!parameters.text("start").isEmpty() || !parameters.text("end").isEmpty()) {
      long start = parameters.startNanos();
      long end = parameters.endNanos();
      try (QueryContext context = slots.open(request, tenant)) {
        numbers.of(tenant, services(tenant, start, end));
        context.check();
      }
    }
    Map<String, Integer> all = new TreeMap<>(numbers.all(tenant));
    Json.send(
        reply,
        200,
        json -> {
          json.writeStartObject();
          json.writeObjectPropertyStart("colors");
          all.forEach(json::writeNumberProperty);
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  /// Services with spans or log records.
  private Set<String> services(Tenant tenant, long start, long end) {
    long from = Math.floorDiv(start, MINUTE_NANOS) * MINUTE_NANOS;
    long to = Math.ceilDiv(end, MINUTE_NANOS) * MINUTE_NANOS;
    var range = new SummaryRange(tenant, from, to, to - from);
    var names = new TreeSet<String>();
    summaries.spans(range).stream()
        .filter(each -> !each.other())
        .forEach(each -> names.add(each.service()));
    summaries.logs(range).stream()
        .filter(each -> !each.other())
        .forEach(each -> names.add(each.stream().get(SERVICE)));
    return names;
  }
}
