package dev.pharos.insight.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pharos.insight.compare.Ranking.Row;
import dev.pharos.insight.compare.Term.Attribute;
import dev.pharos.observe.Ledger;
import dev.pharos.query.Contexts;
import dev.pharos.query.QueryContext;
import dev.pharos.query.QueryException;
import dev.pharos.query.ScanPool;
import dev.pharos.query.TestPool;
import dev.pharos.query.memory.MemorySpans;
import dev.pharos.query.memory.SpanRecord;
import dev.pharos.query.memory.StoredData;
import dev.pharos.query.traceql.SpanFilter;
import dev.pharos.store.read.TraceReader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Comparisons by blocks, however spans lie in them, and by the model span by span.
class ComparisonTest {
  private static final long BASE = 1_700_000_000_000_000_000L;
  private static final Inside ERRORS = new Inside.Errors(BASE);
  private static final long END = BASE + 100_000_000_000L;

  @Test
  void agreesWithTheModelHoweverSpansAreSplit() {
    long seed = System.nanoTime();
    int rows = 0;
    int folded = 0;
    for (int round = 0; round < 60; round++) {
      var random = new Random(seed + round);
      List<SpanRecord> spans = spans(random, 50 + random.nextInt(2_000));
      var parts = new ArrayList<List<SpanRecord>>();
      for (int n = 1 + random.nextInt(6); n > 0; n--) {
        parts.add(new ArrayList<>());
      }
      spans.forEach(span -> parts.get(random.nextInt(parts.size())).add(span));
      Ranking ranking =
          check(random, spans, new MemorySpans(parts), "seed " + (seed + round) + ", split");
      rows += ranking.rows().size();
      folded += ranking.rows().stream().mapToInt(row -> row.same().size()).sum();
    }
    assertThat(rows).as("rows of all rounds").isGreaterThan(100);
    assertThat(folded).as("folded attributes of all rounds").isGreaterThan(20);
  }

  @Test
  void agreesWithTheModelOverAStore(@TempDir Path directory) {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var all = new ArrayList<SpanRecord>();
    try (var store = new StoredData(directory, BASE)) {
      for (int step = 0; step < 20; step++) {
        List<SpanRecord> more = spans(random, 100 + random.nextInt(300));
        all.addAll(more);
        store.spans(more);
        store.disturb(random);
        check(random, all, store.traceReader(), "seed " + seed + ", step " + step);
      }
    }
  }

  private static Ranking check(
      Random random, List<SpanRecord> all, TraceReader reader, String name) {
    boolean filtered = random.nextBoolean();
    List<SpanRecord> spans = all.stream().filter(s -> !filtered || s.name().equals("GET")).toList();
    SpanFilter filter = filtered ? SpanFilter.parse("{ name = \"GET\" }") : SpanFilter.ALL;
    Inside inside =
        switch (random.nextInt(5)) {
          case 0 -> random.nextBoolean() ? ERRORS : new Inside.Errors(BASE + 20_000_000_000L);
          case 1 -> new Inside.Slow();
          case 2 -> new Inside.Matching(SpanFilter.parse("{ span.zone = \"west\" }"));
          case 3 ->
              new Inside.Matching(SpanFilter.parse("{ span.load > 0.5 && span.free = true }"));
          default -> new Inside.Box(BASE + 20_000_000_000L, END, 1_000_000, 40_000_000);
        };
    var model = new ComparisonModel(spans, isInside(spans, inside));
    Ranking ranking = compare(reader, filter, inside, 1_000);
    String what = name + ", " + inside + ", " + filter;
    assertThat(ranking.inside()).as(what).isEqualTo(model.inside.cardinality());
    assertThat(ranking.outside()).as(what).isEqualTo(model.outside.cardinality());
    assertThat(ranking.tested()).as(what).isEqualTo(model.terms.size());
    var told = new HashMap<Attribute, Term>();
    for (Row row : ranking.rows()) {
      check(row, model, what);
      told.put(row.term().attribute(), row.term());
      row.same().forEach(term -> told.put(term.attribute(), term));
      for (Term same : row.same()) {
        double difference = model.greatestDifference(same.attribute());
        assertThat(model.inside(model.rows(same)) - model.outside(model.rows(same)))
            .isEqualTo(difference, within(1e-9));
      }
    }
    assertThat(ranking.hidden()).as(what).isEqualTo(model.terms.size() - told.size());
    checkHidden(ranking, model, told, what);
    checkOrder(ranking, inside, what);
    return ranking;
  }

