package dev.pharos.query.logql;

import dev.pharos.model.Labels;
import dev.pharos.query.matrix.StepGrid;
import dev.pharos.query.memory.LogRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/// LogQL over a list of records, row by row and without cleverness: the oracle of the random tests, with the records
/// and the queries they are made of.
final class LogModel {
  static final String[] TRACES = {
    "",
    "0af7651916cd43dd8448eb211c80319c",
    "4bf92f3577b34da6a3ce929d0e0e4736",
    "00000000000000000000000000000abc"
  };

  /// Where the times of records begin.
  static final long BASE = 1_700_000_000_000_000_000L;

  /// A record with the fields that its line holds.
  ///
  /// @param format json, logfmt or plain
  record Known(LogRecord record, String format, Map<String, String> fields) {}

  /// One stage of a random query: its text, and whether it keeps a row, which it may change.
  private record Step(String text, Apply apply) {}

  private interface Apply {
    boolean keeps(Known known, Map<String, String> labels);
  }

  private final Random random;
  private final List<Step> steps = new ArrayList<>();
  private String selector = "";
  private Apply selects = (k, l) -> true;

  LogModel(Random random) {
    this.random = random;
  }

  Known record() {
    var resource = new LinkedHashMap<String, Object>();
    String service = pick("web", "api", "");
    if (!service.isEmpty()) {
      resource.put("service.name", service);
    } else if (random.nextBoolean()) {
      resource.put("job", "web");
    }
    if (random.nextBoolean()) {
      resource.put("k8s.pod.name", pick("p1", "p2"));
    }
    resource.put("host.name", pick("h1", "h2"));
    var attributes = new LinkedHashMap<String, Object>();
    if (random.nextInt(3) == 0) {
      attributes.put("user.id", pick("u1", "u2"));
    }
    if (random.nextInt(3) == 0) {
      attributes.put("http.status", random.nextBoolean() ? (Object) 500L : 2.5);
    }
    String trace = pick(TRACES);
    if (!trace.isEmpty() && random.nextInt(3) == 0) {
      attributes.put("trace.id", trace);
      trace = "";
    }
    var fields = new TreeMap<String, String>();
    fields.put("msg", pick("hello", "timeout", "done"));
    fields.put("status", pick("200", "404", "500"));
    if (random.nextBoolean()) {
      fields.put("user_id", pick("u1", "u3"));
    }
    String format = pick("json", "logfmt", "plain");
    String body =
        switch (format) {
          case "json" ->
              "{\"msg\":\""
                  + fields.get("msg")
                  + "\",\"status\":"
                  + fields.get("status")
                  + (fields.containsKey("user_id")
                      ? ",\"user\":{\"id\":\"" + fields.get("user_id") + "\"}"
                      : "")
                  + "}";
          case "logfmt" ->
              "msg="
                  + fields.get("msg")
                  + " status="
                  + fields.get("status")
                  + (fields.containsKey("user_id")
                      ? " user_id=\"" + fields.get("user_id") + "\""
                      : "");
          default -> fields.get("msg") + " in " + fields.get("status");
        };
    long time = BASE + random.nextInt(60);
    return new Known(
        new LogRecord(
            resource,
            pick("", "lib"),
            attributes,
            time,
            random.nextInt(3) * 8 + 1,
            "",
            body,
            trace,
            ""),
        format,
        fields);
  }

  /// Draws a query that takes all lines of some streams.
  void selector() {
    switch (random.nextInt(3)) {
      case 0 -> {
        selector = "{service_name=\"web\"}";
        selects = (k, l) -> "web".equals(l.get("service_name"));
      }
      case 1 -> {
        selector = "{service_name=~\"web|api\", k8s_pod_name!=\"p1\"}";
        selects =
            (k, l) ->
                List.of("web", "api").contains(l.get("service_name"))
                    && !"p1".equals(l.get("k8s_pod_name"));
      }
      default -> {
        selector = "{k8s_pod_name=~\"p.\"}";
        selects = (k, l) -> l.containsKey("k8s_pod_name");
      }
    }
  }

  /// Draws a query.
  void query(boolean metric) {
    selector();
    if (random.nextBoolean()) {
      String word = pick("hello", "timeout", "500", "nothing");
      boolean not = random.nextInt(3) == 0;
      steps.add(
          new Step(
              (not ? "!= \"" : "|= \"") + word + "\"",
              (k, l) -> k.record().body().toString().contains(word) != not));
    }
    filters();
    if (random.nextBoolean()) {
      String format = pick("json", "logfmt");
      steps.add(new Step("| " + format, (k, l) -> parse(k, l, format)));
      if (metric || random.nextBoolean()) {
        steps.add(new Step("| __error__=\"\"", (k, l) -> !l.containsKey("__error__")));
      }
      filters();
    }
  }

