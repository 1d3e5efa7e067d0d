package dev.pharos.insight;

import java.util.List;
import java.util.Optional;

/// Who calls whom in a range of time.
public record ServiceMap(Grid grid, List<Node> nodes, List<Edge> edges, Cost cost) {
  /// @param external whether it has no spans of its own; its figures are those of calls to it
  /// @param system of a database or broker; empty for others
  public record Node(
      String name,
      boolean external,
      String system,
      Figures figures,
      double away,
      double[] p95Nanos) {}

  /// @param origin whether a departure from normal begins here
  public record Edge(
      String client,
      String server,
      Figures figures,
      Optional<Figures> was,
      double away,
      boolean origin,
      Chart chart) {}
}
