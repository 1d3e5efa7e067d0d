package dev.pharos.query.memory;

import java.util.Map;

/// A log record as the row model of the tests has it.
///
/// @param body a String, or a Map
/// @param traceId 32 hex digits, or empty
/// @param spanId 16 hex digits, or empty
public record LogRecord(
    Map<String, Object> resource,
    String scopeName,
    Map<String, Object> attributes,
    long timeNanos,
    int severityNumber,
    String severityText,
    Object body,
    String traceId,
    String spanId) {}
