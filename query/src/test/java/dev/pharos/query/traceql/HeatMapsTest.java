package dev.pharos.query.traceql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.query.Contexts;
import dev.pharos.query.QueryException;
import dev.pharos.query.ScanPool;
import dev.pharos.query.TestPool;
import dev.pharos.query.memory.MemorySpans;
import dev.pharos.query.memory.SpanRecord;
import dev.pharos.query.memory.StoredData;
import dev.pharos.store.read.TraceReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Heat maps of random spans and filters, beside counts span by span.
class HeatMapsTest {
  private static final long BASE = 1_700_000_000_000_000_000L;

  /// Filters that columns decide, that a whole span decides, and that a whole trace decides.
  private static final Map<String, BiPredicate<SpanRecord, List<SpanRecord>>> FILTERS =
      new LinkedHashMap<>();

  static {
    FILTERS.put("{ }", (span, trace) -> true);
    FILTERS.put("{ name = \"GET\" }", (span, trace) -> span.name().equals("GET"));
    FILTERS.put(
        "{ resource.service.name = \"web\" } | { span.n > 1 }",
        (span, trace) ->
            span.resource().get("service.name").equals("web")
                && (Long) span.attributes().get("n") > 1);
    FILTERS.put("{ event:name = \"e\" }", (span, trace) -> !span.events().isEmpty());
    FILTERS.put("{ span.n + 1 = 3 }", (span, trace) -> span.attributes().get("n").equals(2L));
    FILTERS.put(
        "{ span:childCount > 0 && status = error }",
        (span, trace) ->
            span.status() == 2
                && trace.stream().anyMatch(other -> other.parentId() == span.spanId()));
  }

  @Test
  void countsAsTheModelDoesHoweverSpansAreSplit() {
    long seed = System.nanoTime();
    for (int round = 0; round < 100; round++) {
      var random = new Random(seed + round);
      List<SpanRecord> spans = spans(random, random.nextInt(400));
      var parts = new ArrayList<List<SpanRecord>>();
      for (int n = 1 + random.nextInt(5); n > 0; n--) {
        parts.add(new ArrayList<>());
      }
      spans.forEach(span -> parts.get(random.nextInt(parts.size())).add(span));
      check(random, spans, new MemorySpans(parts), "seed " + (seed + round));
    }
  }

  @Test
  void countsAsTheModelDoesOverAStore(@TempDir Path directory) {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var all = new ArrayList<SpanRecord>();
    try (var store = new StoredData(directory, BASE)) {
      for (int step = 0; step < 30; step++) {
        List<SpanRecord> more = spans(random, 100);
        all.addAll(more);
        store.spans(more);
        store.disturb(random);
        check(random, all, store.traceReader(), "seed " + seed + ", step " + step);
      }
    }
  }

  private static void check(Random random, List<SpanRecord> all, TraceReader reader, String name) {
    String query = FILTERS.keySet().stream().skip(random.nextInt(FILTERS.size())).findFirst().get();
    boolean roots = random.nextInt(4) == 0;
    SpanFilter filter = SpanFilter.parse(query);
    var times =
        new TimeColumns(
            BASE + random.nextInt(500), BASE + 2_000 + random.nextInt(500), 1 + random.nextInt(40));
    int rows = 1 + random.nextInt(30);
    List<SpanRecord> found =
        all.stream()
            .filter(
                span ->
                    span.startNanos() >= times.fromNanos() && span.startNanos() < times.toNanos())
            .filter(span -> !roots || span.parentId() == 0)
            .filter(
                span ->
                    FILTERS
                        .get(query)
                        .test(
                            span, all.stream().filter(s -> s.traceId() == span.traceId()).toList()))
            .toList();
    HeatMap map;
    try (var context = Contexts.create()) {
      map =
          new HeatMaps(reader, TestPool.THREE)
              .of(roots ? filter.roots() : filter, times, rows, context);
    }
    String what = name + ": " + query + (roots ? " roots" : "");
    assertThat(map.total()).as(what).isEqualTo(found.size());
    assertThat(map.edgesNanos()).as(what).hasSize(rows + 1).isSorted().doesNotHaveDuplicates();
    assertThat(map.counts().toArray(long[][]::new))
        .as(what)
        .isDeepEqualTo(cells(found, times, map.edgesNanos()));
    var errors = new long[times.columns()];
    found.stream().filter(s -> s.status() == 2).forEach(s -> errors[column(s, times)]++);
    assertThat(map.errors()).as(what).isEqualTo(errors);
  }

