package dev.pharos.query.traceql;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.ValueType;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// All spans of one trace with what only the whole tells: the tree, the root, the duration. Immutable; any thread.
///
/// Of spans with one id the first is the parent of those that name it. A span whose parent is missing, or that takes
/// part in a cycle, is in no tree and has nested-set numbers of 0.
final class Trace {
  private static final int NONE = -1;

  private final SpanBatch spans;
  private final int[] parents;
  private final int[] children;
  private final int[] left;
  private final int[] right;
  private final int[] nestedParent;
  private final int root;
  private final long startNanos;
  private final long endNanos;

  /// @param spans of the trace, at least one, ordered by start
  Trace(SpanBatch spans) {
    this.spans = spans;
    int rows = spans.rows();
    Map<Long, Integer> byId = new HashMap<>();
    for (int row = 0; row < rows; row++) {
      byId.putIfAbsent(spans.spanId()[row], row);
    }
    parents = new int[rows];
    children = new int[rows];
    long start = Long.MAX_VALUE;
    long end = Long.MIN_VALUE;
    int first = NONE;
    for (int row = 0; row < rows; row++) {
      long parent = spans.parentSpanId()[row];
      int found = parent == 0 ? NONE : byId.getOrDefault(parent, NONE);
      parents[row] = found == row ? NONE : found;
      if (parents[row] != NONE) {
        children[parents[row]]++;
      }
      if (parent == 0 && first == NONE) {
        first = row;
      }
      start = Math.min(start, spans.startNanos()[row]);
      end = Math.max(end, Math.max(spans.startNanos()[row], spans.endNanos()[row]));
    }
    root = first;
    startNanos = start;
    endNanos = end;
    left = new int[rows];
    right = new int[rows];
    nestedParent = new int[rows];
    number();
  }

  /// Numbers each tree from its root in depth-first order, children by row.
  private void number() {
    int rows = spans.rows();
    int[] firstChild = new int[rows];
    int[] nextSibling = new int[rows];
    Arrays.fill(firstChild, NONE);
    Arrays.fill(nextSibling, NONE);
    for (int row = rows - 1; row >= 0; row--) {
      if (parents[row] != NONE) {
        nextSibling[row] = firstChild[parents[row]];
        firstChild[parents[row]] = row;
      }
    }
    int next = 1;
    Deque<Integer> path = new ArrayDeque<>();
    for (int start = 0; start < rows; start++) {
      if (spans.parentSpanId()[start] != 0) {
        continue;
      }
      nestedParent[start] = -1;
      int row = start;
      boolean down = true;
      while (true) {
        if (down) {
          left[row] = next++;
          if (firstChild[row] != NONE) {
            nestedParent[firstChild[row]] = left[row];
            path.push(row);
            row = firstChild[row];
            continue;
          }
        }
        right[row] = next++;
        if (row == start) {
          break;
        }
        int sibling = nextSibling[row];
        down = sibling != NONE;
        row = down ? sibling : path.pop();
        if (down) {
          nestedParent[row] = left[parents[row]];
        }
      }
    }
  }

  SpanBatch spans() {
    return spans;
  }

  int rows() {
    return spans.rows();
  }

  /// The row of a span's parent, or -1.
  int parent(int row) {
    return parents[row];
  }

  int childCount(int row) {
    return children[row];
  }

  int nestedSetLeft(int row) {
    return left[row];
  }

  int nestedSetRight(int row) {
    return right[row];
  }

  /// -1 for a root, 0 for a span that is in no tree.
  int nestedSetParent(int row) {
    return nestedParent[row];
  }

  long startNanos() {
    return startNanos;
  }

  long durationNanos() {
    return endNanos - startNanos;
  }

  Optional<String> rootName() {
    return root == NONE ? Optional.empty() : Optional.of(spans.symbols().text(spans.name()[root]));
  }

  Optional<String> rootService() {
    return root == NONE ? Optional.empty() : Optional.of(service(root));
  }

  /// The service of a span, empty if its Resource has none.
  String service(int row) {
    AttributeRows attributes = spans.resources().attributes();
    int at = attributes.find(spans.resource()[row], spans.symbols().find("service.name"));
    return at >= 0 && attributes.type(at) == ValueType.STRING
        ? spans.symbols().text((int) attributes.value(at))
        : "";
  }

  Map<String, SearchResult.ServiceStats> services() {
    var services = new TreeMap<String, SearchResult.ServiceStats>();
    for (int row = 0; row < rows(); row++) {
      int errors = spans.statusCode()[row] == 2 ? 1 : 0;
      services.merge(
          service(row),
          new SearchResult.ServiceStats(1, errors),
          (a, b) -> new SearchResult.ServiceStats(a.spans() + b.spans(), a.errors() + b.errors()));
    }
    return services;
  }
}
