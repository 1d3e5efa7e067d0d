package dev.pharos.wire.otlp;

import static dev.pharos.wire.json.FieldKind.BOOL;
import static dev.pharos.wire.json.FieldKind.BYTES;
import static dev.pharos.wire.json.FieldKind.DOUBLE;
import static dev.pharos.wire.json.FieldKind.FIXED32;
import static dev.pharos.wire.json.FieldKind.FIXED64;
import static dev.pharos.wire.json.FieldKind.HEX_ID;
import static dev.pharos.wire.json.FieldKind.INT64;
import static dev.pharos.wire.json.FieldKind.SFIXED64;
import static dev.pharos.wire.json.FieldKind.SINT32;
import static dev.pharos.wire.json.FieldKind.STRING;
import static dev.pharos.wire.json.FieldKind.UINT32;
import static dev.pharos.wire.json.FieldKind.UINT64;
import static dev.pharos.wire.json.MessageField.enumeration;
import static dev.pharos.wire.json.MessageField.many;
import static dev.pharos.wire.json.MessageField.one;
import static dev.pharos.wire.json.MessageField.repeated;

import dev.pharos.wire.json.FieldKind;
import dev.pharos.wire.json.MessageField;
import dev.pharos.wire.json.MessageType;
import java.util.HashMap;
import java.util.Map;

/// The messages of OTLP for the JSON codec. The .proto files of opentelemetry-proto are the source; the tests compare
/// these tables with the descriptors of the generated classes.
final class OtlpSchema {
  private static final MessageType ANY_VALUE = new MessageType("AnyValue");
  private static final MessageType KEY_VALUE =
      new MessageType("KeyValue").define(field(1, "key", STRING), one(2, "value", ANY_VALUE));

  static {
    var array = new MessageType("ArrayValue").define(many(1, "values", ANY_VALUE));
    var map = new MessageType("KeyValueList").define(many(1, "values", KEY_VALUE));
    ANY_VALUE.define(
        field(1, "stringValue", STRING),
        field(2, "boolValue", BOOL),
        field(3, "intValue", INT64),
        field(4, "doubleValue", DOUBLE),
        one(5, "arrayValue", array),
        one(6, "kvlistValue", map),
        field(7, "bytesValue", BYTES));
  }

  private static final MessageType ENTITY_REF =
      new MessageType("EntityRef")
          .define(
              field(1, "schemaUrl", STRING),
              field(2, "type", STRING),
              repeated(3, "idKeys", STRING),
              repeated(4, "descriptionKeys", STRING));
  private static final MessageType RESOURCE =
      new MessageType("Resource")
          .define(
              many(1, "attributes", KEY_VALUE),
              field(2, "droppedAttributesCount", UINT32),
              many(3, "entityRefs", ENTITY_REF));
  private static final MessageType SCOPE =
      new MessageType("InstrumentationScope")
          .define(
              field(1, "name", STRING),
              field(2, "version", STRING),
              many(3, "attributes", KEY_VALUE),
              field(4, "droppedAttributesCount", UINT32));

  private static final Map<String, Integer> SPAN_KINDS =
      names("SPAN_KIND_", "UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER");
  private static final Map<String, Integer> STATUS_CODES =
      names("STATUS_CODE_", "UNSET", "OK", "ERROR");
  private static final Map<String, Integer> TEMPORALITIES =
      names("AGGREGATION_TEMPORALITY_", "UNSPECIFIED", "DELTA", "CUMULATIVE");
  private static final Map<String, Integer> SEVERITIES =
      names(
          "SEVERITY_NUMBER_",
          "UNSPECIFIED",
          "TRACE",
          "TRACE2",
          "TRACE3",
          "TRACE4",
          "DEBUG",
          "DEBUG2",
          "DEBUG3",
          "DEBUG4",
          "INFO",
          "INFO2",
          "INFO3",
          "INFO4",
          "WARN",
          "WARN2",
          "WARN3",
          "WARN4",
          "ERROR",
          "ERROR2",
          "ERROR3",
          "ERROR4",
          "FATAL",
          "FATAL2",
          "FATAL3",
          "FATAL4");