  private void filters() {
    for (int n = random.nextInt(3); n > 0; n--) {
      switch (random.nextInt(5)) {
        case 0 -> text("user_id", pick("u1", "u2", "u3"));
        case 1 -> text("trace_id", TRACES[1 + random.nextInt(3)]);
        case 2 -> text("detected_level", pick("trace", "info", "error"));
        case 3 -> text("host_name", "h1");
        default ->
            steps.add(
                new Step(
                    "| status >= 404",
                    (k, l) -> {
                      boolean error = l.containsKey("__error__");
                      return error
                          || (l.containsKey("status") && Integer.parseInt(l.get("status")) >= 404);
                    }));
      }
    }
  }

  private void text(String label, String value) {
    boolean not = random.nextInt(4) == 0;
    steps.add(
        new Step(
            "| " + label + (not ? "!=\"" : "=\"") + value + "\"",
            (k, l) -> l.getOrDefault(label, "").equals(value) != not));
  }

  private static boolean parse(Known known, Map<String, String> labels, String format) {
    if (format.equals(known.format())) {
      known
          .fields()
          .forEach(
              (name, value) -> {
                if (labels.putIfAbsent(name, value) != null) {
                  labels.putIfAbsent(name + "_extracted", value);
                }
              });
    } else if (format.equals("json")) {
      labels.put("__error__", "JSONParserErr");
    } else if (known.format().equals("json")) {
      return true;
    }
    return true;
  }

  /// The labels that Loki shows before any stage.
  private static Map<String, String> labels(LogRecord record) {
    var labels = new TreeMap<String, String>();
    Object service =
        record
            .resource()
            .getOrDefault("service.name", record.resource().getOrDefault("job", "unknown_service"));
    labels.put("service_name", service.toString());
    record
        .resource()
        .forEach(
            (k, v) -> {
              if (!k.equals("service.name")) {
                labels.put(k.replace('.', '_'), v.toString());
              }
            });
    record.attributes().forEach((k, v) -> labels.put(k.replace('.', '_'), v.toString()));
    if (!record.scopeName().isEmpty()) {
      labels.put("scope_name", record.scopeName());
    }
    if (!record.traceId().isEmpty()) {
      labels.put("trace_id", record.traceId());
    }
    labels.put("severity_number", "" + record.severityNumber());
    labels.put(
        "detected_level",
        record.severityNumber() < 5 ? "trace" : record.severityNumber() < 13 ? "info" : "error");
    return labels;
  }

  /// A line with all its labels, the details of errors apart.
  record Row(long nanos, String line, Map<String, String> labels) {}

  /// What the query finds, each once.
  Set<Row> find(List<Known> all, long from, long to) {
    var rows = new LinkedHashSet<Row>();
    for (Known known : all) {
      LogRecord record = known.record();
      Map<String, String> labels = labels(record);
      if (record.timeNanos() < from || record.timeNanos() >= to || !selects.keeps(known, labels)) {
        continue;
      }
      boolean kept = true;
      for (Step step : steps) {
        kept = kept && step.apply().keeps(known, labels);
      }
      if (kept) {
        rows.add(new Row(record.timeNanos(), record.body().toString(), labels));
      }
    }
    return rows;
  }

  /// How many lines fall into each window `(t - range, t]`, by the labels named or by all.
  Map<Labels, Map<Long, Double>> count(
      List<Known> all, List<String> by, long range, StepGrid grid) {
    var counts = new TreeMap<Labels, Map<Long, Double>>();
    for (int step = 0; step < grid.count(); step++) {
      long t = grid.time(step);
      for (Row row : find(all, t - range + 1, t + 1)) {
        var kept = new TreeMap<>(row.labels());
        if (!by.isEmpty()) {
          kept.keySet().retainAll(by);
        }
        counts.computeIfAbsent(Labels.of(kept), k -> new TreeMap<>()).merge(t, 1.0, Double::sum);
      }
    }
    return counts;
  }

  String text() {
    var out = new StringBuilder(selector);
    steps.forEach(step -> out.append(' ').append(step.text()));
    return out.toString();
  }

  String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
