package dev.pharos.api.pharos;

import dev.pharos.insight.Away;
import dev.pharos.insight.Baseline;
import dev.pharos.insight.Cost;
import dev.pharos.insight.Figures;
import dev.pharos.insight.Grid;
import dev.pharos.insight.Overview;
import dev.pharos.insight.ServiceState;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;

/// Writes answers about services. One thread.
final class InsightJson {
  private static final long MILLI = 1_000_000L;

  private final JsonGenerator json;
  private final long beganNanos;

  /// @param beganNanos when work on the answer began, as [System#nanoTime]
  InsightJson(JsonGenerator json, long beganNanos) {
    this.json = json;
    this.beganNanos = beganNanos;
  }

  void overview(Overview overview) {
    json.writeStartObject();
    grid(overview.grid());
    baseline(overview.baseline());
    json.writeArrayPropertyStart("services");
    for (ServiceState service : overview.services()) {
      json.writeStartObject();
      service(service);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("findings");
    json.writeEndArray();
    json.writeArrayPropertyStart("changes");
    json.writeEndArray();
    json.writeObjectPropertyStart("totals");
    longs("calls", overview.totals().calls());
    longs("errors", overview.totals().errors());
    longs("logLines", overview.totals().logLines());
    longs("errorLogs", overview.totals().errorLogs());
    json.writeEndObject();
    cost(overview.cost());
    json.writeEndObject();
  }

  private void grid(Grid grid) {
    json.writeNumberProperty("start", grid.startNanos() / MILLI);
    json.writeNumberProperty("end", grid.endNanos() / MILLI);
    json.writeNumberProperty("stepSeconds", grid.stepNanos() / 1_000_000_000L);
  }

  private void baseline(Baseline baseline) {
    json.writeObjectPropertyStart("baseline");
    json.writeStringProperty("kind", baseline.kind().name().toLowerCase(Locale.ROOT));
    if (baseline.kind() == Baseline.Kind.NONE) {
      json.writeNullProperty("start");
      json.writeNullProperty("end");
    } else {
      json.writeNumberProperty("start", baseline.startNanos() / MILLI);
      json.writeNumberProperty("end", baseline.endNanos() / MILLI);
    }
    json.writeEndObject();
  }

  private void service(ServiceState service) {
    json.writeStringProperty("name", service.name());
    text("language", service.language());
    text("version", service.version());
    millis("versionSince", service.versionSinceNanos());
    if (service.instances() == 0) {
      json.writeNullProperty("instances");
    } else {
      json.writeNumberProperty("instances", service.instances());
    }
    figures(service.figures());
    was(service.was());
    away(service.away());
    json.writeNumberProperty("errorLogs", service.errorLogs());
    json.writeNumberProperty("logs", service.logs());
    json.writeObjectPropertyStart("series");
    longs("calls", service.chart().calls());
    longs("errors", service.chart().errors());
    numbers("p95Nanos", service.chart().p95Nanos());
    json.writeEndObject();
  }

  private void figures(Figures figures) {
    number("rate", figures.rate());
    number("errorShare", figures.errorShare());
    number("p50Nanos", figures.p50Nanos());
    number("p95Nanos", figures.p95Nanos());
    number("p99Nanos", figures.p99Nanos());
  }

  private void was(Optional<Figures> was) {
    if (was.isEmpty()) {
      json.writeNullProperty("was");
      return;
    }
    json.writeObjectPropertyStart("was");
    number("rate", was.get().rate());
    number("errorShare", was.get().errorShare());
    number("p95Nanos", was.get().p95Nanos());
    json.writeEndObject();
  }

  private void away(Away away) {
    number("away", away.score());
    json.writeArrayPropertyStart("awayIn");
    away.in().stream().sorted().map(Away.Kind::text).forEach(json::writeString);
    json.writeEndArray();
    millis("since", away.sinceNanos());
    if (away.why().isEmpty()) {
      json.writeNullProperty("why");
    } else {
      cause("why", away.why().get());
    }
  }

  private void cause(String name, Away.Cause cause) {
    json.writeObjectPropertyStart(name);
    switch (cause) {
      case Away.Cause.Itself i -> json.writeStringProperty("kind", "itself");
      case Away.Cause.Waits waits -> {
        json.writeStringProperty("kind", "waits");
        json.writeStringProperty("service", waits.service());
        number("share", waits.share());
      }
    }
    json.writeEndObject();
  }

  private void cost(Cost cost) {
    json.writeObjectPropertyStart("cost");
    json.writeNumberProperty("millis", (System.nanoTime() - beganNanos) / MILLI);
    json.writeNumberProperty("rows", cost.rows());
    json.writeNumberProperty("blocks", cost.blocks());
    json.writeNumberProperty("skipped", cost.skipped());
    json.writeEndObject();
  }

  private void text(String name, String text) {
    if (text.isEmpty()) {
      json.writeNullProperty(name);
    } else {
      json.writeStringProperty(name, text);
    }
  }

  private void millis(String name, OptionalLong nanos) {
    if (nanos.isEmpty()) {
      json.writeNullProperty(name);
    } else {
      json.writeNumberProperty(name, nanos.getAsLong() / MILLI);
    }
  }

  private void number(String name, double value) {
    json.writeName(name);
    number(value);
  }

  private void number(double value) {
    if (Double.isNaN(value)) {
      json.writeNull();
    } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      json.writeNumber((long) value);
    } else {
      json.writeNumber(value);
    }
  }

  private void numbers(String name, double[] values) {
    json.writeArrayPropertyStart(name);
    for (double value : values) {
      number(value);
    }
    json.writeEndArray();
  }

  private void longs(String name, long[] values) {
    json.writeArrayPropertyStart(name);
    for (long value : values) {
      json.writeNumber(value);
    }
    json.writeEndArray();
  }
}
