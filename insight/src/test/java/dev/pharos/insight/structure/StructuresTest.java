package dev.pharos.insight.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pharos.query.Contexts;
import dev.pharos.query.ScanPool;
import dev.pharos.query.TestPool;
import dev.pharos.query.memory.MemorySpans;
import dev.pharos.query.memory.SpanRecord;
import dev.pharos.query.memory.StoredData;
import dev.pharos.query.traceql.SpanFilter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Structures by blocks, however spans lie in them, and by the model trace by trace.
class StructuresTest {
  private static final long BASE = 1_700_000_000_000_000_000L;
  private static final long END = BASE + 100_000_000_000L;

  @Test
  void agreesWithTheModelOverAStore(@TempDir Path directory) {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var all = new ArrayList<SpanRecord>();
    try (var store = new StoredData(directory, BASE)) {
      for (int step = 0; step < 10; step++) {
        List<SpanRecord> more = traces(random, step * 100, 20 + random.nextInt(60));
        all.addAll(more);
        store.spans(more);
        store.disturb(random);
        boolean failed = random.nextBoolean();
        SpanFilter filter = failed ? SpanFilter.parse("{ status = error }") : SpanFilter.ALL;
        Set<Long> chosen =
            all.stream()
                .filter(span -> !failed || span.status() == 2)
                .map(SpanRecord::traceId)
                .collect(Collectors.toSet());
        check(
            of(new Structures(store.traceReader(), TestPool.THREE), filter, 10_000),
            all.stream().filter(span -> chosen.contains(span.traceId())).toList(),
            "seed " + seed + ", step " + step);
      }
    }
  }

  private static void check(Structure structure, List<SpanRecord> spans, String what) {
    var model = new Model(spans);
    var told = new TreeMap<String, Node>();
    var paths = new ArrayList<String>();
    for (Node node : structure.nodes()) {
      String above = node.parent() < 0 ? "" : paths.get(node.parent());
      paths.add(above + "/" + node.service() + " " + node.name() + " " + node.kind());
      told.put(paths.getLast(), node);
    }
    assertThat(told.keySet()).as(what).isEqualTo(model.paths.keySet());
    assertThat(structure.found()).as(what).isEqualTo(told.size());
    assertThat(structure.oneIn()).isEqualTo(1);
    assertThat(structure.complete()).isTrue();
    assertThat(structure.spans()).as(what).isEqualTo(spans.size());
    assertThat(structure.traces())
        .as(what)
        .isEqualTo(spans.stream().map(SpanRecord::traceId).distinct().count());
    long self = 0;
    for (Map.Entry<String, Node> entry : told.entrySet()) {
      String path = what + ", " + entry.getKey();
      Node node = entry.getValue();
      List<SpanRecord> own = model.paths.get(entry.getKey());
      assertThat(node.spans()).as(path).isEqualTo(own.size());
      assertThat(node.traces())
          .as(path)
          .isEqualTo(own.stream().map(SpanRecord::traceId).distinct().count());
      assertThat(node.errors())
          .as(path)
          .isEqualTo(own.stream().filter(span -> span.status() == 2).count());
      assertThat(node.nanos()).as(path).isEqualTo(own.stream().mapToLong(Model::nanos).sum());
      assertThat(node.selfNanos()).as(path).isEqualTo(own.stream().mapToLong(model::self).sum());
      assertThat(own)
          .as(path)
          .filteredOn(span -> span.spanId() == node.spanId() && span.traceId() == node.traceLo())
          .singleElement()
          .satisfies(
              span ->
                  assertThat(Model.nanos(span))
                      .isEqualTo(own.stream().mapToLong(Model::nanos).max().orElseThrow()));
      self += node.selfNanos();
    }
    assertThat(structure.selfNanos()).as(what).isEqualTo(self);
  }

  /// Spans by the path of operations from the top, found by going up.
  private static final class Model {
    final Map<String, List<SpanRecord>> paths = new TreeMap<>();
    private final Map<List<Long>, SpanRecord> byId = new HashMap<>();
    private final Map<List<Long>, List<SpanRecord>> children = new HashMap<>();

    Model(List<SpanRecord> spans) {
      for (SpanRecord span : spans) {
        byId.put(List.of(span.traceId(), span.spanId()), span);
        children
            .computeIfAbsent(List.of(span.traceId(), span.parentId()), key -> new ArrayList<>())
            .add(span);
      }
      spans.forEach(span -> paths.computeIfAbsent(path(span), key -> new ArrayList<>()).add(span));
    }

