package dev.pharos.insight.trace;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.ValueType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The spans of one trace as trees, in nanoseconds from its start. Copies of a span are left out, a cycle of parents is
/// cut where it is met, and a span whose parent is missing is a root.
///
/// A span of another service that seems to begin before its parent has a clock that is off: it and all below it are
/// moved into the middle of the parent, or to its start where it is longer; consumers stay where they are.
final class SpanTree {
  private static final int ERROR = 2;
  private static final int CONSUMER = 5;
  private static final String UNKNOWN = "unknown_service";

  /// One span. Its fields are fixed once the tree is built.
  static final class Node {
    final int row;
    final long id;
    final String service;
    final String name;
    final int kind;
    final boolean failed;
    final List<Node> children = new ArrayList<>();
    Optional<Node> parent = Optional.empty();
    long start;
    long end;
    int depth;

    Node(int row, SpanBatch spans, String service, long zero) {
      this.row = row;
      this.service = service;
      id = spans.spanId()[row];
      name = spans.symbols().text(spans.name()[row]);
      kind = spans.kind()[row];
      failed = spans.statusCode()[row] == ERROR;
      start = spans.startNanos()[row] - zero;
      end = Math.max(start, spans.endNanos()[row] - zero);
    }

    long nanos() {
      return end - start;
    }
  }

  private static final Comparator<Node> BY_START =
      Comparator.<Node>comparingLong(node -> node.start)
          .thenComparing(Comparator.<Node>comparingLong(node -> node.end).reversed());

  private final List<Node> roots;
  private final List<Node> inOrder = new ArrayList<>();
  private final List<Move> moves = new ArrayList<>();
  private final long startNanos;
  private final long durationNanos;

  /// @param spans of the trace, at least one
  SpanTree(SpanBatch spans) {
    long zero = Long.MAX_VALUE;
    for (int row = 0; row < spans.rows(); row++) {
      zero = Math.min(zero, spans.startNanos()[row]);
    }
    Map<Long, Node> byId = new LinkedHashMap<>();
    for (int row = 0; row < spans.rows(); row++) {
      if (!byId.containsKey(spans.spanId()[row])) {
        byId.put(spans.spanId()[row], new Node(row, spans, service(spans, row), zero));
      }
    }
    join(byId, spans);
    roots = byId.values().stream().filter(node -> node.parent.isEmpty()).sorted(BY_START).toList();
    fitClocks();
    order();
    long begin = 0;
    for (Node root : roots) {
      begin = Math.min(begin, root.start);
    }
    long duration = 0;
    for (Node node : inOrder) {
      node.start -= begin;
      node.end -= begin;
      duration = Math.max(duration, node.end);
    }
    startNanos = zero + begin;
    durationNanos = duration;
  }

  private static String service(SpanBatch spans, int row) {
    AttributeRows attributes = spans.resources().attributes();
    int at = attributes.find(spans.resource()[row], spans.symbols().find("service.name"));
    return at >= 0 && attributes.type(at) == ValueType.STRING
        ? spans.symbols().text((int) attributes.value(at))
        : UNKNOWN;
  }

  private static void join(Map<Long, Node> byId, SpanBatch spans) {
    for (Node node : byId.values()) {
      long parent = spans.parentSpanId()[node.row];
      node.parent = parent == 0 ? Optional.empty() : Optional.ofNullable(byId.get(parent));
    }
    var settled = new HashSet<Node>();
    for (Node node : byId.values()) {
      var path = new HashSet<Node>();
      Optional<Node> at = Optional.of(node);
      while (at.isPresent() && !settled.contains(at.get())) {
        if (!path.add(at.get())) {
          at.get().parent = Optional.empty();
          break;
        }
        at = at.get().parent;
      }
      settled.addAll(path);
    }
    for (Node node : byId.values()) {
      node.parent.ifPresent(parent -> parent.children.add(node));
    }
    for (Node node : byId.values()) {
      node.children.sort(BY_START);
    }
  }

  private void fitClocks() {
    var shifts = new HashMap<Node, Long>();
    var stack = new ArrayDeque<>(roots);
    while (!stack.isEmpty()) {
      Node node = stack.pop();
      long shift = shifts.getOrDefault(node, 0L);
      node.start += shift;
      node.end += shift;
      for (Node child : node.children) {
        boolean off =
            !child.service.equals(node.service)
                && child.kind != CONSUMER
                && child.start + shift < node.start;
        long room = node.nanos() - child.nanos();
        long moved = off ? node.start + Math.max(0, room / 2) - child.start : shift;
        if (off) {
          moves.add(new Move(child.id, moved - shift));
        }
        shifts.put(child, moved);
        stack.push(child);
      }
    }
  }

  /// Parents before their children, these by their start.
  private void order() {
    var stack = new ArrayDeque<Node>();
    roots.reversed().forEach(stack::push);
    while (!stack.isEmpty()) {
      Node node = stack.pop();
      node.depth = node.parent.map(parent -> parent.depth + 1).orElse(0);
      inOrder.add(node);
      node.children.reversed().forEach(stack::push);
    }
  }

  List<Node> roots() {
    return roots;
  }

  /// All spans, parents before their children.
  List<Node> inOrder() {
    return inOrder;
  }

  /// What was moved, parents before their children.
  List<Move> moves() {
    return moves;
  }

  /// Unix time at which the trace begins.
  long startNanos() {
    return startNanos;
  }

  long durationNanos() {
    return durationNanos;
  }
}