  private static int column(SpanRecord span, TimeColumns times) {
    return (int) ((span.startNanos() - times.fromNanos()) / times.widthNanos());
  }

  private static long[][] cells(List<SpanRecord> spans, TimeColumns times, long[] edges) {
    var cells = new long[edges.length - 1][times.columns()];
    for (SpanRecord span : spans) {
      long nanos = span.endNanos() - span.startNanos();
      int row = 0;
      while (row < cells.length - 1 && nanos >= edges[row + 1]) {
        row++;
      }
      cells[row][column(span, times)]++;
    }
    return cells;
  }

  private static List<SpanRecord> spans(Random random, int count) {
    var spans = new ArrayList<SpanRecord>();
    long trace = random.nextLong(1L << 40);
    for (int id = 1; id <= count; id++) {
      trace = random.nextInt(3) == 0 ? random.nextLong(1L << 40) : trace;
      long start = BASE + random.nextInt(3_000);
      long nanos = random.nextInt(10) == 0 ? -random.nextInt(5) : 1L << random.nextInt(40);
      spans.add(
          new SpanRecord(
              trace,
              id,
              random.nextInt(id),
              Map.of("service.name", random.nextBoolean() ? "web" : "api"),
              "",
              random.nextBoolean() ? "GET" : "PUT",
              random.nextInt(6),
              random.nextInt(3),
              "",
              start,
              start + nanos + (nanos > 64 ? random.nextLong(nanos) : 0),
              Map.of("n", random.nextLong(4)),
              random.nextInt(3) == 0
                  ? List.of(new SpanRecord.Event("e", start, Map.of()))
                  : List.of()));
    }
    return spans;
  }

  @Test
  void spacesRowsEvenlyFromTheFastestToTheSlowest() {
    var random = new Random(1);
    var spans = new ArrayList<SpanRecord>();
    for (int i = 1; i <= 1_000; i++) {
      long nanos = (long) (1e6 * Math.pow(1_000, random.nextDouble()));
      spans.add(
          new SpanRecord(
              i, i, 0, Map.of(), "", "", 0, 0, "", BASE, BASE + nanos, Map.of(), List.of()));
    }
    HeatMap map;
    try (var context = Contexts.create()) {
      map =
          new HeatMaps(new MemorySpans(List.of(spans)), ScanPool.NONE)
              .of(SpanFilter.ALL, new TimeColumns(BASE, BASE + 10, 3), 28, context);
    }
    long[] edges = map.edgesNanos();
    assertThat(edges[0]).isBetween(900_000L, 1_100_000L);
    assertThat(edges[28]).isBetween(990_000_000L, 1_100_000_000L);
    assertThat(Arrays.stream(edges).skip(1).mapToDouble(edge -> edge).toArray())
        .satisfies(
            bounds -> {
              for (int i = 1; i < bounds.length; i++) {
                assertThat(bounds[i] / bounds[i - 1]).isBetween(1.2, 1.37);
              }
            });
  }

  @Test
  void refusesWhatIsNoFilterOfSpans() {
    for (String query :
        List.of(
            "{ } | rate()", "{ } >> { }", "{ } && { }", "{ } | count() > 1", "{ } | by(name)")) {
      assertThatThrownBy(() -> SpanFilter.parse(query))
          .as(query)
          .isInstanceOf(QueryException.class)
          .hasMessageContaining("expected: conditions in braces");
    }
    assertThatThrownBy(() -> SpanFilter.parse("{ name = }")).isInstanceOf(QueryException.class);
  }

  @Test
  void readsTheSameAgainWhenPrinted() {
    for (String query : FILTERS.keySet()) {
      SpanFilter filter = SpanFilter.parse(query).roots();
      assertThat(SpanFilter.parse(filter.toString())).hasToString(filter.toString());
    }
  }
}
