package dev.pharos.insight.trace;

import dev.pharos.insight.trace.SpanTree.Node;
import dev.pharos.model.SpanBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// What one trace tells by itself. Times are nanoseconds from its start, ids those of spans.
///
/// @param startNanos Unix time
/// @param criticalPath the stretches that the end of the trace waited for, in the order of spans
/// @param errorOrigin the deepest failed span without a failed child; of several the one that ended first
/// @param errorPath from the root to the origin
/// @param runs siblings alike that may be shown as one
/// @param moves spans whose clock is off, parents before their children
/// @param verdict what the trace waited for longest; empty for one without duration
public record TraceAnalysis(
    int spans,
    long startNanos,
    long durationNanos,
    List<Stretch> criticalPath,
    OptionalLong errorOrigin,
    List<Long> errorPath,
    List<Run> runs,
    List<ServiceTime> services,
    List<Move> moves,
    Optional<Verdict> verdict) {
  /// From so many siblings alike on, they are a run.
  private static final int RUN = 20;

  /// A span with one in so many nanoseconds of the trace on the critical path stays out of a run.
  private static final int CRITICAL = 20;

  /// A part of a span.
  public record Stretch(long span, long fromNanos, long toNanos) {}

  /// Siblings of one service, name and outcome, but for the slowest, those on the error path and those the trace
  /// waited for long.
  ///
  /// @param parent of all; empty for roots
  public record Run(
      OptionalLong parent,
      String service,
      String name,
      boolean failed,
      List<Long> spans,
      long p50Nanos,
      long maxNanos) {}

  /// Where time was spent.
  ///
  /// @param selfNanos in which no child of its spans ran
  /// @param criticalNanos on the critical path
  public record ServiceTime(
      String service, long selfNanos, long criticalNanos, int spans, int errors) {}

  /// @param spans of one trace, at least one
  public static TraceAnalysis of(SpanBatch spans) {
    var tree = new SpanTree(spans);
    Map<Node, List<Stretch>> path = criticalPath(tree);
    Optional<Node> origin = errorOrigin(tree);
    List<Node> errors = pathTo(origin);
    List<Stretch> stretches =
        tree.inOrder().stream()
            .flatMap(node -> path.getOrDefault(node, List.of()).stream())
            .toList();
    return new TraceAnalysis(
        tree.inOrder().size(),
        tree.startNanos(),
        tree.durationNanos(),
        stretches,
        origin.map(node -> OptionalLong.of(node.id)).orElse(OptionalLong.empty()),
        errors.stream().map(node -> node.id).toList(),
        runs(tree, path, new HashSet<>(errors)),
        services(tree, path),
        tree.moves(),
        Verdict.of(spans, path));
  }

  private record Entry(Node node, long until) {}

  /// Walks back from the end of the longest root: at each moment a span waited for its child that ended last before it;
  /// where none did, for itself. A child that goes on after its parent counts up to the parent's end.
  private static Map<Node, List<Stretch>> criticalPath(SpanTree tree) {
    Map<Node, List<Stretch>> found = new LinkedHashMap<>();
    var stack = new ArrayDeque<Entry>();
    tree.roots().stream()
        .sorted(Comparator.comparingLong(node -> -node.nanos()))
        .findFirst()
        .ifPresent(root -> stack.push(new Entry(root, root.end)));
    while (!stack.isEmpty()) {
      Entry entry = stack.pop();
      Node node = entry.node();
      long at = Math.min(node.end, entry.until());
      List<Node> children =
          node.children.stream().sorted(Comparator.comparingLong(child -> -child.end)).toList();
      for (Node child : children) {
        boolean before = child.start < at && child.end > node.start;
        boolean overlapped = child.end > at && child.end < node.end;
        if (before && !overlapped) {
          long end = Math.min(child.end, at);
          put(found, node, end, at);
          stack.push(new Entry(child, end));
          at = Math.max(node.start, child.start);
          if (at <= node.start) {
            break;
          }
        }
      }
      put(found, node, node.start, at);
    }
    found
        .values()
        .forEach(stretches -> stretches.sort(Comparator.comparingLong(Stretch::fromNanos)));
    return found;
  }

  private static void put(Map<Node, List<Stretch>> found, Node node, long from, long to) {
    if (to > from) {
      found.computeIfAbsent(node, ignored -> new ArrayList<>()).add(new Stretch(node.id, from, to));
    }
  }

  static long timeOn(Map<Node, List<Stretch>> path, Node node) {
    return path.getOrDefault(node, List.of()).stream()
        .mapToLong(stretch -> stretch.toNanos() - stretch.fromNanos())
        .sum();
  }

  private static Optional<Node> errorOrigin(SpanTree tree) {
    return tree.inOrder().stream()
        .filter(node -> node.failed && node.children.stream().noneMatch(child -> child.failed))
        .min(
            Comparator.<Node>comparingInt(node -> -node.depth).thenComparingLong(node -> node.end));
  }

  private static List<Node> pathTo(Optional<Node> node) {
    var path = new ArrayList<Node>();
    for (Optional<Node> at = node; at.isPresent(); at = at.get().parent) {
      path.addFirst(at.get());
    }
    return path;
  }

  private record Kind(String service, String name, boolean failed) {}

  private static List<Run> runs(SpanTree tree, Map<Node, List<Stretch>> path, Set<Node> keep) {
    var runs = new ArrayList<Run>();
    addRuns(OptionalLong.empty(), tree.roots(), tree, path, keep, runs);
    for (Node node : tree.inOrder()) {
      addRuns(OptionalLong.of(node.id), node.children, tree, path, keep, runs);
    }
    return runs;
  }

  private static void addRuns(
      OptionalLong parent,
      List<Node> siblings,
      SpanTree tree,
      Map<Node, List<Stretch>> path,
      Set<Node> keep,
      List<Run> runs) {
    if (siblings.size() < RUN) {
      return;
    }
    Map<Kind, List<Node>> groups = new LinkedHashMap<>();
    for (Node node : siblings) {
      groups
          .computeIfAbsent(
              new Kind(node.service, node.name, node.failed), ignored -> new ArrayList<>())
          .add(node);
    }
    groups.forEach(
        (kind, group) -> {
          if (group.size() < RUN) {
            return;
          }
          Node slowest = group.getFirst();
          for (Node node : group) {
            slowest = node.nanos() > slowest.nanos() ? node : slowest;
          }
          Node stays = slowest;
          List<Node> inside =
              group.stream()
                  .filter(node -> node != stays && !keep.contains(node))
                  .filter(node -> timeOn(path, node) * CRITICAL < tree.durationNanos())
                  .toList();
          if (inside.size() >= RUN - 1) {
            long[] durations = inside.stream().mapToLong(Node::nanos).sorted().toArray();
            runs.add(
                new Run(
                    parent,
                    kind.service(),
                    kind.name(),
                    kind.failed(),
                    inside.stream().map(node -> node.id).toList(),
                    durations[durations.length / 2],
                    durations[durations.length - 1]));
          }
        });
  }

  private static List<ServiceTime> services(SpanTree tree, Map<Node, List<Stretch>> path) {
    Map<String, ServiceTime> services = new LinkedHashMap<>();
    for (Node node : tree.inOrder()) {
      var own =
          new ServiceTime(
              node.service, selfNanos(node), timeOn(path, node), 1, node.failed ? 1 : 0);
      services.merge(
          node.service,
          own,
          (a, b) ->
              new ServiceTime(
                  a.service(),
                  a.selfNanos() + b.selfNanos(),
                  a.criticalNanos() + b.criticalNanos(),
                  a.spans() + b.spans(),
                  a.errors() + b.errors()));
    }
    return List.copyOf(services.values());
  }

  private static long selfNanos(Node node) {
    long covered = 0;
    long until = node.start;
    for (Node child : node.children) {
      long from = Math.max(child.start, until);
      long to = Math.min(child.end, node.end);
      if (to > from) {
        covered += to - from;
        until = to;
      }
    }
    return node.nanos() - covered;
  }
}
