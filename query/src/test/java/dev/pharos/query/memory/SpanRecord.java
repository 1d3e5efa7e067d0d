package dev.pharos.query.memory;

import java.util.List;
import java.util.Map;

/// A span as the row model of the tests has it; ids are small numbers.
///
/// @param parentId 0 for a root
public record SpanRecord(
    long traceId,
    long spanId,
    long parentId,
    Map<String, Object> resource,
    String scopeName,
    String name,
    int kind,
    int status,
    String statusMessage,
    long startNanos,
    long endNanos,
    Map<String, Object> attributes,
    List<Event> events) {
  /// An event of a span.
  public record Event(String name, long timeNanos, Map<String, Object> attributes) {}
}
