package dev.pharos.store.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.log.LocalDisk;
import dev.pharos.model.Signal;
import dev.pharos.model.Tenant;
import dev.pharos.store.Store;
import dev.pharos.store.StoreConfig;
import dev.pharos.store.StoreOnDisk;
import dev.pharos.store.delete.Deletion;
import dev.pharos.store.delete.RowMatcher;
import dev.pharos.store.engine.SignalEngine;
import dev.pharos.store.engine.TestClock;
import dev.pharos.store.read.Matcher;
import dev.pharos.store.read.Peer;
import dev.pharos.store.read.Senders;
import dev.pharos.store.read.SpanKey;
import dev.pharos.store.read.SummaryRange;
import dev.pharos.store.read.SummaryReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SummaryReaderTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int STEPS = Integer.getInteger("pharos.summary.steps", 120);

  @TempDir Path directory;
  private final TestClock clock = new TestClock();
  private final List<ModelSpan> spans = new ArrayList<>();
  private final List<ModelLog> logs = new ArrayList<>();
  private Random random = new Random();
  private long next = 1;

  private Store open() {
    return StoreOnDisk.open(LocalDisk.open(directory), clock);
  }

  private String service() {
    return "s" + random.nextInt(3);
  }

  private int status() {
    return random.nextInt(5) == 0 ? 2 : random.nextInt(2);
  }

  /// A call: a root, the client's span, and the server's span, some of which are missing.
  private void call(long start, List<ModelSpan> into) {
    long trace = next++;
    boolean message = random.nextInt(4) == 0;
    long root = next++;
    String client = service();
    long nanos = 1 + (long) Math.pow(10, random.nextInt(10));
    into.add(
        new ModelSpan(
            trace, root, 0, client, "work", random.nextInt(3), status(), start, start + nanos));
    long call = next++;
    if (random.nextInt(6) > 0) {
      into.add(
          new ModelSpan(
              trace, call, root, client, "GET", message ? 4 : 3, status(), start, start + nanos));
    }
    int answers = message ? random.nextInt(3) : random.nextInt(5) == 0 ? 0 : 1;
    for (int i = 0; i < answers; i++) {
      long later =
          start + random.nextInt(20) * SECOND + (random.nextInt(15) == 0 ? 4000 * SECOND : 0);
      into.add(
          new ModelSpan(
              trace,
              next++,
              random.nextInt(8) == 0 ? 0 : call,
              service(),
              "op" + random.nextInt(4),
              message ? 5 : 2,
              status(),
              later,
              later + random.nextInt(1_000_000_000) - 1000));
    }
  }

  private ModelCall called() {
    return new ModelCall(
        random.nextInt(6) == 0 ? "inventory" : "",
        random.nextInt(3) == 0 ? "postgresql" : "",
        List.of("", "localhost", "db-1", "10.0.0.7").get(random.nextInt(4)),
        List.of(0, 443, 8080, 5432).get(random.nextInt(4)),
        random.nextBoolean());
  }

  private void store(Store store) {
    var some = new ArrayList<ModelSpan>();
    for (int i = 1 + random.nextInt(20); i > 0; i--) {
      long hours = random.nextInt(3) > 0 ? 0 : random.nextInt(40);
      call(clock.nanos() - hours * 3600 * SECOND - random.nextInt(600) * SECOND, some);
    }
    some.replaceAll(span -> span.with(random.nextBoolean() ? "1.0" : "", called()));
    Collections.shuffle(some, random);
    // The ends of an edge may come in requests that are cut apart.
    int half = random.nextInt(some.size() + 1);
    send(store, some.subList(0, half));
    if (random.nextBoolean()) {
      store.traceEngine().cut();
    }
    send(store, some.subList(half, some.size()));
    spans.addAll(some);
    var lines = new ArrayList<ModelLog>();
    for (int i = 1 + random.nextInt(30); i > 0; i--) {
      lines.add(
          new ModelLog(
              next++,
              service(),
              random.nextInt(25),
              "x".repeat(random.nextInt(9)),
              clock.nanos() - random.nextInt(random.nextBoolean() ? 600 : 150_000) * SECOND));
    }
    StoreOnDisk.store(store.logs(), ModelRows.logs(lines));
    logs.addAll(lines);
  }

  private void send(Store store, List<ModelSpan> some) {
    if (!some.isEmpty()) {
      StoreOnDisk.store(store.traces(), ModelRows.spans(some));
    }
  }

  private void delete(Store store) {
    String service = service();
    long from = clock.nanos() - random.nextInt(20) * 3600 * SECOND;
    var deletion =
        new Deletion(
            Tenant.DEFAULT,
            List.of(
                new RowMatcher(
                    RowMatcher.Subject.RESOURCE, "service.name", Matcher.Kind.EQUAL, service)),
            from,
            from + random.nextInt(1, 7200) * SECOND);
    store.delete(Signal.TRACES, deletion);
    store.delete(Signal.LOGS, deletion);
    spans.removeIf(
        span ->
            span.service().equals(service)
                && span.start() >= from
                && span.start() < deletion.toNanos());
    logs.removeIf(
        log ->
            log.service().equals(service)
                && log.nanos() >= from
                && log.nanos() < deletion.toNanos());
  }

  private SummaryRange range() {
    long column = new long[] {10, 60, 600, 3600}[random.nextInt(4)] * SECOND;
    long to = clock.nanos() + random.nextInt(100) * SECOND;
    long from = to - random.nextInt(1, random.nextBoolean() ? 900 : 200_000) * SECOND;
    if ((to - from) / column > 10_000) {
      column = 60 * SECOND;
    }
    return SummaryRange.around(Tenant.DEFAULT, from, to, column);
  }

  private void check(Store store, String when) {
    SummaryRange range = range();
    var model = new ModelSummaries(spans, logs, store.traceEngine().earliestNanos());
    SummaryReader reader = store.summaryReader();
    assertThat(ChartTexts.services(reader.services(range)))
        .as("%s, services of %s", when, range)
        .isEqualTo(model.services(range));
    assertThat(ChartTexts.operations(reader.operations(range, "s1")))
        .as("%s, operations of %s", when, range)
        .isEqualTo(model.operations(range, "s1"));
    assertThat(ChartTexts.edges(reader.edges(range)))
        .as("%s, edges of %s", when, range)
        .isEqualTo(model.edges(range));
    Senders senders = reader.senders(range);
    assertThat(ChartTexts.senders(senders))
        .as("%s, senders of %s", when, range)
        .isEqualTo(model.senders(range));
    for (Senders.PeerCalls calls : senders.calls()) {
      String peer = calls.peer().name() + "|" + calls.peer().system();
      assertThat(calls.samples())
          .as("%s, samples of %s", when, peer)
          .isNotEmpty()
          .allMatch(sample -> isCall(sample, calls.service(), peer));
    }
    var logModel = new ModelSummaries(spans, logs, store.logEngine().earliestNanos());
    assertThat(ChartTexts.logs(reader.logs(range)))
        .as("%s, logs of %s", when, range)
        .isEqualTo(logModel.logs(range));
  }

  private boolean isCall(SpanKey sample, String service, String peer) {
    return spans.stream()
        .anyMatch(
            span ->
                span.id() == sample.spanId()
                    && span.trace() == sample.traceLo()
                    && span.service().equals(service)
                    && span.called().peer().equals(peer));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 0})
  void saysWhatTheRowsSayWhereverTheyAre(long given) {
    long seed = given == 0 ? System.nanoTime() : given;
    random = new Random(seed);
    Store store = open();
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(12)) {
        case 0, 1, 2, 3 -> store(store);
        case 4, 5 -> cut(store);
        case 6, 7 -> {
          store.traceEngine().merge();
          store.logEngine().merge();
        }
        case 8 -> {
          store.close();
          store = open();
        }
        case 9 -> delete(store);
        case 10 -> clock.advance(Duration.ofMinutes(random.nextInt(90)));
        default -> {
          store.traceEngine().tidy();
          store.logEngine().tidy();
        }
      }
      check(store, "seed " + seed + ", step " + step);
    }
    store.close();
  }

  /// Batches of the head are summed up in runs of 16,384 rows, which queries, tidying and cuts share.
  @Test
  void saysWhatTheRowsSayOfAHeadThatIsSummedUpInRuns() {
    long seed = System.nanoTime();
    random = new Random(seed);
    try (Store store = open()) {
      for (int round = 0; round < 10; round++) {
        var some = new ArrayList<ModelSpan>();
        for (int i = 0; i < 1_500; i++) {
          call(clock.nanos() - random.nextInt(round % 4 == 3 ? 90_000 : 600) * SECOND, some);
        }
        some.replaceAll(span -> span.with(random.nextBoolean() ? "1.0" : "", called()));
        send(store, some);
        spans.addAll(some);
        switch (random.nextInt(round < 5 ? 2 : 4)) {
          case 0 -> store.traceEngine().tidy();
          case 1 -> check(store, "seed " + seed + ", first in round " + round);
          case 2 -> cut(store);
          default -> clock.advance(Duration.ofMinutes(random.nextInt(90)));
        }
        check(store, "seed " + seed + ", round " + round);
      }
      cut(store);
      check(store, "seed " + seed + ", cut");
      // Some is past retention.
      clock.advance(StoreConfig.DEFAULT.tracesRetention().minusMinutes(5));
      check(store, "seed " + seed + ", later");
    }
  }

  /// A root that calls without a client's span: those called say so alone, once.
  private void callUnsaid(long start, List<ModelSpan> into) {
    long trace = next++;
    long root = next++;
    into.add(
        new ModelSpan(
            trace, root, 0, service(), "work", random.nextInt(3), status(), start, start + 5));
    for (int i = random.nextInt(4); i > 0; i--) {
      long later = start + (random.nextInt(9) == 0 ? 4000 : random.nextInt(9)) * SECOND;
      int kind = random.nextInt(6);
      into.add(
          new ModelSpan(
              trace, next++, root, service(), "answer", kind, status(), later, later + 7));
    }
  }

  private List<ModelSpan> someCalls() {
    var some = new ArrayList<ModelSpan>();
    for (int i = random.nextInt(20); i >= 0; i--) {
      long start = clock.nanos() - random.nextInt(600) * SECOND;
      if (random.nextInt(3) == 0) {
        call(start, some);
      } else {
        callUnsaid(start, some);
      }
    }
    Collections.shuffle(some, random);
    spans.addAll(some);
    return some;
  }

  @Test
  void knowsCallsWithoutClientSpansInTheHeadAndInASegment() {
    long seed = System.nanoTime();
    random = new Random(seed);
    try (Store store = open()) {
      for (int round = 0; round < 40; round++) {
        List<ModelSpan> some = someCalls();
        int half = random.nextInt(some.size() + 1);
        send(store, some.subList(0, half));
        if (random.nextBoolean()) {
          store.traceEngine().tidy();
        }
        send(store, some.subList(half, some.size()));
        check(store, "seed " + seed + ", in the head of round " + round);
        store.traceEngine().cut();
        check(store, "seed " + seed + ", cut in round " + round);
      }
    }
  }

  @Test
  void knowsCallsWithoutClientSpansOnceAMergeHasBroughtBothSpansTogether() {
    long seed = System.nanoTime();
    random = new Random(seed);
    try (Store store = open()) {
      List<ModelSpan> all = new ArrayList<>();
      while (all.size() < 600) {
        all.addAll(someCalls());
      }
      Collections.shuffle(all, random);
      for (int part = 0; part < 12; part++) {
        send(store, all.subList(part * 50, part == 11 ? all.size() : part * 50 + 50));
        store.traceEngine().cut();
      }
      mergeAll(store.traceEngine());
      assertThat(store.traceEngine().segments()).hasSize(1);
      check(store, "seed " + seed);
    }
  }

  private static void cut(Store store) {
    store.traceEngine().cut();
    store.logEngine().cut();
  }

  private static void mergeAll(SignalEngine<?> engine) {
    while (engine.merge()) {}
    engine.tidy();
  }

  private List<Path> summaries() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(Summaries.SUFFIX)).toList();
    }
  }

  @Test
  void eachSegmentHasOneSummaryAndNoneIsLeftBehind() throws IOException {
    random = new Random(9);
    try (Store store = open()) {
      for (int i = 0; i < 30; i++) {
        store(store);
        cut(store);
        mergeAll(store.traceEngine());
        mergeAll(store.logEngine());
        check(store, "round " + i);
      }
      assertThat(store.traceEngine().segments()).hasSizeLessThan(30);
      assertThat(summaries())
          .hasSize(store.traceEngine().segments().size() + store.logEngine().segments().size());
    }
  }

  @Test
  void answersFromSummariesAndNotFromRowsWhereItCan() throws IOException {
    random = new Random(10);
    Store store = open();
    store(store);
    cut(store);
    check(store, "before");
    store.close();
    // A summary put in another's place shows whether it is read at all.
    clock.advance(Duration.ofSeconds(5));
    for (Path summary : summaries()) {
      boolean ofSpans = summary.toString().contains("traces");
      Files.write(summary, emptied(ofSpans));
    }
    Store again = open();
    SummaryRange range =
        SummaryRange.around(
            Tenant.DEFAULT, clock.nanos() - 90_000 * SECOND, clock.nanos(), 60 * SECOND);
    assertThat(again.summaryReader().services(range)).isEmpty();
    assertThat(again.summaryReader().logs(range)).isEmpty();
    again.close();
  }

  private byte[] emptied(boolean ofSpans) {
    var storage = new dev.pharos.store.segment.LocalStorage(LocalDisk.open(directory.resolve("x")));
    try (storage) {
      if (ofSpans) {
        SummaryFile.write(
            storage, "empty", SummaryKind.SPANS, new SpanSummaryBuilder(Window.all(1)).build());
      } else {
        SummaryFile.write(
            storage, "empty", SummaryKind.LOGS, new LogSummaryBuilder(Window.all(1)).build());
      }
      return Files.readAllBytes(directory.resolve("x/empty"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void readsRowsWhereASummaryIsMissingOrDamaged() throws IOException {
    random = new Random(11);
    Store store = open();
    for (int i = 0; i < 4; i++) {
      store(store);
      cut(store);
    }
    store.close();
    int i = 0;
    for (Path summary : summaries()) {
      byte[] bytes = Files.readAllBytes(summary);
      switch (i++ % 4) {
        case 0 -> Files.delete(summary);
        case 1 -> Files.write(summary, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        case 2 -> {
          bytes[bytes.length / 2] ^= 4;
          Files.write(summary, bytes);
        }
        default -> Files.write(summary, new byte[3]);
      }
    }
    store = open();
    for (int k = 0; k < 5; k++) {
      check(store, "damaged");
    }
    mergeAll(store.traceEngine());
    mergeAll(store.logEngine());
    check(store, "merged");
    store.close();
  }

  @Test
  void countsAnAddressWithManyPortsAsOnePeerWhereverItsCallsAre() {
    random = new Random(13);
    Store store = open();
    SummaryRange range =
        SummaryRange.around(
            Tenant.DEFAULT, clock.nanos() - SECOND, clock.nanos() + SECOND, 10 * SECOND);
    // Ports that are few in each request, and many in both.
    call(store, "api", 0, Peers.MAX_PORTS - 1);
    call(store, "few", 0, Peers.MAX_PORTS);
    assertThat(peers(store, range)).hasSize(2 * Peers.MAX_PORTS - 1);
    store.traceEngine().cut();
    call(store, "api", 9, Peers.MAX_PORTS);
    for (int i = 0; i < 3; i++) {
      List<String> peers = peers(store, range);
      assertThat(peers).hasSize(Peers.MAX_PORTS + 1).contains("few:1", "few:32");
      assertThat(peers).filteredOn(peer -> peer.startsWith("api")).containsExactly("api");
      store.traceEngine().cut();
    }
    store.close();
    Store again = open();
    assertThat(peers(again, range)).contains("api");
    again.close();
  }

  @Test
  void addressesThatFindNoPlaceAreToldAsOthers() {
    random = new Random(14);
    try (Store store = open()) {
      var some = new ArrayList<ModelSpan>();
      for (int i = 0; i < Peers.MAX_PEERS + 50; i++) {
        some.add(call("host-" + i, 0));
      }
      send(store, some);
      SummaryRange range =
          SummaryRange.around(
              Tenant.DEFAULT, clock.nanos() - SECOND, clock.nanos() + SECOND, 10 * SECOND);
      assertThat(peers(store, range)).hasSize(Peers.MAX_PEERS).contains(Peer.OTHERS.name());
      assertThat(
              store.summaryReader().senders(range).calls().stream()
                  .mapToLong(calls -> java.util.Arrays.stream(calls.calls().calls()).sum())
                  .sum())
          .isEqualTo(Peers.MAX_PEERS + 50);
    }
  }

  private void call(Store store, String address, int firstPort, int ports) {
    var some = new ArrayList<ModelSpan>();
    for (int port = firstPort + 1; port <= firstPort + ports; port++) {
      some.add(call(address, port));
    }
    send(store, some);
  }

  private ModelSpan call(String address, int port) {
    long id = next++;
    return new ModelSpan(id, id, 0, "s1", "GET", 3, 0, clock.nanos(), clock.nanos() + 9)
        .with("", new ModelCall("", "", address, port, false));
  }

  private static List<String> peers(Store store, SummaryRange range) {
    return store.summaryReader().senders(range).calls().stream()
        .map(calls -> calls.peer().name())
        .toList();
  }

  @Test
  void readsRowsForWhatASummaryOfAnEarlierVersionLacks() throws IOException {
    random = new Random(15);
    Store store = open();
    store(store);
    cut(store);
    store.close();
    for (Path summary : summaries()) {
      if (summary.toString().contains("traces")) {
        Files.write(summary, withoutSenders(Files.readAllBytes(summary)));
      }
    }
    store = open();
    check(store, "before");
    store(store);
    cut(store);
    mergeAll(store.traceEngine());
    check(store, "merged");
    store.close();
  }

  /// The bytes as a version wrote them that knew nothing of senders.
  private byte[] withoutSenders(byte[] summary) {
    var storage = new dev.pharos.store.segment.LocalStorage(LocalDisk.open(directory.resolve("y")));
    try (storage) {
      Files.write(directory.resolve("y/new"), summary);
      SpanSummary all = SummaryFile.read(storage, "new", SummaryKind.SPANS);
      assertThat(all.senders()).isPresent();
      SummaryFile.write(
          storage,
          "old",
          SummaryKind.SPANS,
          new SpanSummary(
              all.grain(),
              all.names(),
              all.groups(),
              all.cells(),
              all.edgeGroups(),
              all.edges(),
              all.clients(),
              all.servers(),
              Optional.empty()));
      return Files.readAllBytes(directory.resolve("y/old"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void groupsThatFindNoPlaceAreToldAsOther() {
    random = new Random(12);
    try (Store store = open()) {
      for (int batch = 0; batch < 25; batch++) {
        var some = new ArrayList<ModelSpan>();
        for (int i = 0; i < 1000; i++) {
          long id = next++;
          some.add(
              new ModelSpan(id, id, 0, "s1", "op" + id, 2, 0, clock.nanos(), clock.nanos() + 9));
        }
        send(store, some);
      }
      SummaryRange range =
          SummaryRange.around(Tenant.DEFAULT, clock.nanos(), clock.nanos() + SECOND, 10 * SECOND);
      for (int i = 0; i < 2; i++) {
        var operations = store.summaryReader().operations(range, "s1");
        assertThat(operations).hasSize(SpanSummaryBuilder.MAX_NAMED + 1);
        assertThat(operations.getLast().other()).isTrue();
        assertThat(operations.getLast().requests().calls())
            .containsExactly(25_000 - SpanSummaryBuilder.MAX_NAMED);
        assertThat(store.summaryReader().services(range))
            .singleElement()
            .satisfies(service -> assertThat(service.requests().calls()).containsExactly(25_000));
        store.traceEngine().cut();
      }
    }
  }

  @Test
  void refusesRangesThatAreNoWholeColumns() {
    assertThatThrownBy(() -> new SummaryRange(Tenant.DEFAULT, 0, 15 * SECOND, 10 * SECOND))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("whole columns");
    assertThatThrownBy(() -> new SummaryRange(Tenant.DEFAULT, 0, 15 * SECOND, 5 * SECOND))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
