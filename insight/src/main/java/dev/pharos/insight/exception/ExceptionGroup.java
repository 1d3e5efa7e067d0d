package dev.pharos.insight.exception;

import java.util.List;

/// Exceptions of one type whose messages begin with the same line.
///
/// @param type empty for those that name none
/// @param message the first line, at most [Exceptions#LONGEST] characters of it; empty for those without one
/// @param others whether these are the messages of the type that were too many to tell apart; `message` is empty then
/// @param firstNanos Unix nanoseconds, of the events
/// @param services whose spans have them, most exceptions first
/// @param traceHi the span with the newest of them
/// @param counts by column of the range
public record ExceptionGroup(
    String type,
    String message,
    boolean others,
    long count,
    long firstNanos,
    long lastNanos,
    List<ServiceCount> services,
    long traceHi,
    long traceLo,
    long spanId,
    long[] counts) {
  /// How many of them spans of a service have.
  public record ServiceCount(String service, long count) {}
}
