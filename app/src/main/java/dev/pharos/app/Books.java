package dev.pharos.app;

import dev.pharos.api.pharos.PipelineState.Edge;
import dev.pharos.api.pharos.PipelineState.Missing;
import dev.pharos.api.pharos.PipelineState.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Says whether the counters of the pipelines add up: at a receiver, received = accepted + refused + what is still on
/// its way; on an edge, offered = delivered + dropped + waiting.
///
/// The counters are read one after the other, so what moves between two readings is not missing.
///
/// @param nodes as they were a moment before
/// @param edges likewise, in the same order
record Books(List<Node> nodes, List<Edge> edges) {
  /// @param later the same nodes now
  /// @param laterEdges the same edges now
  List<Missing> missing(List<Node> later, List<Edge> laterEdges) {
    List<Missing> missing = new ArrayList<>();
    for (int i = 0; i < later.size(); i++) {
      Node node = later.get(i);
      if (node.received().isPresent()) {
        long open = open(node);
        long moved = moved(nodes.get(i), node);
        if (open < -moved || open > waiting(laterEdges, node) + moved) {
          missing.add(new Missing(node.id(), "", "", open));
        }
      }
    }
    for (int i = 0; i < laterEdges.size(); i++) {
      Edge edge = laterEdges.get(i);
      long items = edge.offered() - edge.delivered() - sum(edge.dropped()) - edge.waiting();
      if (Math.abs(items) > moved(edges.get(i), edge)) {
        missing.add(new Missing(edge.from(), edge.to(), edge.signal(), items));
      }
    }
    return missing;
  }

  /// Items of a receiver that are not answered.
  private static long open(Node node) {
    return node.received().orElse(0) - node.accepted().orElse(0) - sum(node.refused());
  }

  private static long waiting(List<Edge> edges, Node from) {
    return edges.stream()
        .filter(edge -> edge.from().equals(from.id()))
        .mapToLong(Edge::waiting)
        .sum();
  }

  private static long moved(Node then, Node now) {
    return now.received().orElse(0)
        - then.received().orElse(0)
        + now.accepted().orElse(0)
        - then.accepted().orElse(0)
        + sum(now.refused())
        - sum(then.refused());
  }

  private static long moved(Edge then, Edge now) {
    return now.offered()
        - then.offered()
        + now.delivered()
        - then.delivered()
        + sum(now.dropped())
        - sum(then.dropped());
  }

  private static long sum(Map<String, Long> causes) {
    return causes.values().stream().mapToLong(Long::longValue).sum();
  }
}