  private static void check(Row row, ComparisonModel model, String what) {
    var rows = model.rows(row.term());
    assertThat(row.inside()).as(what).isEqualTo(model.inside(rows), within(1e-12));
    assertThat(row.outside()).as(what).isEqualTo(model.outside(rows), within(1e-12));
    assertThat(row.difference())
        .as("%s: %s", what, row)
        .isEqualTo(model.greatestDifference(row.term().attribute()), within(1e-9));
    assertThat(model.differs(row.inside(), row.outside())).as("%s: %s", what, row).isTrue();
    assertThat(row.values()).as(what).hasSizeBetween(1, 5);
    assertThat(row.values().getFirst().value()).as(what).isEqualTo(row.term().text());
    assertThat(row.values().getFirst().inside()).as(what).isEqualTo(row.inside());
  }

  /// Nothing that differs is left out, and what is told apart is not the same.
  private static void checkHidden(
      Ranking ranking, ComparisonModel model, Map<Attribute, Term> told, String what) {
    if (ranking.inside() == 0 || ranking.outside() == 0) {
      assertThat(ranking.rows()).as(what).isEmpty();
      return;
    }
    model.terms.forEach(
        (attribute, terms) -> {
          if (!told.containsKey(attribute)) {
            double greatest = model.greatestDifference(attribute);
            assertThat(
                    terms.values().stream()
                        .filter(
                            rows ->
                                greatest > 0
                                    && model.inside(rows) - model.outside(rows) == greatest)
                        .allMatch(rows -> model.differs(model.inside(rows), model.outside(rows))))
                .as("%s: %s is hidden", what, attribute)
                .matches(all -> !all || greatest <= 0);
          }
        });
  }

  private static void checkOrder(Ranking ranking, Inside inside, String what) {
    for (int i = 1; i < ranking.rows().size(); i++) {
      Row before = ranking.rows().get(i - 1);
      Row after = ranking.rows().get(i);
      boolean consequence =
          inside instanceof Inside.Errors
              && Importance.isFailure(after.term().attribute())
              && !Importance.isFailure(before.term().attribute());
      // A group is named by its best known member, which may differ by what folding forgives.
      assertThat(consequence || before.difference() >= after.difference() - 0.1)
          .as("%s: %s before %s", what, before, after)
          .isTrue();
    }
  }

  private static Predicate<SpanRecord> isInside(List<SpanRecord> spans, Inside inside) {
    return switch (inside) {
      case Inside.Errors errors ->
          span -> span.status() == 2 && span.startNanos() >= errors.fromNanos();
      case Inside.Box box ->
          span -> {
            long nanos = span.endNanos() - span.startNanos();
            return span.startNanos() >= box.fromNanos()
                && span.startNanos() < box.toNanos()
                && nanos >= box.leastNanos()
                && nanos < box.mostNanos();
          };
      case Inside.Slow slow -> new SlowModel(spans);
      case Inside.Matching matching ->
          matching.filter().toString().contains("zone")
              ? span -> "west".equals(span.attributes().get("zone"))
              : span ->
                  (double) span.attributes().get("load") > 0.5
                      && Boolean.TRUE.equals(span.attributes().get("free"));
    };
  }

  private static Ranking compare(TraceReader reader, SpanFilter filter, Inside inside, int limit) {
    try (var context = Contexts.create()) {
      return new Comparison(reader, TestPool.THREE)
          .compare(filter, BASE, END, inside, limit, context);
    }
  }

  private static Ranking compare(List<SpanRecord> spans, Inside inside) {
    return compare(new MemorySpans(List.of(spans)), SpanFilter.ALL, inside, 40);
  }

