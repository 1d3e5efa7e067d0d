package dev.pharos.query.logql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.query.Contexts;
import dev.pharos.query.ScanPool;
import dev.pharos.query.memory.LogRecord;
import dev.pharos.query.memory.MemoryLogs;
import dev.pharos.query.memory.StoredData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lines counted by blocks and the same lines counted one by one: a filter that every line passes switches the counts
/// of blocks off.
class CountedScanTest {
  private static final int ROUNDS = 300;
  private static final String ONE_BY_ONE = " |= \"\"";

  @Test
  void countsTheLinesThatAScanCountsWhicheverBlocksTheyAreIn() {
    long seed = System.nanoTime();
    for (int round = 0; round < ROUNDS; round++) {
      var random = new Random(seed + round);
      var model = new LogModel(random);
      var blocks = new ArrayList<List<LogRecord>>();
      for (int n = 1 + random.nextInt(6); n > 0; n--) {
        blocks.add(new ArrayList<>());
      }
      records(random, model).forEach(each -> blocks.get(random.nextInt(blocks.size())).add(each));
      var engine = new LogqlEngine(new MemoryLogs(blocks), ScanPool.NONE, 1 << random.nextInt(9));
      for (int query = 0; query < 5; query++) {
        compare(engine, random, "seed " + seed + ", round " + round);
      }
    }
  }

  @Test
  void countsTheLinesThatAScanCountsOverAStoreThatCutsMergesAndDeletes(@TempDir Path directory) {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var model = new LogModel(random);
    try (var store = new StoredData(directory, LogModel.BASE)) {
      var all = new ArrayList<LogRecord>();
      for (int step = 0; step < 60; step++) {
        List<LogRecord> more = records(random, model);
        for (int repeats = random.nextInt(4); repeats > 0 && !all.isEmpty(); repeats--) {
          more.add(all.get(random.nextInt(all.size())));
        }
        all.addAll(more);
        store.logs(more);
        if (random.nextInt(12) == 0) {
          long from = LogModel.BASE + random.nextInt(60);
          store.deleteLogs(
              "host.name", model.pick("h1", "h2"), from, from + random.nextInt(20) + 1);
        }
        var engine = new LogqlEngine(store.logReader(), ScanPool.NONE, 1 << random.nextInt(9));
        for (int query = 0; query < 4; query++) {
          compare(engine, random, "seed " + seed + ", step " + step);
          store.disturb(random);
          engine = new LogqlEngine(store.logReader(), ScanPool.NONE, 1 << random.nextInt(9));
        }
      }
    }
  }

  private static List<LogRecord> records(Random random, LogModel model) {
    var records = new ArrayList<LogRecord>();
    for (int n = random.nextInt(80); n >= 0; n--) {
      boolean repeat = !records.isEmpty() && random.nextInt(6) == 0;
      records.add(repeat ? records.get(random.nextInt(records.size())) : model.record().record());
    }
    return records;
  }

  private static void compare(LogqlEngine engine, Random random, String what) {
    var model = new LogModel(random);
    model.selector();
    String by =
        model.pick(
            "service_name",
            "detected_level",
            "detected_level, k8s_pod_name",
            "user_id",
            "host_name, none",
            "scope_name");
    String function = model.pick("count_over_time", "rate", "absent_over_time", "bytes_over_time");
    long range = 1 + random.nextInt(40);
    long step = 1 + random.nextInt(15);
    String offset = random.nextInt(4) == 0 ? " offset " + random.nextInt(20) + "ns" : "";
    long from = LogModel.BASE + random.nextInt(40);
    long to = from + random.nextInt(40);
    String counted =
        answer(engine, query(by, function, model.text(), range, offset), from, to, step);
    String scanned =
        answer(
            engine, query(by, function, model.text() + ONE_BY_ONE, range, offset), from, to, step);
    assertThat(counted).as("%s: %s by %s", what, model.text(), by).isEqualTo(scanned);
  }

  private static String query(String by, String function, String lines, long range, String offset) {
    return "sum by (" + by + ") (" + function + "(" + lines + " [" + range + "ns]" + offset + "))";
  }

  private static String answer(LogqlEngine engine, String query, long from, long to, long step) {
    var request =
        new LogqlRequest.Range(query, from, to, step, 100, LogqlRequest.Direction.BACKWARD);
    try (var context = Contexts.create()) {
      var text = new StringBuilder();
      for (LogqlResult.Series series :
          ((LogqlResult.Matrix) engine.query(request, context)).series()) {
        text.append(series.labels());
        for (int i = 0; i < series.values().length; i++) {
          text.append(' ').append(series.timeNanos()[i]).append('=').append(series.values()[i]);
        }
        text.append('\n');
      }
      return text.toString();
    }
  }
}