  private static final MessageType EVENT =
      new MessageType("Event")
          .define(
              field(1, "timeUnixNano", FIXED64),
              field(2, "name", STRING),
              many(3, "attributes", KEY_VALUE),
              field(4, "droppedAttributesCount", UINT32));
  private static final MessageType LINK =
      new MessageType("Link")
          .define(
              field(1, "traceId", HEX_ID),
              field(2, "spanId", HEX_ID),
              field(3, "traceState", STRING),
              many(4, "attributes", KEY_VALUE),
              field(5, "droppedAttributesCount", UINT32),
              field(6, "flags", FIXED32));
  private static final MessageType STATUS =
      new MessageType("Status")
          .define(field(2, "message", STRING), enumeration(3, "code", STATUS_CODES));
  private static final MessageType SPAN =
      new MessageType("Span")
          .define(
              field(1, "traceId", HEX_ID),
              field(2, "spanId", HEX_ID),
              field(3, "traceState", STRING),
              field(4, "parentSpanId", HEX_ID),
              field(5, "name", STRING),
              enumeration(6, "kind", SPAN_KINDS),
              field(7, "startTimeUnixNano", FIXED64),
              field(8, "endTimeUnixNano", FIXED64),
              many(9, "attributes", KEY_VALUE),
              field(10, "droppedAttributesCount", UINT32),
              many(11, "events", EVENT),
              field(12, "droppedEventsCount", UINT32),
              many(13, "links", LINK),
              field(14, "droppedLinksCount", UINT32),
              one(15, "status", STATUS),
              field(16, "flags", FIXED32));

  private static final MessageType LOG_RECORD =
      new MessageType("LogRecord")
          .define(
              field(1, "timeUnixNano", FIXED64),
              enumeration(2, "severityNumber", SEVERITIES),
              field(3, "severityText", STRING),
              one(5, "body", ANY_VALUE),
              many(6, "attributes", KEY_VALUE),
              field(7, "droppedAttributesCount", UINT32),
              field(8, "flags", FIXED32),
              field(9, "traceId", HEX_ID),
              field(10, "spanId", HEX_ID),
              field(11, "observedTimeUnixNano", FIXED64),
              field(12, "eventName", STRING));

