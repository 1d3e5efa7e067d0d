package dev.pharos.bench.micro;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.util.List;

/// The work of a pipeline on protobuf-java's generated classes: parses a request and looks at every field. The results
/// are sums that keep the compiler from leaving a look out.
final class GeneratedClasses {
  private GeneratedClasses() {}

  static long spans(byte[] request) throws InvalidProtocolBufferException {
    long sum = 0;
    for (var group : TracesData.parseFrom(request).getResourceSpansList()) {
      sum += attributes(group.getResource().getAttributesList());
      for (var scope : group.getScopeSpansList()) {
        for (Span span : scope.getSpansList()) {
          sum += span(span);
        }
      }
    }
    return sum;
  }

  private static long span(Span span) {
    long sum = span.getTraceId().size() + span.getSpanId().size() + span.getParentSpanId().size();
    sum += span.getName().length() + span.getKindValue() + span.getStatus().getCodeValue();
    sum += span.getStartTimeUnixNano() + span.getEndTimeUnixNano();
    sum += attributes(span.getAttributesList());
    for (Span.Event event : span.getEventsList()) {
      sum += event.getName().length() + attributes(event.getAttributesList());
    }
    return sum;
  }

  static long logs(byte[] request) throws InvalidProtocolBufferException {
    long sum = 0;
    for (var group : LogsData.parseFrom(request).getResourceLogsList()) {
      sum += attributes(group.getResource().getAttributesList());
      for (var scope : group.getScopeLogsList()) {
        for (LogRecord line : scope.getLogRecordsList()) {
          sum += line.getTimeUnixNano() + line.getObservedTimeUnixNano();
          sum += line.getSeverityNumberValue() + line.getSeverityText().length();
          sum += value(line.getBody()) + attributes(line.getAttributesList());
          sum += line.getTraceId().size() + line.getSpanId().size();
        }
      }
    }
    return sum;
  }

  static long points(byte[] request) throws InvalidProtocolBufferException {
    long sum = 0;
    for (var group : MetricsData.parseFrom(request).getResourceMetricsList()) {
      sum += attributes(group.getResource().getAttributesList());
      for (var scope : group.getScopeMetricsList()) {
        for (Metric metric : scope.getMetricsList()) {
          sum += metric.getName().length() + metric.getUnit().length();
          sum += numbers(metric.getGauge().getDataPointsList());
          sum += numbers(metric.getSum().getDataPointsList());
          for (HistogramDataPoint point : metric.getHistogram().getDataPointsList()) {
            sum += point.getCount() + point.getTimeUnixNano() + (long) point.getSum();
            sum += attributes(point.getAttributesList());
            for (long bucket : point.getBucketCountsList()) {
              sum += bucket;
            }
          }
        }
      }
    }
    return sum;
  }

  private static long numbers(List<NumberDataPoint> points) {
    long sum = 0;
    for (NumberDataPoint point : points) {
      sum += point.getTimeUnixNano() + point.getStartTimeUnixNano() + (long) point.getAsDouble();
      sum += attributes(point.getAttributesList());
    }
    return sum;
  }

  private static long attributes(List<KeyValue> attributes) {
    long sum = 0;
    for (KeyValue attribute : attributes) {
      sum += attribute.getKey().length() + value(attribute.getValue());
    }
    return sum;
  }

  private static long value(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue().length();
      case INT_VALUE -> value.getIntValue();
      default -> 1;
    };
  }
}
