package dev.pharos.query.traceql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.query.Contexts;
import dev.pharos.query.ScanPool;
import dev.pharos.query.TestPool;
import dev.pharos.query.memory.MemorySpans;
import dev.pharos.query.memory.SpanRecord;
import dev.pharos.query.memory.StoredData;
import dev.pharos.store.read.TraceReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random spans and queries, answered by the engine over blocks however they are split and by a model span by span.
class TraceqlOracleTest {
  private static final long BASE = 1_700_000_000_000_000_000L;
  private static final int ROUNDS = 300;

  /// A condition on a span, which may look at the other spans of its trace.
  ///
  /// @param sure whether the columns of a span tell it
  private record Condition(
      String text, BiPredicate<SpanRecord, List<SpanRecord>> test, boolean sure) {
    Condition(String text, BiPredicate<SpanRecord, List<SpanRecord>> test) {
      this(text, test, true);
    }

    Condition unsure() {
      return new Condition(text, test, false);
    }

    Condition and(Condition other) {
      return new Condition(
          "(" + text + " && " + other.text + ")", test.and(other.test), sure && other.sure);
    }

    Condition or(Condition other) {
      return new Condition(
          "(" + text + " || " + other.text + ")", test.or(other.test), sure && other.sure);
    }

    Condition not() {
      return new Condition("!(" + text + ")", test.negate(), sure);
    }
  }

  @Test
  void agreesWithTheModelHoweverSpansAreSplit() {
    long seed = System.nanoTime();
    int found = 0;
    for (int round = 0; round < ROUNDS; round++) {
      var random = new Random(seed + round);
      List<SpanRecord> spans = spans(random);
      var parts = new ArrayList<List<SpanRecord>>();
      for (int n = 1 + random.nextInt(5); n > 0; n--) {
        parts.add(new ArrayList<>());
      }
      spans.forEach(span -> parts.get(random.nextInt(parts.size())).add(span));
      found += compare(random, spans, new MemorySpans(parts), "seed " + (seed + round));
    }
    assertThat(found).as("traces found in all rounds").isGreaterThan(ROUNDS);
  }

  @Test
  void agreesWithTheModelOverAStore(@TempDir Path directory) {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var all = new ArrayList<SpanRecord>();
    try (var store = new StoredData(directory, BASE)) {
      for (int step = 0; step < 60; step++) {
        List<SpanRecord> more = spans(random);
        all.addAll(more);
        store.spans(more);
        store.disturb(random);
        compare(random, all, store.traceReader(), "seed " + seed + ", step " + step);
      }
    }
  }

  /// Compares one random query and tells how many traces it found.
  private static int compare(Random random, List<SpanRecord> all, TraceReader reader, String name) {
    Condition first = condition(random, 2);
    Condition second = condition(random, 1);
    int form = random.nextInt(3);
    String query =
        switch (form) {
          case 0 -> "{ " + first.text() + " }";
          case 1 -> "{ " + first.text() + " } && { " + second.text() + " }";
          default -> "{ " + first.text() + " } || { " + second.text() + " }";
        };
    Map<Long, Set<Long>> expected = new TreeMap<>();
    traces(all)
        .forEach(
            (id, trace) -> {
              Set<Long> a = matching(trace, first);
              Set<Long> b = form == 0 ? Set.of() : matching(trace, second);
              var both = new TreeSet<>(a);
              both.addAll(b);
              if (form == 1 ? !a.isEmpty() && !b.isEmpty() : !both.isEmpty()) {
                expected.put(id, both);
              }
            });
    assertThat(search(reader, query, 1_000)).as("%s: %s", name, query).isEqualTo(expected);
    int limit = 1 + random.nextInt(5);
    Map<Long, Set<Long>> few = search(reader, query, limit);
    assertThat(few.size())
        .as("%s, limit %d: %s", name, limit, query)
        .isEqualTo(Math.min(limit, expected.size()));
    assertThat(search(reader, query, limit)).isEqualTo(few);
    if (form == 0 && first.sure()) {
      expected.keySet().retainAll(newest(all, first, limit));
    }
    assertThat(expected).as("%s, limit %d: %s", name, limit, query).containsAllEntriesOf(few);
    return expected.size();
  }

