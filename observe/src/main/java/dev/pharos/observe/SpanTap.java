package dev.pharos.observe;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// Holds the newest finished spans of Pharos itself until somebody takes them: [#CAPACITY] at most, older ones being
/// dropped and counted. Any thread.
public final class SpanTap {
  /// `service.name` of what the process tells of itself.
  public static final String SERVICE = "pharos";

  public static final int CAPACITY = 4096;

  /// A finished span.
  ///
  /// @param startNanos since 1970
  /// @param parentSpanId 0 for a root
  /// @param kind as in OTLP: 1 internal, 2 server
  /// @param attributes names and values in turn; a value is a [String] or a [Long]
  /// @param error the status message of a failed span; empty for one that did not fail
  public record Span(
      long traceHi,
      long traceLo,
      long spanId,
      long parentSpanId,
      String name,
      int kind,
      long startNanos,
      long endNanos,
      List<Object> attributes,
      String error) {}

  private final ArrayDeque<Span> spans = new ArrayDeque<>();
  private long dropped;

  public synchronized void add(Span span) {
    if (spans.size() == CAPACITY) {
      spans.removeFirst();
      dropped++;
    }
    spans.addLast(span);
  }

  /// The spans since the last call, in the order in which they ended.
  public synchronized List<Span> take() {
    List<Span> taken = new ArrayList<>(spans);
    spans.clear();
    return taken;
  }

  /// How many spans nobody took in time.
  public synchronized long dropped() {
    return dropped;
  }
}
