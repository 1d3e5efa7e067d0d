package dev.pharos.api.loki;

import dev.pharos.model.Labels;
import dev.pharos.model.text.NumberText;
import dev.pharos.query.logql.LogqlResult;
import java.math.BigDecimal;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/// Query results in Loki's JSON: lines as `["nanoseconds", "line"]`, samples as `[seconds, "value"]`.
final class LokiJson {
  private static final String FLAG = "categorize-labels";

  private LokiJson() {}

  /// The whole answer to a query.
  ///
  /// @param categorized whether labels of the stream, metadata and parsed labels are kept apart
  static void answer(JsonGenerator json, LogqlResult result, boolean categorized, long nanos) {
    json.writeStartObject();
    json.writeStringProperty("status", "success");
    json.writeObjectPropertyStart("data");
    switch (result) {
      case LogqlResult.Streams streams -> streams(json, streams, categorized);
      case LogqlResult.Matrix matrix -> matrix(json, matrix);
      case LogqlResult.Vector vector -> vector(json, vector);
      case LogqlResult.Scalar scalar -> {
        json.writeStringProperty("resultType", "scalar");
        json.writeName("result");
        sample(json, Math.floorDiv(scalar.timeNanos(), 1_000_000L) * 1_000_000L, scalar.value());
      }
    }
    stats(json, result.stats(), entries(result), nanos);
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void streams(
      JsonGenerator json, LogqlResult.Streams streams, boolean categorized) {
    json.writeStringProperty("resultType", "streams");
    if (categorized) {
      json.writeArrayPropertyStart("encodingFlags");
      json.writeString(FLAG);
      json.writeEndArray();
    }
    json.writeArrayPropertyStart("result");
    if (categorized) {
      for (LogqlResult.Stream stream : streams.streams()) {
        begin(json, stream.labels());
        stream.entries().forEach(entry -> entry(json, entry, true));
        end(json);
      }
    } else {
      for (LogqlResult.MergedStream stream : streams.merged()) {
        begin(json, stream.labels());
        stream.entries().forEach(entry -> entry(json, entry, false));
        end(json);
      }
    }
    json.writeEndArray();
  }

  private static void begin(JsonGenerator json, Labels labels) {
    json.writeStartObject();
    json.writeName("stream");
    labels(json, labels);
    json.writeArrayPropertyStart("values");
  }

  private static void end(JsonGenerator json) {
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void entry(JsonGenerator json, LogqlResult.Entry entry, boolean categorized) {
    json.writeStartArray();
    json.writeString(Long.toString(entry.timeNanos()));
    json.writeString(entry.line());
    if (categorized) {
      json.writeStartObject();
      category(json, "structuredMetadata", entry.metadata());
      category(json, "parsed", entry.parsed());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void category(JsonGenerator json, String name, Map<String, String> labels) {
    if (!labels.isEmpty()) {
      json.writeObjectPropertyStart(name);
      labels.forEach(json::writeStringProperty);
      json.writeEndObject();
    }
  }

  private static void matrix(JsonGenerator json, LogqlResult.Matrix matrix) {
    json.writeStringProperty("resultType", "matrix");
    json.writeArrayPropertyStart("result");
    for (LogqlResult.Series series : matrix.series()) {
      json.writeStartObject();
      json.writeName("metric");
      labels(json, series.labels());
      json.writeArrayPropertyStart("values");
      for (int i = 0; i < series.values().length; i++) {
        sample(json, series.timeNanos()[i], series.values()[i]);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void vector(JsonGenerator json, LogqlResult.Vector vector) {
    json.writeStringProperty("resultType", "vector");
    json.writeArrayPropertyStart("result");
    for (LogqlResult.Sample sample : vector.samples()) {
      json.writeStartObject();
      json.writeName("metric");
      labels(json, sample.labels());
      json.writeName("value");
      sample(json, vector.timeNanos(), sample.value());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static void labels(JsonGenerator json, Labels labels) {
    json.writeStartObject();
    labels.forEach(json::writeStringProperty);
    json.writeEndObject();
  }

  private static void sample(JsonGenerator json, long timeNanos, double value) {
    json.writeStartArray();
    BigDecimal seconds =
        BigDecimal.valueOf(Math.floorDiv(timeNanos, 1_000_000L), 3).stripTrailingZeros();
    json.writeNumber(seconds.toPlainString());
    json.writeString(NumberText.format(value));
    json.writeEndArray();
  }

  /// Lines, or series of a metric.
  private static int entries(LogqlResult result) {
    return switch (result) {
      case LogqlResult.Streams streams ->
          streams.streams().stream().mapToInt(one -> one.entries().size()).sum();
      case LogqlResult.Matrix matrix -> matrix.series().size();
      case LogqlResult.Vector vector -> vector.samples().size();
      case LogqlResult.Scalar ignored -> 1;
    };
  }

  /// What Grafana shows of a query's cost.
  private static void stats(JsonGenerator json, LogqlResult.Stats stats, int entries, long nanos) {
    double seconds = Math.max(nanos, 1) / 1e9;
    json.writeObjectPropertyStart("stats");
    json.writeObjectPropertyStart("summary");
    json.writeNumberProperty("bytesProcessedPerSecond", (long) (stats.bytes() / seconds));
    json.writeNumberProperty("linesProcessedPerSecond", (long) (stats.lines() / seconds));
    json.writeNumberProperty("totalBytesProcessed", stats.bytes());
    json.writeNumberProperty("totalLinesProcessed", stats.lines());
    json.writeNumberProperty("execTime", seconds);
    json.writeNumberProperty("queueTime", 0.0);
    json.writeNumberProperty("subqueries", 0);
    json.writeNumberProperty("totalEntriesReturned", entries);
    json.writeNumberProperty("splits", 0);
    json.writeNumberProperty("shards", 0);
    json.writeEndObject();
    json.writeEndObject();
  }
}
