package dev.pharos.insight.exception;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.query.Contexts;
import dev.pharos.query.TestPool;
import dev.pharos.query.memory.MemorySpans;
import dev.pharos.query.memory.SpanRecord;
import dev.pharos.query.memory.SpanRecord.Event;
import dev.pharos.query.memory.StoredData;
import dev.pharos.query.traceql.SpanFilter;
import dev.pharos.query.traceql.TimeColumns;
import dev.pharos.store.read.TraceReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Exceptions by blocks, however spans lie in them, and event by event.
class ExceptionsTest {
  private static final long BASE = 1_700_000_000_000_000_000L;
  private static final long END = BASE + 100_000_000_000L;
  private static final TimeColumns TIMES = new TimeColumns(BASE, END, 10);

  @Test
  void agreesWithACountOfEventsOverAStore(@TempDir Path directory) {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var all = new ArrayList<SpanRecord>();
    try (var store = new StoredData(directory, BASE)) {
      for (int step = 0; step < 12; step++) {
        List<SpanRecord> more = spans(random, all.size(), 50 + random.nextInt(200));
        all.addAll(more);
        store.spans(more);
        store.disturb(random);
        boolean failed = random.nextBoolean();
        SpanFilter filter = failed ? SpanFilter.parse("{ status = error }") : SpanFilter.ALL;
        ExceptionList list = of(store.traceReader(), filter, 1_000);
        check(list, all.stream().filter(span -> !failed || span.status() == 2).toList(), seed);
      }
    }
  }

  private static void check(ExceptionList list, List<SpanRecord> spans, long seed) {
    var expected = new TreeMap<String, List<SpanRecord>>();
    for (SpanRecord span : spans) {
      for (Event event : span.events()) {
        if (event.name().equals("exception")) {
          String message = (String) event.attributes().getOrDefault("exception.message", "");
          String key =
              event.attributes().getOrDefault("exception.type", "") + "|" + firstLine(message);
          expected.computeIfAbsent(key, ignored -> new ArrayList<>()).add(span);
        }
      }
    }
    var told = new TreeMap<String, ExceptionGroup>();
    list.groups().forEach(group -> told.put(group.type() + "|" + group.message(), group));
    assertThat(told.keySet()).as("seed %d", seed).isEqualTo(expected.keySet());
    assertThat(list.total())
        .isEqualTo(expected.values().stream().mapToLong(List::size).sum())
        .isEqualTo(list.groups().stream().mapToLong(ExceptionGroup::count).sum());
    assertThat(list.complete()).isTrue();
    told.forEach(
        (key, group) -> {
          List<SpanRecord> own = expected.get(key);
          var services = new TreeMap<String, Long>();
          var columns = new long[TIMES.columns()];
          for (SpanRecord span : own) {
            services.merge((String) span.resource().get("service.name"), 1L, Long::sum);
            columns[(int) ((span.startNanos() - BASE) / TIMES.widthNanos())]++;
          }
          assertThat(group.count()).as("seed %d, %s", seed, key).isEqualTo(own.size());
          assertThat(group.counts()).as("seed %d, %s", seed, key).isEqualTo(columns);
          group
              .services()
              .forEach(one -> assertThat(services.remove(one.service())).isEqualTo(one.count()));
          assertThat(services).as("seed %d, %s", seed, key).isEmpty();
          SpanRecord newest =
              own.stream()
                  .filter(span -> span.spanId() == group.spanId())
                  .findFirst()
                  .orElseThrow();
          assertThat(group.traceLo()).isEqualTo(newest.traceId());
          assertThat(group.lastNanos())
              .isEqualTo(own.stream().mapToLong(SpanRecord::endNanos).max().orElseThrow())
              .isEqualTo(newest.endNanos());
          assertThat(group.firstNanos())
              .isEqualTo(own.stream().mapToLong(SpanRecord::endNanos).min().orElseThrow());
        });
  }

  private static String firstLine(String message) {
    return message.split("\n", -1)[0];
  }

