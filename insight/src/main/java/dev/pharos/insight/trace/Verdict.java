package dev.pharos.insight.trace;

import dev.pharos.insight.trace.SpanTree.Node;
import dev.pharos.insight.trace.TraceAnalysis.Stretch;
import dev.pharos.model.SpanBatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The operation that the end of a trace waited for longest.
///
/// @param nanos of the critical path within its spans themselves
/// @param spans on the critical path, the one that was waited for longest first
/// @param failed how many of them
/// @param message of the first failed one; empty where none says any
public record Verdict(
    String service, String name, long nanos, List<Long> spans, int failed, String message) {
  private record Operation(String service, String name) {}

  private record Waited(Node node, long nanos) {}

  static Optional<Verdict> of(SpanBatch batch, Map<Node, List<Stretch>> path) {
    Map<Operation, List<Waited>> operations = new LinkedHashMap<>();
    for (Node node : path.keySet()) {
      operations
          .computeIfAbsent(new Operation(node.service, node.name), ignored -> new ArrayList<>())
          .add(new Waited(node, TraceAnalysis.timeOn(path, node)));
    }
    return operations.values().stream()
        .max(Comparator.comparingLong(Verdict::sum))
        .map(longest -> of(batch, longest));
  }

  private static Verdict of(SpanBatch batch, List<Waited> spans) {
    spans.sort(Comparator.comparingLong((Waited one) -> one.nanos()).reversed());
    List<Node> nodes = spans.stream().map(Waited::node).toList();
    List<Node> failed = nodes.stream().filter(node -> node.failed).toList();
    String message =
        failed.stream()
            .findFirst()
            .map(node -> batch.symbols().text(batch.statusMessage()[node.row]))
            .orElse("");
    Node first = nodes.getFirst();
    return new Verdict(
        first.service,
        first.name,
        sum(spans),
        nodes.stream().map(node -> node.id).toList(),
        failed.size(),
        message);
  }

  private static long sum(List<Waited> spans) {
    return spans.stream().mapToLong(Waited::nanos).sum();
  }
}
