package dev.pharos.insight.trace;

import dev.pharos.model.SpanBatch;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A trace in small: from when to when the services were at it that were at it for longest, three at most.
///
/// Times are nanoseconds from the trace's start. Spans whose clock is off are moved as in [TraceAnalysis].
///
/// @param bars the one that began first, first
public record TraceSketch(long durationNanos, List<Bar> bars) {
  private static final int MOST_BARS = 3;

  /// One service, from its first span's start to its last span's end.
  public record Bar(String service, long fromNanos, long toNanos) {
    private long nanos() {
      return toNanos - fromNanos;
    }

    private Bar and(Bar other) {
      return new Bar(
          service, Math.min(fromNanos, other.fromNanos), Math.max(toNanos, other.toNanos));
    }
  }

  /// @param spans of the trace, at least one
  public static TraceSketch of(SpanBatch spans) {
    var tree = new SpanTree(spans);
    Map<String, Bar> services = new LinkedHashMap<>();
    for (SpanTree.Node node : tree.inOrder()) {
      services.merge(node.service, new Bar(node.service, node.start, node.end), Bar::and);
    }
    List<Bar> bars =
        services.values().stream()
            .sorted(Comparator.comparingLong(Bar::nanos).reversed())
            .limit(MOST_BARS)
            .sorted(Comparator.comparingLong(Bar::fromNanos))
            .toList();
    return new TraceSketch(tree.durationNanos(), bars);
  }
}
