package dev.pharos.store.delete;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.PatternSyntaxException;
import dev.pharos.log.LocalDisk;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.Signal;
import dev.pharos.model.Tenant;
import dev.pharos.store.Gauges;
import dev.pharos.store.Store;
import dev.pharos.store.StoreOnDisk;
import dev.pharos.store.delete.RowMatcher.Subject;
import dev.pharos.store.engine.SignalEngine;
import dev.pharos.store.engine.TestClock;
import dev.pharos.store.read.LogStream;
import dev.pharos.store.read.Matcher;
import dev.pharos.store.read.MetricMetadata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeletionTest {
  private static final String ALICE = "alice-7f3b9c01";
  private static final String[] USERS = {ALICE, "bob", "carol"};

  @TempDir Path directory;
  private final TestClock clock = new TestClock();

  private Store open() {
    return StoreOnDisk.open(LocalDisk.open(directory), clock);
  }

  private static Deletion of(Subject subject, String name, String value) {
    return of(new RowMatcher(subject, name, Matcher.Kind.EQUAL, value));
  }

  private static Deletion of(RowMatcher... matchers) {
    return new Deletion(Tenant.DEFAULT, List.of(matchers), Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static void mergeAll(SignalEngine<?> engine) {
    while (engine.merge()) {}
    engine.tidy();
  }

  private boolean isOnDisk(String text) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
          return true;
        }
      }
    }
    return false;
  }

  private static long rowsInSegments(SignalEngine<?> engine) {
    return engine.segments().stream().mapToLong(segment -> segment.meta().rows()).sum();
  }

  @Test
  void deletedSpansAndRecordsAreHiddenAtOnceAndThenLeaveTheDisk() throws IOException {
    Store store = open();
    for (long id = 1; id <= 60; id += 10) {
      var rows = new ArrayList<TaggedRow>();
      for (long i = id; i < id + 10; i++) {
        String user = USERS[(int) (i % 3)];
        rows.add(new TaggedRow(i, user, user.equals(ALICE) ? ALICE : "shop", clock.nanos()));
      }
      StoreOnDisk.store(store.traces(), TaggedRows.spans(rows));
      StoreOnDisk.store(store.logs(), TaggedRows.logs(rows));
      if (id < 40) {
        store.traceEngine().cut();
        store.logEngine().cut();
      }
    }
    assertThat(isOnDisk(ALICE)).as("before").isTrue();

    store.delete(Signal.TRACES, of(Subject.ATTRIBUTE, "user.id", ALICE));
    store.delete(Signal.LOGS, of(Subject.FIELD, "body", "hello " + ALICE));
    assertThat(TaggedRows.spanIds(store)).hasSize(40).noneMatch(id -> id % 3 == 0);
    assertThat(TaggedRows.logIds(store)).hasSize(40).noneMatch(id -> id % 3 == 0);
    assertThat(streams(store)).containsExactly("shop");
    assertThat(store.traceReader().trace(Tenant.DEFAULT, 1, 1, 0, Long.MAX_VALUE).rows())
        .as("of spans 0 to 3, without 0 and 3")
        .isEqualTo(2);

    var later = List.of(new TaggedRow(100, ALICE, "shop", clock.nanos()));
    StoreOnDisk.store(store.traces(), TaggedRows.spans(later));
    assertThat(TaggedRows.spanIds(store)).as("stored later").hasSize(41).contains(100L);

    store.close();
    store = open();
    assertThat(TaggedRows.spanIds(store)).hasSize(41).contains(100L);
    assertThat(TaggedRows.logIds(store)).hasSize(40);
    store.delete(Signal.TRACES, of(Subject.ATTRIBUTE, "user.id", ALICE));

    mergeAll(store.traceEngine());
    mergeAll(store.logEngine());
    assertThat(TaggedRows.spanIds(store)).hasSize(40);
    assertThat(TaggedRows.logIds(store)).hasSize(40);
    assertThat(streams(store)).containsExactly("shop");
    assertThat(rowsInSegments(store.traceEngine())).isEqualTo(40);
    assertThat(rowsInSegments(store.logEngine())).isEqualTo(40);
    assertThat(isOnDisk(ALICE)).as("after").isFalse();
    store.close();
    assertThat(isOnDisk(ALICE)).as("after close").isFalse();
  }

  private static List<String> streams(Store store) {
    var services = new ArrayList<String>();
    for (LogStream stream :
        store.logReader().streams(Tenant.DEFAULT, Long.MIN_VALUE, Long.MAX_VALUE)) {
      long value =
          stream
              .resources()
              .attributes()
              .value(stream.resources().attributes().from(stream.resource()));
      services.add(stream.symbols().text((int) value));
    }
    return services;
  }

  @Test
  void deletesWhatAModelDeletesWhateverElseHappens() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var model = new ArrayList<TaggedRow>();
    long next = 1;
    Store store = open();
    for (int step = 0; step < 120; step++) {
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> {
          var rows = new ArrayList<TaggedRow>();
          for (int i = 1 + random.nextInt(20); i > 0; i--) {
            long nanos = clock.nanos() - random.nextInt(40) * Duration.ofHours(1).toNanos();
            rows.add(
                new TaggedRow(next++, USERS[random.nextInt(3)], "s" + random.nextInt(2), nanos));
          }
          StoreOnDisk.store(store.traces(), TaggedRows.spans(rows));
          StoreOnDisk.store(store.logs(), TaggedRows.logs(rows));
          model.addAll(rows);
        }
        case 3 -> {
          store.traceEngine().cut();
          store.logEngine().cut();
        }
        case 4, 5 -> {
          store.traceEngine().merge();
          store.logEngine().merge();
        }
        case 6 -> {
          store.close();
          store = open();
        }
        default -> {
          Deletion deletion = random(random);
          store.delete(Signal.TRACES, deletion);
          store.delete(Signal.LOGS, deletion);
          model.removeIf(row -> isHidden(row, deletion));
        }
      }
      List<Long> left = model.stream().map(TaggedRow::id).toList();
      assertThat(TaggedRows.spanIds(store))
          .as("seed %d, step %d", seed, step)
          .containsExactlyInAnyOrderElementsOf(left);
      assertThat(TaggedRows.logIds(store))
          .as("seed %d, step %d", seed, step)
          .containsExactlyInAnyOrderElementsOf(left);
    }
    mergeAll(store.traceEngine());
    store.traceEngine().cut();
    assertThat(rowsInSegments(store.traceEngine())).as("seed %d", seed).isEqualTo(model.size());
    store.close();
  }

  private Deletion random(Random random) {
    var matchers = new ArrayList<RowMatcher>();
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      Matcher.Kind kind = Matcher.Kind.values()[random.nextInt(4)];
      boolean regex = kind == Matcher.Kind.REGEX || kind == Matcher.Kind.NOT_REGEX;
      matchers.add(
          switch (random.nextInt(4)) {
            case 0 ->
                new RowMatcher(
                    Subject.ATTRIBUTE, "user.id", kind, regex ? "b.b|x" : USERS[random.nextInt(3)]);
            case 1 -> new RowMatcher(Subject.RESOURCE, "service.name", kind, regex ? "s[0]" : "s1");
            case 2 -> new RowMatcher(Subject.ATTRIBUTE, "count", kind, regex ? "[01]" : "2");
            default -> new RowMatcher(Subject.ATTRIBUTE, "nowhere", kind, regex ? ".+" : "x");
          });
    }
    long from = clock.nanos() - random.nextInt(30) * Duration.ofHours(1).toNanos();
    return new Deletion(
        Tenant.DEFAULT, matchers, from, from + Duration.ofHours(1 + random.nextInt(10)).toNanos());
  }

  private static boolean isHidden(TaggedRow row, Deletion deletion) {
    if (row.nanos() < deletion.fromNanos() || row.nanos() >= deletion.toNanos()) {
      return false;
    }
    for (RowMatcher matcher : deletion.matchers()) {
      String text =
          switch (matcher.name()) {
            case "user.id" -> row.user();
            case "service.name" -> row.service();
            case "count" -> Long.toString(row.id() % 3);
            default -> "";
          };
      boolean holds =
          switch (matcher.kind()) {
            case EQUAL -> text.equals(matcher.value());
            case NOT_EQUAL -> !text.equals(matcher.value());
            case REGEX -> text.matches(matcher.value());
            case NOT_REGEX -> !text.matches(matcher.value());
          };
      if (!holds) {
        return false;
      }
    }
    return true;
  }

  private static MetricBatch gauge(String user, String service, long millis, double value) {
    return Gauges.of(user.equals(ALICE) ? "secret" : "open", user, service, millis, value);
  }

  private static List<String> samples(Store store) {
    var texts = new ArrayList<String>();
    for (String name : List.of("open", "secret")) {
      Gauges.forEach(store, Tenant.DEFAULT, name, (user, value) -> texts.add(user + "=" + value));
    }
    return texts;
  }

  @Test
  void deletedSamplesAreHiddenAtOnceAndThenLeaveTheDisk() throws IOException {
    Store store = open();
    long now = clock.millis();
    StoreOnDisk.store(store.metrics(), gauge(ALICE, "shop", now - 2000, 1));
    StoreOnDisk.store(store.metrics(), gauge("bob", "shop", now - 2000, 2));
    store.metricEngine().cut();
    StoreOnDisk.store(store.metrics(), gauge(ALICE, "shop", now - 1000, 3));
    StoreOnDisk.store(store.metrics(), gauge("bob", "bank", now - 1000, 4));
    assertThat(samples(store))
        .containsExactlyInAnyOrder(ALICE + "=1.0", ALICE + "=3.0", "bob=2.0", "bob=4.0");

    store.delete(Signal.METRICS, of(Subject.LABEL, "user", ALICE));
    assertThat(samples(store)).containsExactlyInAnyOrder("bob=2.0", "bob=4.0");
    assertThat(
            store
                .seriesReader()
                .labelValues(Tenant.DEFAULT, "user", List.of(), Long.MIN_VALUE, Long.MAX_VALUE))
        .containsExactly("bob");
    store.delete(Signal.METRICS, of(Subject.RESOURCE, "service.name", "bank"));
    assertThat(samples(store)).containsExactly("bob=2.0");

    StoreOnDisk.store(store.metrics(), gauge("bob", "bank", now - 1000, 5));
    assertThat(samples(store)).as("stored later").containsExactlyInAnyOrder("bob=2.0", "bob=5.0");

    store.close();
    store = open();
    assertThat(samples(store)).containsExactlyInAnyOrder("bob=2.0", "bob=5.0");
    mergeAll(store.metricEngine());
    assertThat(samples(store)).containsExactlyInAnyOrder("bob=2.0", "bob=5.0");
    assertThat(store.seriesReader().metadata(Tenant.DEFAULT))
        .extracting(MetricMetadata::name)
        .doesNotContain("secret");
    // The series selected above hold their segments until they are garbage.
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (isOnDisk(ALICE) && System.nanoTime() < deadline) {
      System.gc();
      store.metricEngine().tidy();
    }
    assertThat(isOnDisk(ALICE)).isFalse();
    store.close();
  }

  @Test
  void deletesOnlyWithinTheRangeAndTheTenant() {
    try (Store store = open()) {
      long now = clock.nanos();
      StoreOnDisk.store(
          store.traces(),
          TaggedRows.spans(
              List.of(
                  new TaggedRow(1, "bob", "s", now - 10),
                  new TaggedRow(2, "bob", "s", now),
                  new TaggedRow(3, "bob", "s", now + 10))));
      var bob = new RowMatcher(Subject.ATTRIBUTE, "user.id", Matcher.Kind.EQUAL, "bob");
      store.delete(
          Signal.TRACES,
          new Deletion(new Tenant("other"), List.of(bob), Long.MIN_VALUE, Long.MAX_VALUE));
      assertThat(TaggedRows.spanIds(store)).hasSize(3);
      store.delete(Signal.TRACES, new Deletion(Tenant.DEFAULT, List.of(bob), now - 9, now + 10));
      assertThat(TaggedRows.spanIds(store)).containsExactlyInAnyOrder(1L, 3L);
    }
  }

  @Test
  void refusesWhatItCouldNotCarryOut() {
    try (Store store = open()) {
      assertThatThrownBy(() -> store.delete(Signal.TRACES, of(Subject.LABEL, "user", "x")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("LABEL \"user\"");
      assertThatThrownBy(() -> store.delete(Signal.METRICS, of(Subject.FIELD, "name", "x")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected: LABEL or RESOURCE");
    }
    assertThatThrownBy(DeletionTest::of).hasMessageContaining("0 matchers");
    assertThatThrownBy(() -> of(Subject.FIELD, "nonsense", "x")).hasMessageContaining("trace_id");
    assertThatThrownBy(
            () -> new RowMatcher(Subject.ATTRIBUTE, "a", Matcher.Kind.REGEX, "(unclosed"))
        .isInstanceOf(PatternSyntaxException.class);
  }
}
