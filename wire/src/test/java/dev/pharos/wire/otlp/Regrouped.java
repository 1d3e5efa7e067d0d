package dev.pharos.wire.otlp;

import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.util.LinkedHashMap;

/// Requests with equal Resources and scopes joined in first-seen order and empty groups left out, which is all that a
/// round trip through a batch may change.
final class Regrouped {
  private Regrouped() {}

  static TracesData of(TracesData data) {
    var groups = new LinkedHashMap<ResourceSpans, LinkedHashMap<ScopeSpans, ScopeSpans.Builder>>();
    for (ResourceSpans group : data.getResourceSpansList()) {
      for (ScopeSpans inner : group.getScopeSpansList()) {
        if (inner.getSpansCount() > 0) {
          groups
              .computeIfAbsent(
                  group.toBuilder().clearScopeSpans().build(), k -> new LinkedHashMap<>())
              .computeIfAbsent(inner.toBuilder().clearSpans().build(), ScopeSpans::toBuilder)
              .addAllSpans(inner.getSpansList());
        }
      }
    }
    var joined = TracesData.newBuilder();
    groups.forEach(
        (group, inner) -> {
          var builder = group.toBuilder();
          inner.values().forEach(builder::addScopeSpans);
          joined.addResourceSpans(builder);
        });
    return joined.build();
  }

  static LogsData of(LogsData data) {
    var groups = new LinkedHashMap<ResourceLogs, LinkedHashMap<ScopeLogs, ScopeLogs.Builder>>();
    for (ResourceLogs group : data.getResourceLogsList()) {
      for (ScopeLogs inner : group.getScopeLogsList()) {
        if (inner.getLogRecordsCount() > 0) {
          groups
              .computeIfAbsent(
                  group.toBuilder().clearScopeLogs().build(), k -> new LinkedHashMap<>())
              .computeIfAbsent(inner.toBuilder().clearLogRecords().build(), ScopeLogs::toBuilder)
              .addAllLogRecords(inner.getLogRecordsList());
        }
      }
    }
    var joined = LogsData.newBuilder();
    groups.forEach(
        (group, inner) -> {
          var builder = group.toBuilder();
          inner.values().forEach(builder::addScopeLogs);
          joined.addResourceLogs(builder);
        });
    return joined.build();
  }

  static MetricsData of(MetricsData data) {
    var groups =
        new LinkedHashMap<ResourceMetrics, LinkedHashMap<ScopeMetrics, ScopeMetrics.Builder>>();
    for (ResourceMetrics group : data.getResourceMetricsList()) {
      for (ScopeMetrics inner : group.getScopeMetricsList()) {
        if (inner.getMetricsCount() > 0) {
          groups
              .computeIfAbsent(
                  group.toBuilder().clearScopeMetrics().build(), k -> new LinkedHashMap<>())
              .computeIfAbsent(inner.toBuilder().clearMetrics().build(), ScopeMetrics::toBuilder)
              .addAllMetrics(inner.getMetricsList());
        }
      }
    }
    var joined = MetricsData.newBuilder();
    groups.forEach(
        (group, inner) -> {
          var builder = group.toBuilder();
          inner.values().forEach(builder::addScopeMetrics);
          joined.addResourceMetrics(builder);
        });
    return joined.build();
  }
}