  /// Random spans; those of one zone fail and are slow more often.
  private static List<SpanRecord> spans(Random random, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              boolean bad = random.nextInt(8) == 0;
              var attributes = new LinkedHashMap<String, Object>();
              String zone = bad ? "south" : random.nextBoolean() ? "west" : "north";
              attributes.put("zone", zone);
              if (random.nextInt(50) > 0) {
                attributes.put("cell", zone + "-1");
              }
              if (random.nextBoolean()) {
                attributes.put("retries", (long) (bad ? 1 + random.nextInt(3) : random.nextInt(2)));
              }
              attributes.put(
                  "waiting", (long) (bad ? 15 + random.nextInt(30) : random.nextInt(20)));
              attributes.put("load", (random.nextInt(500) + (bad ? 200 : 0)) / 500.0);
              attributes.put(
                  "free", random.nextInt(4) == 0 ? "text" : (Object) random.nextBoolean());
              attributes.put("error.type", bad ? "Timeout" : "none");
              Map<String, Object> resource =
                  Map.of(
                      "service.name",
                      random.nextBoolean() ? "web" : "api",
                      "k8s.pod.name",
                      "pod-" + zone);
              long start = BASE + random.nextLong(END - BASE);
              long nanos = bad ? 1L << 20 + random.nextInt(12) : 1L << 10 + random.nextInt(12);
              return new SpanRecord(
                  1 + i / 3,
                  i + 1,
                  0,
                  resource,
                  "",
                  random.nextInt(3) == 0 ? "PUT" : "GET",
                  random.nextInt(6),
                  random.nextInt(bad ? 2 : 20) == 0 ? 2 : random.nextInt(2),
                  "",
                  start,
                  start + nanos + random.nextInt(1_000),
                  attributes,
                  events(random, bad, start));
            })
        .toList();
  }

  /// Of one span in three a few, some of which say the same.
  private static List<SpanRecord.Event> events(Random random, boolean bad, long nanos) {
    return IntStream.range(0, random.nextInt(3) == 0 ? random.nextInt(5) : 0)
        .mapToObj(
            i -> {
              var attributes = new LinkedHashMap<String, Object>();
              attributes.put("exception.type", bad ? "Timeout" : "E" + random.nextInt(3));
              attributes.put("attempt", (long) random.nextInt(bad ? 3 : 30));
              attributes.put("waited", random.nextInt(4) / 4.0);
              attributes.put("mixed", random.nextBoolean() ? "text" : (Object) (i % 2 == 0));
              return new SpanRecord.Event("exception", nanos + i, attributes);
            })
        .toList();
  }

  private static SpanRecord span(int id, int status, long nanos, Map<String, Object> attributes) {
    return span(id, "GET", status, nanos, attributes);
  }

  private static SpanRecord span(
      int id, String name, int status, long nanos, Map<String, Object> attributes) {
    long start = BASE + id;
    return new SpanRecord(
        id,
        id,
        0,
        Map.of("service.name", "s"),
        "",
        name,
        2,
        status,
        "",
        start,
        start + nanos,
        attributes,
        List.of());
  }

  private static List<SpanRecord> some(int count, java.util.function.IntFunction<SpanRecord> of) {
    return IntStream.range(0, count).mapToObj(of).toList();
  }

  @Test
  void leavesOutWhatTellsSpansApartAndCountsItAsHidden() {
    Ranking ranking =
        compare(
            some(
                TextCounts.MAX_TEXTS + 5_000,
                i ->
                    span(
                        i,
                        i % 10 == 0 ? 2 : 0,
                        5,
                        Map.of("order.id", "o-" + i, "zone", i % 10 == 0 ? "a" : "b"))),
            ERRORS);
    assertThat(ranking.rows())
        .extracting(row -> row.term().attribute().key())
        .containsExactly("zone");
    assertThat(ranking.rows().getFirst().same())
        .extracting(term -> term.attribute().key())
        .containsExactly("status");
    assertThat(ranking.tested()).isEqualTo(6);
    assertThat(ranking.hidden()).isEqualTo(4);
  }

  @Test
  void tellsManyNumbersByTheBoundThatSeparatesBest() {
    Ranking ranking =
        compare(
            some(
                5_000,
                i -> span(i, i % 5_000 > 4_000 ? 2 : 0, 5, Map.of("pool.waiting", (long) i))),
            ERRORS);
    Row row = ranking.rows().getFirst();
    assertThat(row.term().text()).isEqualTo("> 4000");
    assertThat(row.inside()).isEqualTo(1);
    assertThat(row.outside()).isEqualTo(0);
    assertThat(row.values()).extracting(Ranking.Share::value).containsExactly("> 4000", "≤ 4000");
  }

  @Test
  void ranksWhatSaysHowCallsFailedBelowWhatSaysWhere() {
    Ranking ranking =
        compare(
            some(
                1_000,
                i -> {
                  boolean fails = i % 10 == 0 && i % 100 != 0;
                  return span(
                      i,
                      fails ? 2 : 0,
                      5,
                      Map.of(
                          "zone",
                          i % 10 == 0 ? "a" : "b",
                          "http.response.status_code",
                          fails ? 504L : 200L));
                }),
            ERRORS);
    assertThat(ranking.rows())
        .extracting(row -> row.term().attribute().key())
        .startsWith("zone")
        .contains("http.response.status_code");
  }

  @Test
  void namesTheBetterKnownOfAttributesThatSayTheSame() {
    Ranking ranking =
        compare(
            some(
                1_000,
                i -> {
                  String zone = i % 10 == 0 ? "a" : "b";
                  return span(
                      i,
                      0,
                      i % 10 == 0 ? 500 : 5,
                      Map.of("thread.name", zone, "own", zone, "cloud.region", zone));
                }),
            new Inside.Box(BASE, END, 100, Long.MAX_VALUE));
    assertThat(ranking.rows()).hasSize(1);
    assertThat(ranking.rows().getFirst().term().attribute().key()).isEqualTo("cloud.region");
    assertThat(ranking.rows().getFirst().same())
        .extracting(term -> term.attribute().key())
        .containsExactly("own", "thread.name");
  }

  @Test
  void comparesSlowSpansWithinTheirOperation() {
    Ranking ranking =
        compare(
            some(
                2_000,
                i -> {
                  boolean report = i % 2 == 0;
                  boolean bad = i % 40 < 2;
                  long nanos = (report ? 1_000_000 : 1_000) * (bad ? 3L : 1L);
                  return span(
                      i, report ? "REPORT" : "GET", 0, nanos, Map.of("zone", bad ? "a" : "b"));
                }),
            new Inside.Slow());
    assertThat(ranking.inside()).isEqualTo(100);
    assertThat(ranking.rows())
        .extracting(row -> row.term().attribute().key())
        .containsExactly("zone");
  }

  @Test
  void setsSpansOfAFilterApartThatOnlyTheirTracesTell() {
    // Spans 1 and 2 of each trace are the root and its child; every tenth trace has the root of its
    // own.
    List<SpanRecord> spans =
        some(
            2_000,
            i -> {
              int trace = i / 2;
              String root = trace % 10 == 0 ? "nightly" : "GET";
              return new SpanRecord(
                  trace + 1,
                  i + 1,
                  i % 2 == 0 ? 0 : i,
                  Map.of("service.name", "s"),
                  "",
                  i % 2 == 0 ? root : "query",
                  2,
                  0,
                  "",
                  BASE + i,
                  BASE + i + 5,
                  Map.of("zone", trace % 10 == 0 ? "a" : "b"),
                  List.of());
            });
    Ranking ranking =
        compare(
            new MemorySpans(List.of(spans.subList(0, 999), spans.subList(999, 2_000))),
            SpanFilter.parse("{ name = \"query\" }"),
            new Inside.Matching(SpanFilter.parse("{ trace:rootName = \"nightly\" }")),
            40);
    assertThat(ranking.inside()).isEqualTo(100);
    assertThat(ranking.outside()).isEqualTo(900);
    assertThat(ranking.rows()).extracting(row -> row.term().text()).containsExactly("a");
  }

  @Test
  void comparesWhatEventsSayAndNotTheirStackTraces() {
    Ranking ranking =
        compare(
            some(
                2_000,
                i -> {
                  var event =
                      new SpanRecord.Event(
                          "exception",
                          BASE,
                          Map.of(
                              "exception.type",
                              i % 10 == 0 ? "Refused" : "Late",
                              "exception.message",
                              "order " + i,
                              "exception.stacktrace",
                              i % 10 == 0 ? "at a" : "at b"));
                  SpanRecord plain = span(i, i % 10 == 0 ? 2 : 0, 5, Map.of());
                  return new SpanRecord(
                      plain.traceId(),
                      plain.spanId(),
                      0,
                      plain.resource(),
                      "",
                      plain.name(),
                      2,
                      plain.status(),
                      "",
                      plain.startNanos(),
                      plain.endNanos(),
                      Map.of(),
                      i % 20 < 15 ? List.of(event, event) : List.of());
                }),
            ERRORS);
    assertThat(ranking.rows())
        .extracting(row -> row.term().attribute() + " " + row.term().text())
        .containsExactly(new Attribute(Scope.EVENT, "exception.type") + " Refused");
    assertThat(ranking.rows().getLast().same())
        .extracting(term -> term.attribute().key())
        .containsExactly("status");
    assertThat(ranking.rows().getLast().inside()).isEqualTo(1);
    assertThat(ranking.rows().getLast().values())
        .extracting(Ranking.Share::value)
        .containsExactly("Refused", "Late");
  }

  @Test
  void takesHostileKeysAndValuesAsTheyAre() {
    String key = "</script>\" \u0000}";
    String value = "\u202e{{constructor}}' OR 1=1 -- " + "x".repeat(100_000);
    Ranking ranking =
        compare(
            some(
                500,
                i -> {
                  var attributes = new HashMap<String, Object>();
                  attributes.put(key, i % 10 == 0 ? value : "");
                  attributes.put("", (long) i);
                  if (i == 7) {
                    for (int k = 0; k < 5_000; k++) {
                      attributes.put("key-" + k, k % 2 == 0 ? Double.NaN : Double.MIN_VALUE);
                    }
                  }
                  return span(i, i % 10 == 0 ? 2 : 0, -5, attributes);
                }),
            ERRORS);
    Row first = ranking.rows().getFirst();
    assertThat(first.term().attribute()).isEqualTo(new Attribute(Scope.SPAN, key));
    assertThat(first.term().text()).isEqualTo(value);
    assertThat(ranking.tested()).isEqualTo(5_006);
  }

  @Test
  void comparesNothingWithNothing() {
    Ranking ranking = compare(some(100, i -> span(i, 0, 5, Map.of("a", "b"))), ERRORS);
    assertThat(ranking.rows()).isEmpty();
    assertThat(ranking.inside()).isEqualTo(0);
    assertThat(ranking.outside()).isEqualTo(100);
  }

  @Test
  void refusesWhenItsMemoryBudgetIsSpent() {
    List<SpanRecord> spans = some(5_000, i -> span(i, i % 2, 5, Map.of("id", "value " + i)));
    var clock = Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);
    try (var context =
        new QueryContext(
            "default", clock, Duration.ofSeconds(10), new Ledger(1 << 30).open("q", 0.5), 50_000)) {
      assertThatThrownBy(
              () ->
                  new Comparison(new MemorySpans(List.of(spans)), ScanPool.NONE)
                      .compare(SpanFilter.ALL, BASE, END, ERRORS, 40, context))
          .isInstanceOf(QueryException.class)
          .hasMessageContaining("memory budget");
    }
  }

  @Test
  void stopsWhenCancelled() {
    List<SpanRecord> spans = some(100, i -> span(i, i % 2, 5, Map.of()));
    try (var context = Contexts.create()) {
      context.cancel();
      assertThatThrownBy(
              () ->
                  new Comparison(new MemorySpans(List.of(spans)), ScanPool.NONE)
                      .compare(SpanFilter.ALL, BASE, END, new Inside.Slow(), 40, context))
          .isInstanceOf(QueryException.class);
    }
  }
}
