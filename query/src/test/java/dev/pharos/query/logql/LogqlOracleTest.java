package dev.pharos.query.logql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.Labels;
import dev.pharos.query.Contexts;
import dev.pharos.query.ScanPool;
import dev.pharos.query.TestPool;
import dev.pharos.query.matrix.StepGrid;
import dev.pharos.query.memory.LogRecord;
import dev.pharos.query.memory.MemoryLogs;
import dev.pharos.query.memory.StoredData;
import dev.pharos.store.read.LogReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random records and queries, answered by the engine over blocks however they are split and by a model row by row.
class LogqlOracleTest {
  private static final int ROUNDS = 300;
  private static final long START = LogModel.BASE + 10;
  private static final long END = LogModel.BASE + 50;

  @Test
  void agreesWithTheModelOnLines() {
    long seed = System.nanoTime();
    int found = 0;
    for (int round = 0; round < ROUNDS; round++) {
      var random = new Random(seed + round);
      var model = new LogModel(random);
      List<LogModel.Known> records = records(random, model);
      var engine = engine(random, split(random, records));
      model.query(false);
      long from = LogModel.BASE + random.nextInt(20);
      long to = from + random.nextInt(60);
      LogqlResult.Streams result = lines(engine, model.text(), from, to, 5_000);
      assertThat(rows(result))
          .as("seed %d: %s", seed + round, model.text())
          .isEqualTo(model.find(records, from, to));
      int limit = 1 + random.nextInt(8);
      List<Long> all = times(result);
      List<Long> first = times(lines(engine, model.text(), from, to, limit));
      assertThat(first)
          .as("seed %d, limit %d: %s", seed + round, limit, model.text())
          .isEqualTo(all.subList(0, Math.min(limit, all.size())));
      found += all.size();
    }
    assertThat(found).as("lines found in all rounds").isGreaterThan(ROUNDS);
  }

  @Test
  void agreesWithTheModelOverAStore(@TempDir Path directory) {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var model = new LogModel(random);
    var records = new ArrayList<LogModel.Known>();
    try (var store = new StoredData(directory, LogModel.BASE)) {
      for (int step = 0; step < 60; step++) {
        List<LogModel.Known> more = records(random, model);
        records.addAll(more);
        store.logs(more.stream().map(LogModel.Known::record).toList());
        store.disturb(random);
        var query = new LogModel(random);
        query.query(false);
        long from = LogModel.BASE + random.nextInt(20);
        long to = from + random.nextInt(60);
        LogqlResult.Streams result =
            lines(engine(random, store.logReader()), query.text(), from, to, 5_000);
        assertThat(rows(result))
            .as("seed %d, step %d: %s", seed, step, query.text())
            .isEqualTo(query.find(records, from, to));
      }
    }
  }

  @Test
  void agreesWithTheModelOnCounts() {
    long seed = System.nanoTime();
    for (int round = 0; round < ROUNDS; round++) {
      var random = new Random(seed + round);
      var model = new LogModel(random);
      List<LogModel.Known> records = records(random, model);
      model.query(true);
      long range = 1 + random.nextInt(30);
      long step = 1 + random.nextInt(15);
      var grid =
          StepGrid.between(Math.floorDiv(START, step) * step, Math.ceilDiv(END, step) * step, step);
      List<String> by =
          random.nextBoolean()
              ? List.of()
              : List.of("service_name", model.pick("status", "detected_level", "none"));
      String count = "count_over_time(" + model.text() + " [" + range + "ns])";
      String query = by.isEmpty() ? count : "sum by (" + String.join(",", by) + ") (" + count + ")";
      var request =
          new LogqlRequest.Range(query, START, END, step, 100, LogqlRequest.Direction.BACKWARD);
      try (var context = Contexts.create()) {
        var result =
            (LogqlResult.Matrix) engine(random, split(random, records)).query(request, context);
        assertThat(points(result))
            .as("seed %d: %s", seed + round, query)
            .isEqualTo(model.count(records, by, range, grid));
      }
    }
  }

  private static List<LogModel.Known> records(Random random, LogModel model) {
    var records = new ArrayList<LogModel.Known>();
    for (int n = random.nextInt(80); n >= 0; n--) {
      boolean repeat = !records.isEmpty() && random.nextInt(6) == 0;
      records.add(repeat ? records.get(random.nextInt(records.size())) : model.record());
    }
    return records;
  }

  /// Alone or on the pool: the answers are the same.
  private static LogqlEngine engine(Random random, LogReader reader) {
    return new LogqlEngine(reader, random.nextBoolean() ? ScanPool.NONE : TestPool.THREE);
  }

  private static LogReader split(Random random, List<LogModel.Known> records) {
    var parts = new ArrayList<List<LogRecord>>();
    for (int n = 1 + random.nextInt(6); n > 0; n--) {
      parts.add(new ArrayList<>());
    }
    records.forEach(k -> parts.get(random.nextInt(parts.size())).add(k.record()));
    return new MemoryLogs(parts);
  }

  private static LogqlResult.Streams lines(
      LogqlEngine engine, String query, long from, long to, int limit) {
    try (var context = Contexts.create()) {
      var request =
          new LogqlRequest.Range(query, from, to, 1, limit, LogqlRequest.Direction.BACKWARD);
      return (LogqlResult.Streams) engine.query(request, context);
    }
  }

  private static Set<LogModel.Row> rows(LogqlResult.Streams result) {
    var rows = new HashSet<LogModel.Row>();
    for (LogqlResult.MergedStream stream : result.merged()) {
      var labels = new TreeMap<String, String>();
      stream.labels().forEach(labels::put);
      labels.remove("__error_details__");
      stream
          .entries()
          .forEach(
              e ->
                  assertThat(rows.add(new LogModel.Row(e.timeNanos(), e.line(), labels))).isTrue());
    }
    return rows;
  }

  private static List<Long> times(LogqlResult.Streams result) {
    return result.streams().stream()
        .flatMap(s -> s.entries().stream())
        .map(LogqlResult.Entry::timeNanos)
        .sorted((a, b) -> Long.compare(b, a))
        .toList();
  }

  private static Map<Labels, Map<Long, Double>> points(LogqlResult.Matrix result) {
    var points = new TreeMap<Labels, Map<Long, Double>>();
    for (LogqlResult.Series series : result.series()) {
      var values = new TreeMap<Long, Double>();
      for (int i = 0; i < series.values().length; i++) {
        values.put(series.timeNanos()[i], series.values()[i]);
      }
      points.put(series.labels(), values);
    }
    return points;
  }
}
