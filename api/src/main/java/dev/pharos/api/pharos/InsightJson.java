package dev.pharos.api.pharos;

import dev.pharos.insight.Away;
import dev.pharos.insight.Baseline;
import dev.pharos.insight.Chart;
import dev.pharos.insight.Cost;
import dev.pharos.insight.Figures;
import dev.pharos.insight.Grid;
import dev.pharos.insight.Insight;
import dev.pharos.insight.Overview;
import dev.pharos.insight.ServiceMap;
import dev.pharos.insight.ServicePage;
import dev.pharos.insight.ServiceState;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/// Writes answers about services. One thread.
final class InsightJson {
  private static final long MILLI = 1_000_000L;
  private static final String[] KINDS = {
    "internal", "internal", "server", "client", "producer", "consumer"
  };

  private final JsonGenerator json;
  private final Numbers numbers;
  private final FindingJson findings;
  private final long beganNanos;

  /// @param beganNanos when work on the answer began, as [System#nanoTime]
  InsightJson(JsonGenerator json, long beganNanos) {
    this.json = json;
    this.numbers = new Numbers(json);
    this.findings = new FindingJson(json);
    this.beganNanos = beganNanos;
  }

  void overview(Overview overview) {
    json.writeStartObject();
    grid(overview.grid());
    baseline(overview.baseline());
    array("services", overview.services(), this::service);
    findings.findings(overview.findings());
    findings.changes(overview.changes());
    json.writeObjectPropertyStart("totals");
    numbers.longs("calls", overview.totals().calls());
    numbers.longs("errors", overview.totals().errors());
    numbers.longs("logLines", overview.totals().logLines());
    numbers.longs("errorLogs", overview.totals().errorLogs());
    json.writeEndObject();
    cost(overview.cost());
    json.writeEndObject();
  }

  void service(ServicePage page) {
    json.writeStartObject();
    grid(page.grid());
    json.writeObjectPropertyStart("service");
    service(page.service());
    json.writeEndObject();
    baseline(page.baseline());
    json.writeObjectPropertyStart("series");
    Chart chart = page.service().chart();
    numbers.longs("calls", chart.calls());
    numbers.longs("errors", chart.errors());
    numbers.numbers("p50Nanos", chart.p50Nanos());
    numbers.numbers("p95Nanos", chart.p95Nanos());
    numbers.numbers("p99Nanos", chart.p99Nanos());
    json.writeEndObject();
    array("operations", page.operations(), this::operation);
    array("dependsOn", page.dependsOn(), each -> neighbour(each, true));
    array("usedBy", page.usedBy(), each -> neighbour(each, false));
    array("instances", page.instances(), this::instance);
    array("deploys", page.deploys(), this::deploy);
    json.writeObjectPropertyStart("logs");
    json.writeObjectPropertyStart("levels");
    numbers.longs("error", page.errorLogs());
    numbers.longs("warn", page.warnLogs());
    numbers.longs("info", page.infoLogs());
    numbers.longs("other", page.otherLogs());
    json.writeEndObject();
    json.writeEndObject();
    findings.changes(page.changes());
    cost(page.cost());
    json.writeEndObject();
  }

  void map(ServiceMap map) {
    json.writeStartObject();
    grid(map.grid());
    array("nodes", map.nodes(), this::node);
    array("edges", map.edges(), this::edge);
    cost(map.cost());
    json.writeEndObject();
  }

  void changes(Insight.ChangeList changes) {
    json.writeStartObject();
    findings.changes(changes.changes());
    cost(changes.cost());
    json.writeEndObject();
  }

