package dev.pharos.store.segment.encoding;

import java.util.Arrays;

/// A tree of the shapes of [ShapeGroups], by which a text finds its shape without being cut into words: an edge is the
/// literal text up to a word that varies, and the word itself, or the rest of the text. So all bytes of literals are
/// compared eight at a time, and only words that vary are looked at more closely. One thread.
final class ShapeMatcher {
  /// Dead ends in the tree after which a text counts as one without shape.
  private static final int MAX_RETREATS = 64;

  /// Per edge: its literal in `literals` with its first eight bytes and their mask, the node it leads to or the
  /// complement of the group it ends, and the next edge of its node, or -1.
  private int[] literalAt = new int[64];

  private int[] literalLength = new int[64];
  private long[] head = new long[64];
  private long[] mask = new long[64];
  private int[] target = new int[64];
  private int[] sibling = new int[64];
  private int edges;

  /// The first edge of each node, or -1; node 0 is the beginning of a text.
  private int[] firstEdge = new int[64];

  private int nodes;
  private byte[] literals = {};

  /// Per group: where its literals begin in `steps`, which are pairs of place and length in `literals`.
  private int[] stepAt = new int[64];

  private int[] steps = new int[256];
  private int stepCount;

  /// The path through the tree: the edge taken at each node and where in the text it began.
  private int[] taken = new int[16];

  private int[] began = new int[16];
  private long[] words = new long[16];
  private int wordCount;

  /// Takes over what is known of shapes.
  void build(ShapeGroups groups) {
    edges = 0;
    nodes = 1;
    stepCount = 0;
    if (stepAt.length < groups.count()) {
      stepAt = new int[groups.count() * 2];
    }
    firstEdge[0] = -1;
    literals = groups.bytes();
    // Edges are put in front of their siblings, so the most frequent ones come last.
    for (int group : byFrequency(groups)) {
      if (groups.texts(group) > 1) {
        insert(groups, group);
      }
    }
  }

  private static int[] byFrequency(ShapeGroups groups) {
    var keys = new long[groups.count()];
    for (int group = 0; group < keys.length; group++) {
      keys[group] = (long) groups.texts(group) << 32 | group;
    }
    Arrays.sort(keys);
    var order = new int[keys.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = (int) keys[i];
    }
    return order;
  }

  private void insert(ShapeGroups groups, int group) {
    int node = 0;
    int depth = 0;
    int at = groups.textFrom(group);
    stepAt[group] = stepCount;
    for (int word = 0; word < groups.words(group); word++) {
      if (groups.isVarying(group, word)) {
        addStep(at, groups.wordFrom(group, word) - at);
        node = follow(node, at, groups.wordFrom(group, word) - at);
        at = groups.wordTo(group, word);
        depth++;
      }
    }
    addStep(at, groups.textTo(group) - at);
    addEdge(node, at, groups.textTo(group) - at, ~group);
    if (depth >= taken.length) {
      taken = new int[depth * 2];
      began = new int[depth * 2];
      words = new long[depth * 2];
    }
  }

  private void addStep(int at, int length) {
    if (stepCount + 2 > steps.length) {
      steps = Arrays.copyOf(steps, stepCount * 2);
    }
    steps[stepCount++] = at;
    steps[stepCount++] = length;
  }

  /// Appends the literal before a varying word of a shape, or behind the last.
  void putLiteral(int group, int place, ByteSink out) {
    int step = stepAt[group] + 2 * place;
    out.put(literals, steps[step], steps[step + 1]);
  }

  /// The node behind a literal and a word, made if it is missing.
  private int follow(int node, int at, int length) {
    for (int edge = firstEdge[node]; edge >= 0; edge = sibling[edge]) {
      if (target[edge] > 0
          && literalLength[edge] == length
          && Words.same(literals, literalAt[edge], literals, at, length)) {
        return target[edge];
      }
    }
    if (nodes == firstEdge.length) {
      firstEdge = Arrays.copyOf(firstEdge, nodes * 2);
    }
    firstEdge[nodes] = -1;
    addEdge(node, at, length, nodes);
    return nodes++;
  }

  private void addEdge(int node, int at, int length, int to) {
    if (edges == target.length) {
      literalAt = Arrays.copyOf(literalAt, edges * 2);
      literalLength = Arrays.copyOf(literalLength, edges * 2);
      head = Arrays.copyOf(head, edges * 2);
      mask = Arrays.copyOf(mask, edges * 2);
      target = Arrays.copyOf(target, edges * 2);
      sibling = Arrays.copyOf(sibling, edges * 2);
    }
    literalAt[edges] = at;
    literalLength[edges] = length;
    mask[edges] = Words.mask(length);
    head[edges] = Words.load(literals, at) & mask[edges];
    target[edges] = to;
    sibling[edges] = firstEdge[node];
    firstEdge[node] = edges++;
  }

  /// The group of the text, whose varying words are then in [#words()]; -1 if it has no known shape.
  int match(byte[] bytes, int from, int to) {
    int depth = 0;
    int at = from;
    int edge = firstEdge[0];
    int retreats = 0;
    while (true) {
      edge = matching(edge, bytes, at, to);
      if (edge < 0) {
        if (depth == 0 || ++retreats > MAX_RETREATS) {
          return -1;
        }
        depth--;
        edge = sibling[taken[depth]];
        at = began[depth];
        continue;
      }
      int word = at + literalLength[edge];
      int next = target[edge];
      if (next < 0) {
        if (word == to) {
          wordCount = depth;
          return ~next;
        }
        edge = sibling[edge];
        continue;
      }
      int end = Words.end(bytes, word, to);
      if (end == word) {
        edge = sibling[edge];
        continue;
      }
      taken[depth] = edge;
      began[depth] = at;
      words[depth++] = (long) word << 32 | end;
      edge = firstEdge[next];
      at = end;
    }
  }

  /// The first of an edge and its siblings whose literal is what the text has at `at`, or -1.
  private int matching(int first, byte[] bytes, int at, int to) {
    long next = Words.load(bytes, at);
    for (int edge = first; edge >= 0; edge = sibling[edge]) {
      int length = literalLength[edge];
      if (((next ^ head[edge]) & mask[edge]) == 0
          && length <= to - at
          && (length <= 8 || Words.same(bytes, at, literals, literalAt[edge], length))) {
        return edge;
      }
    }
    return -1;
  }

  /// The words of the text matched last that vary in its shape: from in the high half, to in the low half. Valid up to
  /// [#wordCount()], until the next match.
  long[] words() {
    return words;
  }

  int wordCount() {
    return wordCount;
  }
}
