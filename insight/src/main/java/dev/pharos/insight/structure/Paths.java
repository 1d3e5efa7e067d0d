package dev.pharos.insight.structure;

import dev.pharos.insight.compare.Numbering;
import dev.pharos.query.traceql.SweepCost;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Puts traces together by the operations from their roots to each span. A span whose parent is not among the spans of
/// its trace stands at the top; of copies of a span one counts, and a cycle of parents is cut. One thread.
final class Paths {
  private static final int NONE = -1;

  private final Sample traces;
  private final Operations operations;
  private final int most;

  /// Nodes by the node above and the operation.
  private final Numbering nodes = new Numbering();

  private Sums[] sums = new Sums[16];
  private long spans;
  private long selfNanos;
  private long count;
  private boolean complete = true;

  /// @param most nodes that are told apart
  Paths(Sample traces, Operations operations, int most) {
    this.traces = traces;
    this.operations = operations;
    this.most = most;
  }

  /// @param number of the trace in the sample
  /// @param own its spans
  void add(TraceSpans all, int number, int[] own) {
    int[] byStart = byStart(all, own);
    var ids = new Numbering();
    var first = new int[own.length];
    int distinct = 0;
    for (int span : byStart) {
      if (ids.of(all.id(span)) == distinct) {
        first[distinct++] = span;
      }
    }
    count++;
    spans += distinct;
    var child = new int[distinct];
    var sibling = new int[distinct];
    var top = new boolean[distinct];
    Arrays.fill(child, NONE);
    // From the last to the first, so that each comes before its later siblings.
    for (int i = distinct - 1; i >= 0; i--) {
      int parent = all.parent(first[i]) == 0 ? NONE : ids.find(all.parent(first[i]));
      top[i] = parent == NONE || parent == i;
      if (!top[i]) {
        sibling[i] = child[parent];
        child[parent] = i;
      }
    }
    var walk = new Walk(all, number, first, child, sibling);
    for (int i = 0; i < distinct; i++) {
      if (top[i]) {
        walk.from(i);
      }
    }
    for (int i = 0; i < distinct; i++) {
      walk.from(i);
    }
  }

  /// The spans by their starts, nearly: times are cut where place and time do not fit one number.
  private static int[] byStart(TraceSpans all, int[] own) {
    long least = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (int span : own) {
      least = Math.min(least, all.start(span));
      last = Math.max(last, all.start(span));
    }
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(own.length);
    int cut = Math.max(0, bits + 1 - Long.numberOfLeadingZeros(last - least));
    var keys = new long[own.length];
    for (int i = 0; i < own.length; i++) {
      keys[i] = all.start(own[i]) - least >>> cut << bits | i;
    }
    Arrays.sort(keys);
    var sorted = new int[own.length];
    for (int i = 0; i < own.length; i++) {
      sorted[i] = own[(int) (keys[i] & (1L << bits) - 1)];
    }
    return sorted;
  }

  /// Goes through the tree of one trace, with a stack of its own since a chain may be as long as the trace.
  private final class Walk {
    private final TraceSpans all;
    private final int number;
    private final int[] spans;
    private final int[] child;
    private final int[] sibling;
    private final boolean[] seen;
    private final int[] stack;
    private final int[] above;

    Walk(TraceSpans all, int number, int[] spans, int[] child, int[] sibling) {
      this.all = all;
      this.number = number;
      this.spans = spans;
      this.child = child;
      this.sibling = sibling;
      seen = new boolean[child.length];
      stack = new int[child.length];
      above = new int[child.length];
    }

    void from(int top) {
      if (seen[top]) {
        return;
      }
      int depth = 0;
      seen[top] = true;
      above[top] = NONE;
      stack[depth++] = top;
      while (depth > 0) {
        int at = stack[--depth];
        int node = node(above[at], all.operation(spans[at]));
        if (node == NONE) {
          continue;
        }
        long own = self(at);
        sums[node].add(all, spans[at], own, number);
        selfNanos += own;
        for (int i = child[at]; i != NONE; i = sibling[i]) {
          if (!seen[i]) {
            seen[i] = true;
            above[i] = node;
            stack[depth++] = i;
          }
        }
      }
    }

