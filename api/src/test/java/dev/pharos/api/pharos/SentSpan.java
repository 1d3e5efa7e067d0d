package dev.pharos.api.pharos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/// A span as a test sends it, and the plain row that answers are held against.
///
/// @param resource texts by key, `service.name` among them
/// @param kind as in OTLP
record SentSpan(
    Map<String, String> resource,
    long trace,
    long id,
    long parent,
    String name,
    int kind,
    boolean error,
    long startNanos,
    long nanos,
    Map<String, String> attributes) {
  static final int SERVER = 2;
  static final int CLIENT = 3;

  String service() {
    return resource.getOrDefault("service.name", "");
  }

  boolean isRequest() {
    return kind == SERVER || kind == 5;
  }

  /// As a request of OTLP in JSON.
  static String otlp(List<SentSpan> spans) {
    Map<Map<String, String>, List<SentSpan>> byResource = new LinkedHashMap<>();
    spans.forEach(
        span -> byResource.computeIfAbsent(span.resource, ignored -> new ArrayList<>()).add(span));
    var all = new StringJoiner(",", "{\"resourceSpans\":[", "]}");
    byResource.forEach(
        (resource, own) -> {
          var rows = new StringJoiner(",");
          own.forEach(span -> rows.add(span.json()));
          all.add(
              "{\"resource\":{\"attributes\":"
                  + attributes(resource)
                  + "},\"scopeSpans\":[{\"spans\":["
                  + rows
                  + "]}]}");
        });
    return all.toString();
  }

  private String json() {
    return "{\"traceId\":\"%032x\",\"spanId\":\"%016x\",\"parentSpanId\":\"%s\",\"name\":\"%s\",\"kind\":%d,"
            .formatted(trace, id, parent == 0 ? "" : "%016x".formatted(parent), name, kind)
        + "\"startTimeUnixNano\":\"%d\",\"endTimeUnixNano\":\"%d\",\"status\":{\"code\":%d},\"attributes\":%s}"
            .formatted(startNanos, startNanos + nanos, error ? 2 : 0, attributes(attributes));
  }

  private static String attributes(Map<String, String> texts) {
    var all = new StringJoiner(",", "[", "]");
    texts.forEach(
        (key, value) ->
            all.add("{\"key\":\"%s\",\"value\":{\"stringValue\":\"%s\"}}".formatted(key, value)));
    return all.toString();
  }
}