  private static final MessageType EXEMPLAR =
      new MessageType("Exemplar")
          .define(
              field(2, "timeUnixNano", FIXED64),
              field(3, "asDouble", DOUBLE),
              field(4, "spanId", HEX_ID),
              field(5, "traceId", HEX_ID),
              field(6, "asInt", SFIXED64),
              many(7, "filteredAttributes", KEY_VALUE));
  private static final MessageType NUMBER_POINT =
      new MessageType("NumberDataPoint")
          .define(
              field(2, "startTimeUnixNano", FIXED64),
              field(3, "timeUnixNano", FIXED64),
              field(4, "asDouble", DOUBLE),
              many(5, "exemplars", EXEMPLAR),
              field(6, "asInt", SFIXED64),
              many(7, "attributes", KEY_VALUE),
              field(8, "flags", UINT32));
  private static final MessageType HISTOGRAM_POINT =
      new MessageType("HistogramDataPoint")
          .define(
              field(2, "startTimeUnixNano", FIXED64),
              field(3, "timeUnixNano", FIXED64),
              field(4, "count", FIXED64),
              field(5, "sum", DOUBLE),
              repeated(6, "bucketCounts", FIXED64),
              repeated(7, "explicitBounds", DOUBLE),
              many(8, "exemplars", EXEMPLAR),
              many(9, "attributes", KEY_VALUE),
              field(10, "flags", UINT32),
              field(11, "min", DOUBLE),
              field(12, "max", DOUBLE));
  private static final MessageType BUCKETS =
      new MessageType("Buckets")
          .define(field(1, "offset", SINT32), repeated(2, "bucketCounts", UINT64));
  private static final MessageType EXPONENTIAL_POINT =
      new MessageType("ExponentialHistogramDataPoint")
          .define(
              many(1, "attributes", KEY_VALUE),
              field(2, "startTimeUnixNano", FIXED64),
              field(3, "timeUnixNano", FIXED64),
              field(4, "count", FIXED64),
              field(5, "sum", DOUBLE),
              field(6, "scale", SINT32),
              field(7, "zeroCount", FIXED64),
              one(8, "positive", BUCKETS),
              one(9, "negative", BUCKETS),
              field(10, "flags", UINT32),
              many(11, "exemplars", EXEMPLAR),
              field(12, "min", DOUBLE),
              field(13, "max", DOUBLE),
              field(14, "zeroThreshold", DOUBLE));
  private static final MessageType QUANTILE =
      new MessageType("ValueAtQuantile")
          .define(field(1, "quantile", DOUBLE), field(2, "value", DOUBLE));
  private static final MessageType SUMMARY_POINT =
      new MessageType("SummaryDataPoint")
          .define(
              field(2, "startTimeUnixNano", FIXED64),
              field(3, "timeUnixNano", FIXED64),
              field(4, "count", FIXED64),
              field(5, "sum", DOUBLE),
              many(6, "quantileValues", QUANTILE),
              many(7, "attributes", KEY_VALUE),
              field(8, "flags", UINT32));
  private static final MessageField TEMPORALITY =
      enumeration(2, "aggregationTemporality", TEMPORALITIES);
  private static final MessageType METRIC =
      new MessageType("Metric")
          .define(
              field(1, "name", STRING),
              field(2, "description", STRING),
              field(3, "unit", STRING),
              one(5, "gauge", data("Gauge", NUMBER_POINT)),
              one(
                  7,
                  "sum",
                  data("Sum", NUMBER_POINT).define(TEMPORALITY, field(3, "isMonotonic", BOOL))),
              one(9, "histogram", data("Histogram", HISTOGRAM_POINT).define(TEMPORALITY)),
              one(
                  10,
                  "exponentialHistogram",
                  data("ExponentialHistogram", EXPONENTIAL_POINT).define(TEMPORALITY)),
              one(11, "summary", data("Summary", SUMMARY_POINT)),
              many(12, "metadata", KEY_VALUE));

  static final MessageType TRACES = request("Spans", many(2, "spans", SPAN));
  static final MessageType LOGS = request("Logs", many(2, "logRecords", LOG_RECORD));
  static final MessageType METRICS = request("Metrics", many(2, "metrics", METRIC));

  private OtlpSchema() {}

  private static MessageField field(int number, String name, FieldKind kind) {
    return new MessageField(number, name, kind);
  }

  private static MessageType data(String name, MessageType point) {
    return new MessageType(name).define(many(1, "dataPoints", point));
  }

  /// A request: `resourceSpans` of `scopeSpans` of `spans`, and its like.
  private static MessageType request(String what, MessageField items) {
    var scopeGroup =
        new MessageType("Scope" + what)
            .define(one(1, "scope", SCOPE), items, field(3, "schemaUrl", STRING));
    var resourceGroup =
        new MessageType("Resource" + what)
            .define(
                one(1, "resource", RESOURCE),
                many(2, "scope" + what, scopeGroup),
                field(3, "schemaUrl", STRING));
    return new MessageType(what + " request").define(many(1, "resource" + what, resourceGroup));
  }

  /// Enum names in the order of their numbers, by full name and without the prefix.
  private static Map<String, Integer> names(String prefix, String... names) {
    var numbers = new HashMap<String, Integer>();
    for (int i = 0; i < names.length; i++) {
      numbers.put(prefix + names[i], i);
      numbers.put(names[i], i);
    }
    return Map.copyOf(numbers);
  }
}