    /// The time of a span in which none of its children ran.
    private long self(int at) {
      long until = all.start(spans[at]);
      long end = all.end(spans[at]);
      long own = Math.max(0, end - until);
      for (int i = child[at]; i != NONE; i = sibling[i]) {
        long from = Math.max(until, all.start(spans[i]));
        long to = Math.min(end, all.end(spans[i]));
        if (to > from) {
          own -= to - from;
          until = to;
        }
      }
      return own;
    }
  }

  private int node(int above, int operation) {
    long key = (long) (above + 1) << Integer.SIZE | operation;
    int known = nodes.find(key);
    if (known >= 0) {
      return known;
    }
    if (nodes.size() == most) {
      complete = false;
      return NONE;
    }
    int node = nodes.of(key);
    sums = node < sums.length ? sums : Arrays.copyOf(sums, node * 2);
    sums[node] = new Sums(above, operation);
    return node;
  }

  /// The nodes that most traces have, each after the one above it.
  Structure told(int limit, SweepCost cost) {
    // A node has no more traces than the one above it, which is numbered before it.
    List<Integer> kept =
        IntStream.range(0, nodes.size())
            .boxed()
            .sorted(Comparator.comparingLong((Integer node) -> -sums[node].traces))
            .limit(limit)
            .sorted(
                Comparator.comparingLong((Integer node) -> -sums[node].traces)
                    .thenComparingLong(node -> -sums[node].nanos)
                    .thenComparing(node -> operations.of(sums[node].operation).name()))
            .toList();
    var below = new ArrayList<List<Integer>>();
    for (int node = 0; node <= nodes.size(); node++) {
      below.add(List.of());
    }
    for (int node : kept) {
      int above = sums[node].above + 1;
      if (below.get(above).isEmpty()) {
        below.set(above, new ArrayList<>());
      }
      below.get(above).add(node);
    }
    var told = new ArrayList<Node>();
    var places = new int[nodes.size() + 1];
    places[0] = NONE;
    var stack = new ArrayList<>(below.getFirst().reversed());
    while (!stack.isEmpty()) {
      int node = stack.removeLast();
      places[node + 1] = told.size();
      told.add(sums[node].told(places[sums[node].above + 1]));
      stack.addAll(below.get(node + 1).reversed());
    }
    return new Structure(
        count, traces.oneIn(), spans, selfNanos, told, nodes.size(), complete, cost);
  }

  /// What the spans of a node come to. One thread.
  private final class Sums {
    private final int above;
    private final int operation;
    private long spans;
    private long traces;
    private long errors;
    private long nanos;
    private long self;
    private long longest = -1;
    private long longestId;
    private int longestTrace;
    private int lastTrace = NONE;

    Sums(int above, int operation) {
      this.above = above;
      this.operation = operation;
    }

    void add(TraceSpans all, int span, long own, int trace) {
      long duration = Math.max(0, all.end(span) - all.start(span));
      spans++;
      traces += trace == lastTrace ? 0 : 1;
      lastTrace = trace;
      errors += all.failed(span) ? 1 : 0;
      nanos += duration;
      self += own;
      if (duration > longest) {
        longest = duration;
        longestId = all.id(span);
        longestTrace = trace;
      }
    }

    Node told(int parent) {
      Operations.Operation own = operations.of(operation);
      return new Node(
          parent,
          own.service(),
          own.name(),
          own.kind(),
          spans,
          traces,
          errors,
          nanos,
          self,
          Paths.this.traces.hi(longestTrace),
          Paths.this.traces.lo(longestTrace),
          longestId);
    }
  }
}
