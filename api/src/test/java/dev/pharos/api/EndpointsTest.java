package dev.pharos.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.api.jaeger.JaegerApi;
import dev.pharos.api.loki.LokiApi;
import dev.pharos.api.pharos.ColorsApi;
import dev.pharos.api.pharos.CompareApi;
import dev.pharos.api.pharos.CountsApi;
import dev.pharos.api.pharos.ExceptionsApi;
import dev.pharos.api.pharos.FieldsApi;
import dev.pharos.api.pharos.HeatMapApi;
import dev.pharos.api.pharos.InsightApi;
import dev.pharos.api.pharos.PipelineApi;
import dev.pharos.api.pharos.PipelineConfiguration;
import dev.pharos.api.pharos.PipelineState;
import dev.pharos.api.pharos.StructureApi;
import dev.pharos.api.pharos.TraceAnalysisApi;
import dev.pharos.api.pharos.TraceSketchApi;
import dev.pharos.api.prometheus.PrometheusApi;
import dev.pharos.api.tempo.TempoApi;
import dev.pharos.query.ScanPool;
import dev.pharos.query.promql.PromEngine;
import dev.pharos.query.promql.PromOptions;
import dev.pharos.transport.HttpRoute;
import dev.pharos.transport.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Holds docs/reference/endpoints.md against the routes that are offered.
class EndpointsTest {
  private static final Pattern SECTION = Pattern.compile("## (\\w+)");
  private static final Pattern ROW = Pattern.compile("\\| ([A-Z, ]+) \\| `(/[^`]*)` \\|.*");

  @TempDir Path directory;

  @Test
  void documentsEveryRouteAndNoOther() throws IOException {
    assertThat(offered()).isEqualTo(documented());
  }

  private Map<String, Set<String>> offered() {
    var offered = new TreeMap<String, Set<String>>();
    try (var stored = new StoredTelemetry(directory)) {
      var slots = ApiServer.slots();
      var engine = new PromEngine(stored.series(), PromOptions.STANDARD);
      offered.put(
          "Prometheus",
          texts(
              new PrometheusApi(stored.series(), engine, ApiServer.TENANTS, slots, "").routes("")));
      offered.put(
          "Loki",
          texts(
              new LokiApi(stored.logs(), ScanPool.NONE, ApiServer.TENANTS, slots, "").routes("")));
      offered.put(
          "Tempo",
          texts(
              new TempoApi(stored.traces(), ScanPool.NONE, ApiServer.TENANTS, slots, "")
                  .routes("")));
      offered.put(
          "Jaeger",
          texts(
              new JaegerApi(stored.traces(), ScanPool.NONE, ApiServer.TENANTS, slots).routes("")));
      offered.put("Pharos", texts(pharos(stored, slots)));
    }
    return offered;
  }

  private static List<Route> pharos(StoredTelemetry stored, QuerySlots slots) {
    var routes =
        new ArrayList<Route>(
            new InsightApi(
                    stored.summaries(), stored.traces(), ScanPool.NONE, ApiServer.TENANTS, slots)
                .routes(""));
    routes.addAll(
        new HeatMapApi(stored.traces(), ScanPool.NONE, ApiServer.TENANTS, slots).routes(""));
    routes.addAll(
        new CompareApi(stored.traces(), ScanPool.NONE, ApiServer.TENANTS, slots).routes(""));
    routes.addAll(
        new ExceptionsApi(stored.traces(), ScanPool.NONE, ApiServer.TENANTS, slots).routes(""));
    routes.addAll(
        new StructureApi(stored.traces(), ScanPool.NONE, ApiServer.TENANTS, slots).routes(""));
    routes.addAll(
        new ColorsApi(stored.summaries(), stored.serviceNumbers(), ApiServer.TENANTS, slots)
            .routes(""));
    routes.addAll(
        new CountsApi(
                stored.traces(),
                stored.logs(),
                stored.series(),
                stored.summaries(),
                ScanPool.NONE,
                ApiServer.TENANTS,
                slots)
            .routes(""));
    routes.addAll(new FieldsApi(stored.logs(), ScanPool.NONE, ApiServer.TENANTS, slots).routes(""));
    routes.addAll(new TraceAnalysisApi(stored.traces(), ApiServer.TENANTS, slots).routes(""));
    routes.addAll(new TraceSketchApi(stored.traces(), ApiServer.TENANTS, slots).routes(""));
    PipelineState.Source none =
        new PipelineState.Source() {
          @Override
          public PipelineState state() {
            return PipelineState.NONE;
          }

          @Override
          public PipelineConfiguration configuration() {
            return PipelineConfiguration.NONE;
          }
        };
    routes.addAll(new PipelineApi(none, ApiServer.CLOCK).routes(""));
    return routes;
  }

  private static Set<String> texts(List<Route> routes) {
    return routes.stream()
        .map(HttpRoute.class::cast)
        .map(
            route ->
                route.methods().stream().sorted().collect(Collectors.joining(", "))
                    + " "
                    + route.path())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, Set<String>> documented() throws IOException {
    var documented = new TreeMap<String, Set<String>>();
    String section = "";
    for (String line : Files.readAllLines(page())) {
      Matcher title = SECTION.matcher(line);
      Matcher row = ROW.matcher(line);
      if (title.matches()) {
        section = title.group(1);
      } else if (row.matches()) {
        documented
            .computeIfAbsent(section, ignored -> new TreeSet<>())
            .add(row.group(1) + " " + row.group(2));
      }
    }
    return documented;
  }

  private static Path page() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path page = at.resolve("docs/reference/endpoints.md");
      if (Files.exists(page)) {
        return page;
      }
    }
    throw new IllegalStateException(
        "docs/reference/endpoints.md is nowhere above " + Path.of("").toAbsolutePath());
  }
}
