package dev.pharos.query.traceql;

import dev.pharos.query.traceql.syntax.Literal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The traces that a search found, most recent first; the same search over the same spans gives an equal answer.
///
/// @param inspectedSpans rows that were looked at
public record SearchResult(List<TraceMatch> traces, long inspectedSpans) {
  /// @param rootService empty until the root span is received
  /// @param rootName as `rootService`
  /// @param startNanos of the earliest span
  /// @param durationNanos from there to the latest end
  /// @param services by name, in byte order
  public record TraceMatch(
      long traceHi,
      long traceLo,
      Optional<String> rootService,
      Optional<String> rootName,
      long startNanos,
      long durationNanos,
      List<SpanSet> spanSets,
      Map<String, ServiceStats> services) {}

  /// @param matched all spans of the set, of which `spans` shows the first by start
  /// @param attributes of the set, such as `count()`
  public record SpanSet(List<FoundSpan> spans, int matched, List<Attribute> attributes) {}

  /// @param name shown where the query asks for it, as clients expect
  public record FoundSpan(
      long spanId,
      Optional<String> name,
      long startNanos,
      long durationNanos,
      List<Attribute> attributes) {}

  public record Attribute(String key, Literal value) {}

  public record ServiceStats(int spans, int errors) {}
}
