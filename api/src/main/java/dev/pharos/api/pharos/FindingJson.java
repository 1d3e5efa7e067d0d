package dev.pharos.api.pharos;

import dev.pharos.insight.Away;
import dev.pharos.insight.Change;
import dev.pharos.insight.Finding;
import dev.pharos.insight.compare.Ranking;
import dev.pharos.insight.compare.Term;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// Writes findings and changes. One thread.
final class FindingJson {
  private final JsonGenerator json;
  private final Numbers numbers;

  FindingJson(JsonGenerator json) {
    this.json = json;
    this.numbers = new Numbers(json);
  }

  void findings(List<Finding> findings) {
    json.writeArrayPropertyStart("findings");
    findings.forEach(this::finding);
    json.writeEndArray();
  }

  private void finding(Finding finding) {
    json.writeStartObject();
    json.writeStringProperty("service", finding.service());
    json.writeStringProperty("what", finding.what().text());
    numbers.millis("since", finding.sinceNanos());
    json.writeBooleanProperty("earlier", finding.earlier());
    numbers.number("quantile", finding.quantile() > 0 ? finding.quantile() : Double.NaN);
    numbers.number("from", finding.from());
    numbers.number("to", finding.to());
    cause(json, numbers, "cause", finding.cause());
    if (finding.attribute().isPresent()) {
      attribute(finding.attribute().get());
    } else {
      json.writeNullProperty("attribute");
    }
    json.writeNumberProperty("count", finding.count());
    if (finding.explains().isPresent()) {
      json.writeObjectPropertyStart("explains");
      numbers.number("share", finding.explains().get().share());
      json.writeArrayPropertyStart("services");
      finding.explains().get().services().forEach(json::writeString);
      json.writeEndArray();
      json.writeEndObject();
    } else {
      json.writeNullProperty("explains");
    }
    if (finding.version().isPresent()) {
      json.writeObjectPropertyStart("version");
      numbers.text("from", finding.version().get().from());
      numbers.text("to", finding.version().get().to());
      numbers.millis("at", finding.version().get().atNanos());
      json.writeEndObject();
    } else {
      json.writeNullProperty("version");
    }
    if (finding.silence().isPresent()) {
      json.writeObjectPropertyStart("silent");
      json.writeStringProperty("service", finding.silence().get().service());
      json.writeStringProperty("instance", finding.silence().get().instance());
      numbers.millis("since", finding.silence().get().sinceNanos());
      json.writeEndObject();
    } else {
      json.writeNullProperty("silent");
    }
    json.writeObjectPropertyStart("series");
    numbers.millis("start", finding.lines().startNanos());
    json.writeNumberProperty("stepSeconds", finding.lines().stepNanos() / 1_000_000_000L);
    json.writeStringProperty("unit", unit(finding.what()));
    numbers.numbers("lit", finding.lines().lit());
    numbers.numbers("rest", finding.lines().rest());
    json.writeEndObject();
    numbers.text("traceId", finding.traceId());
    json.writeObjectPropertyStart("box");
    numbers.millis("start", finding.boxStartNanos());
    numbers.millis("end", finding.boxEndNanos());
    numbers.number(
        "leastNanos",
        finding.leastNanos().isPresent() ? finding.leastNanos().getAsLong() : Double.NaN);
    json.writeNullProperty("mostNanos");
    json.writeStringProperty("by", finding.what() == Away.Kind.ERRORS ? "errors" : "slow");
    json.writeEndObject();
    json.writeStringProperty("sentence", finding.sentence());
    json.writeStringProperty("evidence", finding.evidence());
    json.writeEndObject();
  }

  private static String unit(Away.Kind what) {
    return switch (what) {
      case DURATION -> "nanos";
      case ERRORS -> "share";
      case RATE, GONE -> "rate";
    };
  }

  private void attribute(Ranking.Row row) {
    json.writeObjectPropertyStart("attribute");
    term(row.term());
    numbers.number("inside", row.inside());
    numbers.number("outside", row.outside());
    json.writeArrayPropertyStart("same");
    for (Term same : row.same()) {
      json.writeStartObject();
      term(same);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void term(Term term) {
    json.writeStringProperty("scope", term.attribute().scope().word());
    json.writeStringProperty("key", term.attribute().key());
    json.writeStringProperty("value", term.text());
  }

  static void cause(JsonGenerator json, Numbers numbers, String name, Away.Cause cause) {
    json.writeObjectPropertyStart(name);
    switch (cause) {
      case Away.Cause.Itself i -> json.writeStringProperty("kind", "itself");
      case Away.Cause.Waits waits -> {
        json.writeStringProperty("kind", "waits");
        json.writeStringProperty("service", waits.service());
        numbers.number("share", waits.share());
      }
    }
    json.writeEndObject();
  }

  void changes(List<Change> changes) {
    json.writeArrayPropertyStart("changes");
    for (Change change : changes) {
      json.writeStartObject();
      numbers.millis("at", change.atNanos());
      json.writeStringProperty("kind", change.kind().text());
      json.writeStringProperty("service", change.service());
      numbers.text("instance", change.instance());
      if (change.kind() == Change.Kind.VERSION) {
        numbers.text("from", change.from());
        numbers.text("to", change.to());
      } else {
        numbers.number("from", change.fromNumber());
        numbers.number("to", change.toNumber());
      }
      numbers.number("factor", change.factor());
      numbers.number("instances", change.instances() > 0 ? change.instances() : Double.NaN);
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
