package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.log.LocalDisk;
import dev.pharos.model.BatchTexts;
import dev.pharos.model.LogBatch;
import dev.pharos.model.RandomBatches;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Signal;
import dev.pharos.model.Tenant;
import dev.pharos.store.delete.Deletion;
import dev.pharos.store.delete.RowMatcher;
import dev.pharos.store.engine.SignalEngine;
import dev.pharos.store.engine.TestClock;
import dev.pharos.store.read.BlockRef;
import dev.pharos.store.read.LogBlock;
import dev.pharos.store.read.Matcher;
import dev.pharos.store.read.SpanBlock;
import dev.pharos.store.read.SummaryRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A data directory that an earlier version wrote is opened and read whole.
///
/// The directories are test resources, one for each version of the formats, and are never written again: when a format
/// changes, a new one is added with the system property `pharos.golden.write` set to its name.
class GoldenDirectoryTest {
  private static final Path RESOURCES = Path.of("src/test/resources/golden");
  private static final String EXPECTED = "expected.txt";
  private static final int MAX_BYTES = 300 << 10;

  @TempDir Path directory;

  @Test
  void readsEverythingThatEarlierVersionsWrote() throws IOException {
    String name = System.getProperty("pharos.golden.write", "");
    if (!name.isEmpty()) {
      write(RESOURCES.resolve(name));
    }
    try (Stream<Path> versions = Files.list(RESOURCES)) {
      List<Path> all = versions.sorted().toList();
      assertThat(all).isNotEmpty();
      for (Path version : all) {
        readsEverything(version);
      }
    }
  }

  private void readsEverything(Path version) throws IOException {
    Path copy = directory.resolve(version.getFileName());
    copy(version.resolve("data"), copy);
    List<String> expected = Files.readAllLines(version.resolve(EXPECTED));
    var clock = new TestClock();
    try (Store store = StoreOnDisk.open(LocalDisk.open(copy), clock)) {
      assertThat(rows(store, clock)).as("%s as it is", version).isEqualTo(expected);
      for (SignalEngine<?> engine :
          List.of(store.traceEngine(), store.logEngine(), store.metricEngine())) {
        assertThat(engine.recovery().damage()).isEmpty();
        assertThat(engine.segments()).isNotEmpty();
        engine.cut();
        while (engine.merge()) {}
        engine.tidy();
      }
      assertThat(rows(store, clock)).as("%s, merged", version).isEqualTo(expected);
    }
    try (Store store = StoreOnDisk.open(LocalDisk.open(copy), clock)) {
      assertThat(rows(store, clock)).as("%s, opened again", version).isEqualTo(expected);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  /// All that queries see, in a fixed order.
  private static List<String> rows(Store store, TestClock clock) {
    var rows = new ArrayList<String>();
    try (var plan = store.traceReader().plan(StoreOnDisk.ALL)) {
      for (BlockRef<SpanBlock> ref : plan.blocks()) {
        ref.open()
            .ifPresent(
                block ->
                    rows.addAll(BatchTexts.of(block.materialize(all(block.rows()), block.rows()))));
      }
    }
    try (var plan = store.logReader().plan(StoreOnDisk.ALL)) {
      for (BlockRef<LogBlock> ref : plan.blocks()) {
        ref.open()
            .ifPresent(
                block ->
                    rows.addAll(BatchTexts.of(block.materialize(all(block.rows()), block.rows()))));
      }
    }
    for (String name : List.of("open", "secret")) {
      Gauges.forEach(
          store,
          Tenant.DEFAULT,
          name,
          (user, value) -> rows.add(name + " of " + user + " = " + value));
    }
    SummaryRange range =
        SummaryRange.around(
            Tenant.DEFAULT,
            clock.nanos() - Duration.ofHours(12).toNanos(),
            clock.nanos() + Duration.ofHours(1).toNanos(),
            Duration.ofMinutes(10).toNanos());
    store
        .summaryReader()
        .services(range)
        .forEach(
            each ->
                rows.add(
                    "service <"
                        + each.service()
                        + "> "
                        + Arrays.toString(each.requests().calls())));
    store
        .summaryReader()
        .logs(range)
        .forEach(
            each ->
                rows.add(
                    "records "
                        + each.severity()
                        + " "
                        + Arrays.toString(each.records())
                        + " "
                        + Arrays.toString(each.bytes())));
    // Lines of a file, whatever texts hold.
    return rows.stream()
        .map(row -> row.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r"))
        .sorted()
        .toList();
  }

  private static int[] all(int rows) {
    return IntStream.range(0, rows).toArray();
  }

  private static LogBatch withTimes(LogBatch batch) {
    for (int row = 0; row < batch.rows(); row++) {
      if (batch.timeNanos()[row] == 0) {
        batch.timeNanos()[row] = batch.observedNanos()[row];
      }
    }
    return batch;
  }

  /// Makes a directory with segments of several merges, deleted rows, keys of requests, and rows that are in the log
  /// only.
  private static void write(Path version) throws IOException {
    Path scratch = Files.createTempDirectory("golden");
    var clock = new TestClock();
    List<String> rows;
    try (Store store = StoreOnDisk.open(LocalDisk.open(scratch), clock, StoreOnDisk.manual(), 1)) {
      for (int i = 0; i < 15; i++) {
        fill(store, clock, i);
        store.traceEngine().cut();
        store.logEngine().cut();
        store.metricEngine().cut();
        store.traceEngine().merge();
        store.logEngine().merge();
        store.metricEngine().merge();
      }
      fill(store, clock, 20);
      var matcher = new RowMatcher(RowMatcher.Subject.LABEL, "user", Matcher.Kind.EQUAL, "alice");
      store.delete(
          Signal.METRICS,
          new Deletion(Tenant.DEFAULT, List.of(matcher), Long.MIN_VALUE, Long.MAX_VALUE));
      fill(store, clock, 21);
      rows = rows(store, clock);
    }
    Files.createDirectories(version);
    Files.write(version.resolve(EXPECTED), rows);
    copy(scratch, version.resolve("data"));
    Files.delete(version.resolve("data/lock"));
    long bytes = 0;
    try (Stream<Path> files = Files.walk(version)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.getParent().endsWith("log")) {
          withoutRoom(file);
        }
        bytes += Files.size(file);
      }
    }
    assertThat(bytes).isLessThan(MAX_BYTES);
  }

  private static void fill(Store store, TestClock clock, int round) {
    var made =
        new RandomBatches(
            round, clock.nanos() - Duration.ofHours(9).toNanos(), Duration.ofHours(9).toNanos());
    StoreOnDisk.send(store.traces(), made.spans(5), Tenant.DEFAULT, new RequestKey(1, 100 + round));
    StoreOnDisk.send(
        store.logs(), withTimes(made.logs(5)), Tenant.DEFAULT, new RequestKey(2, 100 + round));
    long millis = clock.millis() - 1000 * (100 - round);
    StoreOnDisk.store(store.metrics(), Gauges.of("open", "bob", "s", millis, round / 10.0));
    StoreOnDisk.store(store.metrics(), Gauges.of("secret", "alice", "s", millis, round));
  }

  /// Leaves out the zeros that the log keeps ahead of its frames.
  private static void withoutRoom(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int length = bytes.length;
    while (length > 0 && bytes[length - 1] == 0) {
      length--;
    }
    Files.write(file, Arrays.copyOf(bytes, length));
  }
}