  @Test
  void tellsTheMostFrequentFirstAndHowManyThereAre() {
    List<SpanRecord> spans =
        IntStream.range(0, 60)
            .mapToObj(
                i ->
                    span(
                        i,
                        "web",
                        List.of(
                            new Event(
                                "exception",
                                BASE + i,
                                Map.of(
                                    "exception.type",
                                    i % 10 == 0 ? "Rare" : "Usual" + i % 2,
                                    "exception.message",
                                    "of " + i % 2 + "\nin line 2")),
                            new Event("retry", BASE, Map.of("exception.type", "None")))))
            .toList();
    ExceptionList list = of(new MemorySpans(List.of(spans)), SpanFilter.ALL, 2);
    assertThat(list.found()).isEqualTo(3);
    assertThat(list.total()).isEqualTo(60);
    assertThat(list.groups()).extracting(ExceptionGroup::type).containsExactly("Usual1", "Usual0");
    assertThat(list.groups()).extracting(ExceptionGroup::count).containsExactly(30L, 24L);
    assertThat(list.groups().getFirst().message()).isEqualTo("of 1");
  }

  @Test
  void countsTogetherMessagesThatAreTooMany() {
    int many = Exceptions.MOST_GROUPS + 500;
    List<SpanRecord> spans =
        IntStream.range(0, many)
            .mapToObj(
                i ->
                    span(
                        i,
                        "web",
                        List.of(
                            new Event(
                                "exception",
                                BASE + i,
                                Map.of("exception.type", "T", "exception.message", "m" + i)))))
            .toList();
    ExceptionList list = of(new MemorySpans(List.of(spans)), SpanFilter.ALL, 5);
    assertThat(list.complete()).isFalse();
    assertThat(list.total()).isEqualTo(many);
    assertThat(list.groups().getFirst().others()).isTrue();
    assertThat(list.groups().getFirst().count()).isEqualTo(500);
  }

  @Test
  void cutsLongMessagesAndTakesExceptionsWithoutAny() {
    List<SpanRecord> spans =
        List.of(
            span(
                1,
                "web",
                List.of(
                    new Event("exception", BASE, Map.of("exception.message", "x".repeat(5_000))),
                    new Event("exception", BASE, Map.of()))));
    ExceptionList list = of(new MemorySpans(List.of(spans)), SpanFilter.ALL, 5);
    assertThat(list.groups())
        .extracting(ExceptionGroup::message)
        .containsExactly("", "x".repeat(Exceptions.LONGEST));
  }

  private static ExceptionList of(TraceReader reader, SpanFilter filter, int limit) {
    try (var context = Contexts.create()) {
      return new Exceptions(reader, TestPool.THREE).of(filter, TIMES, limit, context);
    }
  }

  private static List<SpanRecord> spans(Random random, int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(
            i -> {
              var events = new ArrayList<Event>();
              for (int n = random.nextInt(3); n > 0; n--) {
                var attributes = new LinkedHashMap<String, Object>();
                if (random.nextInt(5) > 0) {
                  attributes.put("exception.type", "T" + random.nextInt(3));
                }
                if (random.nextInt(5) > 0) {
                  attributes.put(
                      "exception.message", "after " + random.nextInt(3) + " ms\nline " + i);
                }
                String name = random.nextInt(3) == 0 ? "retry" : "exception";
                // Of a time of its span alone.
                events.add(new Event(name, BASE + 1_000_000L * i + 500, attributes));
              }
              return span(i, random.nextBoolean() ? "web" : "api", events);
            })
        .toList();
  }

  /// Ends when its events are.
  private static SpanRecord span(int i, String service, List<Event> events) {
    return new SpanRecord(
        1 + i / 3,
        i + 1,
        0,
        Map.of("service.name", service),
        "",
        "GET",
        2,
        i % 4 == 0 ? 2 : 0,
        "",
        BASE + 1_000_000L * i,
        BASE + 1_000_000L * i + 500,
        Map.of(),
        events);
  }
}