    private String path(SpanRecord span) {
      SpanRecord above = byId.get(List.of(span.traceId(), span.parentId()));
      String operation =
          "/" + span.resource().get("service.name") + " " + span.name() + " " + span.kind();
      return above == null ? operation : path(above) + operation;
    }

    static long nanos(SpanRecord span) {
      return span.endNanos() - span.startNanos();
    }

    /// Nanosecond by nanosecond would take too long: by the points at which a child begins or ends.
    long self(SpanRecord span) {
      List<SpanRecord> own =
          children.getOrDefault(List.of(span.traceId(), span.spanId()), List.of());
      var points = new ArrayList<>(List.of(span.startNanos(), span.endNanos()));
      own.forEach(child -> points.addAll(List.of(child.startNanos(), child.endNanos())));
      points.sort(Comparator.naturalOrder());
      long self = 0;
      for (int i = 1; i < points.size(); i++) {
        long from = points.get(i - 1);
        long to = points.get(i);
        boolean within = from >= span.startNanos() && to <= span.endNanos();
        boolean waits =
            own.stream().anyMatch(child -> child.startNanos() <= from && child.endNanos() >= to);
        self += within && !waits ? to - from : 0;
      }
      return self;
    }
  }

  @Test
  void takesOneOfAFewTracesWhereThereAreTooMany() {
    List<SpanRecord> spans =
        IntStream.range(0, 4_000)
            .mapToObj(i -> span(1 + i / 2, i % 2 + 1, i % 2, "web", i % 2 == 0 ? "a" : "b", 0, i))
            .toList();
    Structure structure =
        of(
            new Structures(
                new MemorySpans(List.of(spans.subList(0, 1_999), spans.subList(1_999, 4_000))),
                TestPool.THREE,
                300,
                Structures.MOST_SPANS),
            SpanFilter.ALL,
            100);
    assertThat(structure.oneIn()).isEqualTo(8);
    assertThat((double) structure.traces()).isEqualTo(2_000 / 8.0, within(60.0));
    assertThat(structure.spans()).isEqualTo(2 * structure.traces());
    assertThat(structure.nodes()).extracting(Node::name).containsExactly("a", "b");
    assertThat(structure.nodes()).extracting(Node::traces).containsOnly(structure.traces());
  }

  @Test
  void takesOneOfAFewTracesWhereTheirSpansAreTooMany() {
    List<SpanRecord> spans =
        IntStream.range(0, 9_000)
            .mapToObj(i -> span(1 + i / 3, i % 3 + 1, i % 3, "web", "o" + i % 3, 0, i))
            .toList();
    for (int parts : new int[] {1, 4, 90}) {
      List<List<SpanRecord>> blocks =
          IntStream.range(0, parts)
              .mapToObj(i -> spans.subList(i * 9_000 / parts, (i + 1) * 9_000 / parts))
              .toList();
      Structure structure =
          of(
              new Structures(new MemorySpans(blocks), TestPool.THREE, 5_000, 1_300),
              SpanFilter.ALL,
              100);
      assertThat(structure.oneIn()).as("%d blocks", parts).isEqualTo(8);
      assertThat(structure.spans()).isLessThanOrEqualTo(1_300);
      assertThat(structure.traces())
          .isEqualTo(
              spans.stream()
                  .filter(span -> span.parentId() == 0)
                  .filter(StructuresTest::isOneInEight)
                  .count());
      assertThat(structure.spans()).isEqualTo(3 * structure.traces());
      assertThat(structure.nodes()).extracting(Node::traces).containsOnly(structure.traces());
    }
  }

  @Test
  void takesNoMoreTracesThanABudgetHolds() {
    List<SpanRecord> spans =
        IntStream.range(0, 60_000)
            .mapToObj(i -> span(1 + i / 10, i % 10 + 1, i % 10 == 0 ? 0 : 1, "web", "a", 0, i))
            .toList();
    var blocks = new ArrayList<List<SpanRecord>>();
    for (int from = 0; from < spans.size(); from += 1_000) {
      blocks.add(spans.subList(from, from + 1_000));
    }
    var structures = new Structures(new MemorySpans(blocks), TestPool.THREE);
    try (var context = Contexts.create(4 << 20)) {
      Structure structure = structures.of(SpanFilter.ALL, BASE, END, 10, context);
      assertThat(structure.spans()).isBetween(1_000L, 10_486L).isEqualTo(10 * structure.traces());
      assertThat(structure.oneIn()).isGreaterThan(1);
    }
  }

  private static boolean isOneInEight(SpanRecord span) {
    return TraceSet.lastLevel(0, span.traceId()) >= 3;
  }

