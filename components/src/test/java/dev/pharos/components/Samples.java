package dev.pharos.components;

import dev.pharos.model.LogBatch;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.SpanBatch;
import dev.pharos.wire.otlp.OtlpCodec;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Small batches for tests, from OTLP JSON.
public final class Samples {
  private Samples() {}

  public static SpanBatch spans(String json) {
    return OtlpCodec.TRACES.decodeJson(json.getBytes(StandardCharsets.UTF_8)).batch();
  }

  public static LogBatch logs(String json) {
    return OtlpCodec.LOGS.decodeJson(json.getBytes(StandardCharsets.UTF_8)).batch();
  }

  public static MetricBatch metrics(String json) {
    return OtlpCodec.METRICS.decodeJson(json.getBytes(StandardCharsets.UTF_8)).batch();
  }

  /// `count` spans of one service, named `GET /0` and so on from `first`.
  public static SpanBatch spans(int first, int count) {
    String spans =
        IntStream.range(first, first + count)
            .mapToObj(
                i ->
                    """
            {"traceId":"%032x","spanId":"%016x","name":"GET /%d","kind":2,"startTimeUnixNano":"%d","endTimeUnixNano":"%d",
             "attributes":[{"key":"n","value":{"intValue":"%d"}}]}"""
                        .formatted(i + 1, i + 1, i, i + 10L, i + 20L, i))
            .collect(Collectors.joining(","));
    return spans(
        """
        {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},
         "scopeSpans":[{"scope":{"name":"lib"},"spans":[%s]}]}]}"""
            .formatted(spans));
  }

  /// `count` log records of one service.
  public static LogBatch logs(int first, int count) {
    String records =
        IntStream.range(first, first + count)
            .mapToObj(
                i ->
                    "{\"timeUnixNano\":\"%d\",\"body\":{\"stringValue\":\"line %d\"}}"
                        .formatted(i + 1, i))
            .collect(Collectors.joining(","));
    return logs("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[%s]}]}]}".formatted(records));
  }

  /// One gauge with `count` points.
  public static MetricBatch gauge(int first, int count) {
    String points =
        IntStream.range(first, first + count)
            .mapToObj(i -> "{\"timeUnixNano\":\"%d\",\"asInt\":\"%d\"}".formatted(i + 1, i))
            .collect(Collectors.joining(","));
    return metrics(
        "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"g\",\"gauge\":{\"dataPoints\":[%s]}}]}]}]}"
            .formatted(points));
  }
}