  private <T> void array(String name, List<T> values, Consumer<T> write) {
    json.writeArrayPropertyStart(name);
    for (T value : values) {
      json.writeStartObject();
      write.accept(value);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void grid(Grid grid) {
    numbers.millis("start", grid.startNanos());
    numbers.millis("end", grid.endNanos());
    json.writeNumberProperty("stepSeconds", grid.stepNanos() / 1_000_000_000L);
  }

  private void baseline(Baseline baseline) {
    boolean none = baseline.kind() == Baseline.Kind.NONE;
    json.writeObjectPropertyStart("baseline");
    json.writeStringProperty("kind", baseline.kind().name().toLowerCase(Locale.ROOT));
    numbers.millis("start", none ? OptionalLong.empty() : OptionalLong.of(baseline.startNanos()));
    numbers.millis("end", none ? OptionalLong.empty() : OptionalLong.of(baseline.endNanos()));
    json.writeEndObject();
  }

  private void service(ServiceState service) {
    json.writeStringProperty("name", service.name());
    numbers.text("language", service.language());
    numbers.text("version", service.version());
    numbers.millis("versionSince", service.versionSinceNanos());
    numbers.number("instances", service.instances() == 0 ? Double.NaN : service.instances());
    figures(service.figures());
    was(service.was());
    away(service.away());
    json.writeNumberProperty("errorLogs", service.errorLogs());
    json.writeNumberProperty("logs", service.logs());
    json.writeObjectPropertyStart("series");
    red(service.chart());
    json.writeEndObject();
  }

  private void red(Chart chart) {
    numbers.longs("calls", chart.calls());
    numbers.longs("errors", chart.errors());
    numbers.numbers("p95Nanos", chart.p95Nanos());
  }

  private void operation(ServicePage.Operation operation) {
    json.writeStringProperty("name", operation.name());
    int kind = operation.kind();
    json.writeStringProperty("kind", kind >= 0 && kind < KINDS.length ? KINDS[kind] : KINDS[0]);
    figures(operation.figures());
    was(operation.was());
    numbers.number("impact", operation.impact());
    numbers.number("away", operation.away().score());
    numbers.numbers("p95Series", operation.p95Nanos());
  }

  private void neighbour(ServicePage.Neighbour neighbour, boolean called) {
    json.writeStringProperty("service", neighbour.service());
    if (called) {
      json.writeBooleanProperty("external", neighbour.external());
      numbers.text("system", neighbour.system());
    }
    figures(neighbour.figures());
    was(neighbour.was());
    if (called) {
      numbers.number("timeShare", neighbour.timeShare());
    }
  }

  private void instance(ServicePage.Instance instance) {
    numbers.text("instance", instance.instance());
    numbers.text("version", instance.version());
    figures(instance.figures());
    numbers.number("away", instance.away());
    json.writeObjectPropertyStart("attributes");
    instance.attributes().forEach(json::writeStringProperty);
    json.writeEndObject();
  }

  private void deploy(ServicePage.Deploy deploy) {
    json.writeStringProperty("version", deploy.version());
    numbers.millis(
        "since",
        deploy.sinceNanos() == 0 ? OptionalLong.empty() : OptionalLong.of(deploy.sinceNanos()));
    numbers.number("p95Factor", deploy.p95Factor());
    numbers.number("errorShareWas", deploy.errorShareWas());
    numbers.number("errorShare", deploy.errorShare());
  }

  private void node(ServiceMap.Node node) {
    json.writeStringProperty("name", node.name());
    json.writeBooleanProperty("external", node.external());
    numbers.text("system", node.system());
    figures(node.figures());
    numbers.number("away", node.away());
    numbers.numbers("p95Series", node.p95Nanos());
  }

  private void edge(ServiceMap.Edge edge) {
    json.writeStringProperty("client", edge.client());
    json.writeStringProperty("server", edge.server());
    figures(edge.figures());
    was(edge.was());
    numbers.number("away", edge.away());
    json.writeBooleanProperty("origin", edge.origin());
    json.writeObjectPropertyStart("series");
    red(edge.chart());
    json.writeEndObject();
  }

  private void figures(Figures figures) {
    numbers.number("rate", figures.rate());
    numbers.number("errorShare", figures.errorShare());
    numbers.number("p50Nanos", figures.p50Nanos());
    numbers.number("p95Nanos", figures.p95Nanos());
    numbers.number("p99Nanos", figures.p99Nanos());
  }

  private void was(Optional<Figures> was) {
    if (was.isEmpty()) {
      json.writeNullProperty("was");
      return;
    }
    json.writeObjectPropertyStart("was");
    numbers.number("rate", was.get().rate());
    numbers.number("errorShare", was.get().errorShare());
    numbers.number("p95Nanos", was.get().p95Nanos());
    json.writeEndObject();
  }

  private void away(Away away) {
    numbers.number("away", away.score());
    json.writeArrayPropertyStart("awayIn");
    away.in().stream().sorted().map(Away.Kind::text).forEach(json::writeString);
    json.writeEndArray();
    numbers.millis("since", away.sinceNanos());
    if (away.why().isEmpty()) {
      json.writeNullProperty("why");
    } else {
      FindingJson.cause(json, numbers, "why", away.why().get());
    }
  }

  private void cost(Cost cost) {
    Costs.write(json, beganNanos, cost.total());
  }
}
