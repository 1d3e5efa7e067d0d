package dev.pharos.query.logql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.observe.Ledger;
import dev.pharos.query.QueryContext;
import dev.pharos.query.ScanPool;
import dev.pharos.query.memory.LogRecord;
import dev.pharos.query.memory.MemoryLogs;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Counting over many blocks in little memory, where each block repeats lines of the one before.
class RepeatsTest {
  private static final long BASE = 1_700_000_000_000_000_000L;
  private static final int BLOCKS = 100;
  private static final int ROWS = 400;
  private static final int REPEATED = 50;

  /// What 100 blocks of 400 lines would take is more than a megabyte.
  private static final long BUDGET_BYTES = 200_000;

  private static LogRecord line(int number) {
    return new LogRecord(
        Map.of("service.name", "web"),
        "",
        Map.of(),
        BASE + number * 1_000L,
        9,
        "INFO",
        "line " + number,
        "",
        "");
  }

  private static double count(List<List<LogRecord>> blocks) {
    var memory = new Ledger(1 << 30).open("queries", 0.5);
    var context =
        new QueryContext(
            "default", Clock.systemUTC(), Duration.ofSeconds(30), memory, BUDGET_BYTES);
    try (context) {
      long end = BASE + 60_000_000_000L;
      var request =
          new LogqlRequest.Range(
              "sum(count_over_time({service_name=\"web\"}[2m]))",
              end,
              end,
              1_000_000_000,
              100,
              LogqlRequest.Direction.BACKWARD);
      var engine = new LogqlEngine(new MemoryLogs(blocks), ScanPool.NONE);
      var result = (LogqlResult.Matrix) engine.query(request, context);
      return result.series().getFirst().values()[0];
    }
  }

  @Test
  void countsLinesOnceThatComeInSeveralBlocksWithoutMemoryForEachLine() {
    List<List<LogRecord>> blocks = new ArrayList<>();
    for (int block = 0; block < BLOCKS; block++) {
      List<LogRecord> rows = new ArrayList<>();
      int from = Math.max(0, block * ROWS - REPEATED);
      for (int number = from; number < (block + 1) * ROWS; number++) {
        rows.add(line(number));
      }
      blocks.add(rows);
    }
    assertThat(count(blocks)).isEqualTo(BLOCKS * ROWS);
  }

  @Test
  void remembersLinesAsLongAsAYoungerBlockMayRepeatThem() {
    List<List<LogRecord>> blocks = new ArrayList<>();
    List<LogRecord> all = new ArrayList<>();
    for (int number = 0; number < 3_000; number++) {
      all.add(line(number));
    }
    blocks.add(all);
    blocks.add(List.copyOf(all));
    assertThat(count(blocks)).isEqualTo(3_000);
  }
}