  @Test
  void takesATraceWithMoreSpansThanFit() {
    List<SpanRecord> spans =
        IntStream.range(0, 500)
            .mapToObj(i -> span(1, i + 1, i == 0 ? 0 : 1, "web", i == 0 ? "all" : "one", 0, i))
            .toList();
    Structure structure =
        of(
            new Structures(new MemorySpans(List.of(spans)), ScanPool.NONE, 10, 100),
            SpanFilter.ALL,
            100);
    assertThat(structure.spans()).isEqualTo(500);
    assertThat(structure.oneIn()).isEqualTo(1 << TraceSet.lastLevel(0, 1));
  }

  @Test
  void cutsCyclesAndCountsCopiesOnce() {
    List<SpanRecord> spans =
        List.of(
            span(1, 1, 2, "web", "a", 0, 0),
            span(1, 2, 1, "web", "b", 0, 1),
            span(1, 3, 3, "web", "own parent", 0, 2),
            span(2, 1, 9, "web", "c", 0, 0),
            span(2, 1, 9, "web", "c", 0, 0));
    Structure structure =
        of(new Structures(new MemorySpans(List.of(spans)), ScanPool.NONE), SpanFilter.ALL, 100);
    assertThat(structure.spans()).isEqualTo(4);
    assertThat(structure.nodes())
        .extracting(Node::name)
        .containsExactlyInAnyOrder("a", "b", "own parent", "c");
  }

  @Test
  void tellsTheNodesThatMostTracesHaveAndThoseAboveThem() {
    var spans = new ArrayList<SpanRecord>();
    for (int trace = 1; trace <= 10; trace++) {
      spans.add(span(trace, 1, 0, "web", "root", 0, 0));
      spans.add(span(trace, 2, 1, "web", trace < 8 ? "usual" : "rare" + trace, 0, 0));
    }
    Structure structure =
        of(new Structures(new MemorySpans(List.of(spans)), ScanPool.NONE), SpanFilter.ALL, 2);
    assertThat(structure.nodes()).extracting(Node::name).containsExactly("root", "usual");
    assertThat(structure.nodes()).extracting(Node::parent).containsExactly(-1, 0);
    assertThat(structure.found()).isEqualTo(5);
  }

  @Test
  void walksAChainAsLongAsItsTrace() {
    List<SpanRecord> spans =
        IntStream.range(0, 10_000)
            .mapToObj(i -> span(1, i + 1, i, "web", "deep", 0, i))
            .collect(Collectors.toCollection(ArrayList::new));
    Structure structure =
        of(new Structures(new MemorySpans(List.of(spans)), ScanPool.NONE), SpanFilter.ALL, 50);
    assertThat(structure.found()).isEqualTo(10_000);
    assertThat(structure.nodes()).hasSize(50);
    assertThat(structure.nodes().getLast().parent()).isEqualTo(48);
  }

  private static Structure of(Structures structures, SpanFilter filter, int limit) {
    try (var context = Contexts.create()) {
      return structures.of(filter, BASE, END, limit, context);
    }
  }

  /// Trees of up to twelve spans, some of whose parents are missing.
  private static List<SpanRecord> traces(Random random, int from, int count) {
    var spans = new ArrayList<SpanRecord>();
    for (int trace = from + 1; trace <= from + count; trace++) {
      var used = new HashSet<Long>();
      for (int i = 1 + random.nextInt(12); i > 0; i--) {
        long id = used.size() + 1L;
        long parent = id == 1 ? 0 : random.nextInt(15) == 0 ? 99 : 1 + random.nextInt(used.size());
        used.add(id);
        spans.add(
            new SpanRecord(
                trace,
                id,
                parent,
                Map.of("service.name", random.nextBoolean() ? "web" : "api"),
                "",
                random.nextBoolean() ? "GET" : "PUT",
                random.nextInt(2) + 2,
                random.nextInt(10) == 0 ? 2 : 0,
                "",
                BASE + trace * 1_000_000L + random.nextInt(1_000),
                BASE + trace * 1_000_000L + 1_000 + random.nextInt(2_000) + id,
                Map.of(),
                List.of()));
      }
    }
    return spans;
  }

  private static SpanRecord span(
      long trace, long id, long parent, String service, String name, int status, int order) {
    return new SpanRecord(
        trace,
        id,
        parent,
        Map.of("service.name", service),
        "",
        name,
        2,
        status,
        "",
        BASE + order,
        BASE + 100_000 + order,
        Map.of(),
        List.of());
  }
}
