package dev.pharos.query.logql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.query.Contexts;
import dev.pharos.query.QueryException;
import dev.pharos.query.ScanPool;
import dev.pharos.query.logql.FieldCounts.Field;
import dev.pharos.query.logql.FieldCounts.Found;
import dev.pharos.query.logql.FieldCounts.ValueCount;
import dev.pharos.query.memory.LogRecord;
import dev.pharos.query.memory.MemoryLogs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FieldCountsTest {
  private static final long BASE = 1_700_000_000_000_000_000L;

  private static LogRecord record(
      Map<String, Object> attributes, int severity, String body, long at) {
    return new LogRecord(
        Map.of("service.name", at % 2 == 0 ? "web" : "api", "host", "h1"),
        "",
        attributes,
        BASE + at,
        severity,
        "",
        body,
        "",
        "");
  }

  private static Found count(List<List<LogRecord>> parts, String query) {
    try (var context = Contexts.create()) {
      return new FieldCounts(new MemoryLogs(parts), ScanPool.NONE)
          .of(query, BASE, BASE + 1_000, 100, 100, context);
    }
  }

  @Test
  void countsFieldsAndValuesAsTheModelDoes() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      var parts = new ArrayList<List<LogRecord>>();
      var expected = new TreeMap<String, TreeMap<String, Long>>();
      int lines = 0;
      for (int part = 0; part < 1 + random.nextInt(3); part++) {
        var records = new ArrayList<LogRecord>();
        for (int i = random.nextInt(50); i > 0; i--) {
          int at = random.nextInt(1_200);
          String zone = "z" + random.nextInt(3);
          String code = "" + random.nextInt(4);
          records.add(record(Map.of("zone", zone), 9, "{\"code\":\"" + code + "\"}", at));
          if (at < 1_000 && !code.equals("0")) {
            lines++;
            add(expected, "zone metadata", zone);
            add(expected, "code parsed", code);
            add(expected, "service_name label", at % 2 == 0 ? "web" : "api");
            add(expected, "host metadata", "h1");
            add(expected, "severity_number metadata", "9");
            add(expected, "detected_level metadata", "info");
          }
        }
        parts.add(records);
      }
      Found found = count(parts, "{service_name=~\".+\"} | json | code != \"0\"");
      assertThat(found.lines()).as("seed " + seed).isEqualTo(lines);
      assertThat(found.exact()).isTrue();
      var counted = new TreeMap<String, TreeMap<String, Long>>();
      for (Field field : found.fields()) {
        var values = new TreeMap<String, Long>();
        field.values().forEach(value -> values.put(value.value(), value.lines()));
        counted.put(field.name() + " " + field.scope(), values);
        assertThat(field.distinct()).isEqualTo(values.size());
        assertThat(field.lines())
            .isEqualTo(values.values().stream().mapToLong(Long::longValue).sum());
      }
      assertThat(counted).as("seed " + seed + ", round " + round).isEqualTo(expected);
    }
  }

  private static void add(
      TreeMap<String, TreeMap<String, Long>> counts, String field, String value) {
    counts.computeIfAbsent(field, ignored -> new TreeMap<>()).merge(value, 1L, Long::sum);
  }

  @Test
  void putsLevelAndServiceFirstAndWhatTellsLinesApartLast() {
    var records = new ArrayList<LogRecord>();
    for (int i = 0; i < 100; i++) {
      records.add(
          record(
              Map.of("order", "o" + i, "zone", i % 3 == 0 ? "a" : "b"), i < 90 ? 9 : 17, "x", i));
    }
    try (var context = Contexts.create()) {
      Found found =
          new FieldCounts(new MemoryLogs(List.of(records)), ScanPool.NONE)
              .of("{service_name=~\".+\"}", BASE, BASE + 1_000, 3, 1, context);
      assertThat(found.fields())
          .extracting(Field::name)
          .startsWith("detected_level", "service_name")
          .doesNotContain("order")
          .hasSize(3);
      assertThat(found.fields().getFirst().values()).containsExactly(new ValueCount("info", 90));
    }
  }

  @Test
  void tellsNoMoreThanTenThousandValuesApart() {
    var records = new ArrayList<LogRecord>();
    for (int i = 0; i < FieldCounts.MAX_VALUES + 100; i++) {
      records.add(record(Map.of("id", "<b>\u0000" + i), 9, "", i % 1_000));
    }
    Field field =
        count(List.of(records), "{service_name=~\".+\"}").fields().stream()
            .filter(each -> each.name().equals("id"))
            .findFirst()
            .orElseThrow();
    assertThat(field.lines()).isEqualTo(records.size());
    assertThat(field.distinct()).isEqualTo(FieldCounts.MAX_VALUES);
  }

  @Test
  void refusesMetricsAndStopsWhenCancelled() {
    assertThatThrownBy(() -> count(List.of(), "rate({a=\"b\"}[1m])"))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("not a query of log lines");
    try (var context = Contexts.create()) {
      context.cancel();
      assertThatThrownBy(
              () ->
                  new FieldCounts(new MemoryLogs(List.of()), ScanPool.NONE)
                      .of("{a=\"b\"}", BASE, BASE + 1, 1, 1, context))
          .isInstanceOf(QueryException.class);
    }
  }
}