  /// The traces with the latest of the spans that satisfy the condition.
  private static List<Long> newest(List<SpanRecord> all, Condition condition, int limit) {
    Map<Long, Long> latest = new TreeMap<>();
    traces(all)
        .forEach(
            (id, trace) ->
                trace.stream()
                    .filter(span -> condition.test().test(span, trace))
                    .mapToLong(SpanRecord::startNanos)
                    .max()
                    .ifPresent(time -> latest.put(id, time)));
    return latest.entrySet().stream()
        .sorted(
            Map.Entry.<Long, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(limit)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Map<Long, Set<Long>> search(TraceReader reader, String query, int limit) {
    try (var context = Contexts.create()) {
      SearchResult result =
          new TraceqlEngine(reader, limit % 2 == 1 ? ScanPool.NONE : TestPool.THREE)
              .search(new SearchRequest(query, BASE - 1_000, BASE + 10_000, limit, 1_000), context);
      assertThat(result.traces())
          .isSortedAccordingTo((a, b) -> Long.compare(b.startNanos(), a.startNanos()));
      return result.traces().stream()
          .collect(
              Collectors.toMap(
                  SearchResult.TraceMatch::traceLo,
                  t ->
                      t.spanSets().getFirst().spans().stream()
                          .map(SearchResult.FoundSpan::spanId)
                          .collect(Collectors.toCollection(TreeSet::new)),
                  (a, b) -> a,
                  TreeMap::new));
    }
  }

  private static Map<Long, List<SpanRecord>> traces(List<SpanRecord> all) {
    return all.stream()
        .distinct()
        .collect(Collectors.groupingBy(SpanRecord::traceId, TreeMap::new, Collectors.toList()));
  }

  private static Set<Long> matching(List<SpanRecord> trace, Condition condition) {
    return trace.stream()
        .filter(s -> condition.test().test(s, trace))
        .map(SpanRecord::spanId)
        .collect(Collectors.toSet());
  }

  private static List<SpanRecord> spans(Random random) {
    var spans = new ArrayList<SpanRecord>();
    for (int n = 1 + random.nextInt(6); n > 0; n--) {
      long trace = 1 + random.nextLong(1_000_000);
      int size = 1 + random.nextInt(5);
      long start = BASE + random.nextInt(1_000);
      for (long id = 1; id <= size; id++) {
        long parent = id == 1 ? random.nextInt(5) == 0 ? 77 : 0 : 1 + random.nextLong(id - 1);
        spans.add(span(random, trace, id, parent, start + id));
      }
    }
    if (random.nextInt(3) == 0) {
      spans.add(spans.getFirst());
    }
    return spans;
  }

  private static SpanRecord span(Random random, long trace, long id, long parent, long start) {
    var attributes = new LinkedHashMap<String, Object>();
    if (random.nextBoolean()) {
      attributes.put(
          "a",
          List.<Object>of("x", "y", 5L, 5.0, 7.5, true, List.of("x", "z")).get(random.nextInt(7)));
    }
    if (random.nextBoolean()) {
      attributes.put("k", random.nextBoolean() ? "x" : "w");
    }
    Map<String, Object> resource =
        random.nextBoolean()
            ? Map.of("service.name", pick(random, "web", "api"))
            : Map.of("service.name", pick(random, "web", "api"), "a", "r");
    List<SpanRecord.Event> events =
        random.nextInt(3) == 0
            ? List.of(
                new SpanRecord.Event(
                    pick(random, "e1", "e2"), start, Map.of("x", random.nextLong(3))))
            : List.of();
    int status = random.nextInt(3);
    return new SpanRecord(
        trace,
        id,
        parent,
        resource,
        pick(random, "", "lib"),
        pick(random, "GET", "PUT"),
        random.nextInt(6),
        status,
        status == 2 ? "bad" : "",
        start,
        start + random.nextInt(100),
        attributes,
        events);
  }

  private static String pick(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static Condition condition(Random random, int depth) {
    if (depth > 0 && random.nextBoolean()) {
      Condition left = condition(random, depth - 1);
      Condition right = condition(random, depth - 1);
      Condition joined = random.nextBoolean() ? left.and(right) : left.or(right);
      return random.nextInt(4) == 0 ? joined.not() : joined;
    }
    return switch (random.nextInt(13)) {
      case 0 ->
          new Condition(
              "resource.service.name = \"web\"",
              (s, t) -> s.resource().get("service.name").equals("web"));
      case 1 ->
          new Condition(
              "span.k != \"x\"",
              (s, t) -> s.attributes().containsKey("k") && !s.attributes().get("k").equals("x"));
      case 2 -> new Condition(".a = \"x\"", (s, t) -> values(s).contains("x"));
      case 3 ->
          new Condition(
              ".a > 5",
              (s, t) ->
                  values(s).stream().anyMatch(v -> v instanceof Number n && n.doubleValue() > 5));
      case 4 ->
          new Condition(
              "5 = .a",
              (s, t) ->
                  values(s).stream().anyMatch(v -> v instanceof Number n && n.doubleValue() == 5));
      case 5 ->
          new Condition(
              ".a =~ \"x|r\"", (s, t) -> values(s).contains("x") || values(s).contains("r"));
      case 6 -> new Condition(".a = nil", (s, t) -> values(s).isEmpty());
      case 7 -> new Condition("status = error", (s, t) -> s.status() == 2);
      case 8 -> new Condition("kind != server", (s, t) -> s.kind() != 2);
      case 9 -> new Condition("duration >= 50ns", (s, t) -> s.endNanos() - s.startNanos() >= 50);
      case 10 ->
          new Condition(
                  "event.x = 1",
                  (s, t) -> s.events().stream().anyMatch(e -> e.attributes().get("x").equals(1L)))
              .unsure();
      case 11 ->
          new Condition(
                  "rootName = \"GET\"",
                  (s, t) -> root(t).map(SpanRecord::name).orElse("").equals("GET"))
              .unsure();
      default -> new Condition("name = \"PUT\"", (s, t) -> s.name().equals("PUT"));
    };
  }

  private static Optional<SpanRecord> root(List<SpanRecord> trace) {
    return trace.stream().filter(s -> s.parentId() == 0).findFirst();
  }

  private static List<Object> values(SpanRecord span) {
    Object value = span.attributes().getOrDefault("a", span.resource().get("a"));
    return value == null
        ? List.of()
        : value instanceof List<?> list ? List.copyOf(list) : List.of(value);
  }
}
