package dev.pharos.query.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.model.Labels;
import dev.pharos.observe.Ledger;
import dev.pharos.query.QueryContext;
import dev.pharos.query.QueryError;
import dev.pharos.query.QueryException;
import dev.pharos.query.ScanPool;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromEngineTest {
  private final MemorySeries series = new MemorySeries();
  private final PromEngine engine = new PromEngine(series, PromOptions.STANDARD);

  private static QueryContext context() {
    Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    return new QueryContext(
        "default", clock, Duration.ofMinutes(2), new Ledger(1 << 30).open("queries", 1), 1 << 30);
  }

  private PromResult instant(String query, long millis) {
    return engine.instant(context(), query, millis).result();
  }

  private QueryError errorOf(String query) {
    try {
      instant(query, 60_000);
    } catch (QueryException e) {
      return e.error();
    }
    throw new AssertionError("no error: " + query);
  }

  @Test
  void answersScalarsStringsAndMatrices() {
    assertThat(instant("1 + 1", 4_000)).isEqualTo(new PromResult.Scalar(4_000, 2));
    assertThat(instant("\"x\"", 4_000)).isEqualTo(new PromResult.Text(4_000, "x"));
    PromResult.Matrix line =
        (PromResult.Matrix) engine.range(context(), "time()", 0, 60_000, 30_000).result();
    assertThat(line.series()).hasSize(1);
    assertThat(line.series().getFirst().values()).containsExactly(0, 30, 60);
    assertThat(line.series().getFirst().millis()).containsExactly(0, 30_000, 60_000);
  }

  @Test
  void leavesOutTheSampleThatIsExactlyAsOldAsTheLookback() {
    series.add(Labels.of("__name__", "a"), 0, 1);
    assertThat(((PromResult.Vector) instant("a", 299_999)).series()).hasSize(1);
    assertThat(((PromResult.Vector) instant("a", 300_000)).series()).isEmpty();
  }

  @Test
  void groupsByAQuotedAttributeOfTheResourceAndShowsItNowhereElse() {
    for (int i = 0; i < 3; i++) {
      Labels labels = Labels.of("__name__", "a", "job", "j" + i % 2, "x", "" + i);
      series.add(labels, 0, 1 + i);
      series.resource(labels, Labels.of("k8s.pod.name", i < 2 ? "p" : "q"));
    }
    assertThat(vector("sum by (\"resource.k8s.pod.name\") (a)"))
        .containsExactly("{resource.k8s.pod.name=\"p\"} 3.0", "{resource.k8s.pod.name=\"q\"} 3.0");
    assertThat(vector("sum by (\"resource.k8s.pod.name\", job) (max_over_time(a[5m]) + 0)"))
        .containsExactly(
            "{job=\"j0\", resource.k8s.pod.name=\"p\"} 1.0",
            "{job=\"j0\", resource.k8s.pod.name=\"q\"} 3.0",
            "{job=\"j1\", resource.k8s.pod.name=\"p\"} 2.0");
    assertThat(vector("sum by (\"resource.k8s.pod.name\") (sum by (job) (a))"))
        .containsExactly("{} 6.0");
    assertThat(vector("sum by (\"resource.host.name\") (a)")).containsExactly("{} 6.0");
    assertThat(vector("sum by (\"resource.k8s.pod.name\") (a) and on() sum(a{x=\"0\"})"))
        .hasSize(2);
    assertThat(vector("a{x=\"0\"}")).containsExactly("a{job=\"j0\", x=\"0\"} 1.0");
  }

  private List<String> vector(String query) {
    return ((PromResult.Vector) instant(query, 0))
        .series().stream().map(one -> one.labels() + " " + one.values()[0]).sorted().toList();
  }

  @Test
  void refusesMoreMemoryThanAQueryMayHold() {
    for (int i = 0; i < 100; i++) {
      for (int minute = 0; minute < 100; minute++) {
        series.add(Labels.of("__name__", "a", "i", "" + i), minute * 60_000, minute);
      }
    }
    assertThat(errorOf("a[100m]", 99 * 60_000, 50_000))
        .isInstanceOf(QueryError.Limit.class)
        .extracting(QueryError::message)
        .asString()
        .contains("memory budget of 50000 bytes");
    assertThat(instant("sum(count_over_time(a[100m]))", 99 * 60_000)).isNotNull();
  }

  private QueryError errorOf(String query, long millis, long budgetBytes) {
    Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    var account = new Ledger(1 << 30).open("queries", 1);
    try (var context =
        new QueryContext("default", clock, Duration.ofMinutes(2), account, budgetBytes)) {
      engine.instant(context, query, millis);
      throw new AssertionError("no error: " + query);
    } catch (QueryException e) {
      return e.error();
    } finally {
      assertThat(account.usedBytes()).isZero();
    }
  }

  @Test
  void keepsTheBitsOfNaN() {
    double odd = Double.longBitsToDouble(0x7ff8000000001234L);
    series.add(Labels.of("__name__", "a"), 0, odd);
    PromResult.Vector vector = (PromResult.Vector) instant("a", 0);
    assertThat(Double.doubleToRawLongBits(vector.series().getFirst().values()[0]))
        .isEqualTo(0x7ff8000000001234L);
  }

  @Test
  void saysWhatKindOfErrorItWas() {
    series.add(Labels.of("__name__", "a", "x", "1"), 60_000, 1);
    series.add(Labels.of("__name__", "a", "x", "2"), 60_000, 1);
    assertThat(errorOf("a{")).isInstanceOf(QueryError.Syntax.class);
    assertThat(errorOf("a + on() a")).isInstanceOf(QueryError.Execution.class);
    assertThat(errorOf("label_replace(a, \"x\", \"y\", \"x\", \"(\")"))
        .isInstanceOf(QueryError.Execution.class);
    assertThatThrownBy(() -> engine.range(context(), "a[5m]", 0, 1, 1))
        .hasMessage(
            "invalid expression type \"range vector\" for range query, must be Scalar or instant Vector");
  }

  @Test
  void stopsAtTheSampleBudget() {
    for (int i = 0; i < 20; i++) {
      series.add(Labels.of("__name__", "a", "x", "" + i), 60_000, 1);
    }
    PromOptions tight = new PromOptions(300_000, 60_000, 10, false, ParserOptions.STANDARD);
    assertThatThrownBy(() -> engine.instant(context(), "a", 60_000, tight))
        .hasMessage("query processing would load too many samples into memory in query execution");
  }

  @Test
  void countsOnlyTheSamplesItHoldsAtOnce() {
    for (int i = 0; i < 20; i++) {
      series.add(Labels.of("__name__", "a", "x", "" + i), 60_000, 1);
    }
    PromOptions tight = new PromOptions(300_000, 60_000, 10, false, ParserOptions.STANDARD);
    assertThat(engine.instant(context(), "sum(a)", 60_000, tight).result())
        .isInstanceOf(PromResult.Vector.class);
  }

  @Test
  void givesTheSameAnswerOnAPool() {
    for (int i = 0; i < 500; i++) {
      for (long millis = 0; millis < 600_000; millis += 15_000) {
        series.add(Labels.of("__name__", "a_total", "x", "" + i), millis, i * millis % 977);
      }
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      PromEngine pooled = new PromEngine(series, PromOptions.STANDARD, new ScanPool(threads, 3));
      String[] queries = {
        "rate(a_total[2m])", "sum(a_total)", "topk(3, a_total)", "a_total - a_total offset 1m"
      };
      for (String query : queries) {
        List<String> alone = new ArrayList<>();
        List<String> together = new ArrayList<>();
        describe(engine.range(context(), query, 0, 600_000, 20_000).result(), alone);
        describe(pooled.range(context(), query, 0, 600_000, 20_000).result(), together);
        assertThat(together).as(query).isNotEmpty().isEqualTo(alone);
      }
      assertThatThrownBy(
              () ->
                  pooled.range(
                      context(),
                      "a_total",
                      0,
                      600_000,
                      20_000,
                      new PromOptions(300_000, 60_000, 100, false, ParserOptions.STANDARD)))
          .isInstanceOf(QueryException.class);
    }
  }

  private static void describe(PromResult result, List<String> lines) {
    for (PromResult.Points points : ((PromResult.Matrix) result).series()) {
      for (int i = 0; i < points.count(); i++) {
        lines.add(points.labels() + " " + points.millis()[i] + " " + points.values()[i]);
      }
    }
  }

  @Test
  void stopsWhenCancelled() {
    series.add(Labels.of("__name__", "a"), 60_000, 1);
    QueryContext context = context();
    context.cancel();
    assertThatThrownBy(() -> engine.instant(context, "a", 60_000))
        .isInstanceOfSatisfying(
            QueryException.class,
            e -> assertThat(e.error()).isInstanceOf(QueryError.Cancelled.class));
  }

  @Test
  void refusesSeriesThatDifferOnlyInTheirName() {
    series.add(Labels.of("__name__", "a"), 60_000, 1);
    series.add(Labels.of("__name__", "b"), 60_000, 2);
    assertThatThrownBy(() -> instant("abs({__name__=~\"a|b\"})", 60_000))
        .hasMessage("vector cannot contain metrics with the same labelset");
    assertThat(((PromResult.Vector) instant("sum({__name__=~\"a|b\"})", 60_000)).series())
        .hasSize(1);
  }

  @Test
  void warnsWithThePlaceInTheQuery() {
    series.add(Labels.of("__name__", "a"), 10_000, 1);
    series.add(Labels.of("__name__", "a"), 30_000, 2);
    PromAnswer answer = engine.instant(context(), "sum(rate(a[1m]))", 60_000);
    assertThat(answer.warnings()).isEmpty();
    assertThat(answer.infos())
        .containsExactly(
            "PromQL info: metric might not be a counter, name does not end in "
                + "_total/_sum/_count/_bucket: \"a\" (1:10)");
  }

  /// A range query is the same as one instant query at each of its steps, whatever is computed for all steps at once.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "m_total",
        "rate(m_total[2m])",
        "increase(m_total[90s])",
        "delta(m_total[5m])",
        "irate(m_total[3m])",
        "idelta(m_total[3m])",
        "changes(m_total[4m])",
        "resets(m_total[4m])",
        "sum_over_time(m_total[2m])",
        "avg_over_time(m_total[2m])",
        "max_over_time(m_total[3m])",
        "min_over_time(m_total[3m])",
        "stddev_over_time(m_total[3m])",
        "quantile_over_time(0.3, m_total[4m])",
        "last_over_time(m_total[2m])",
        "deriv(m_total[3m])",
        "predict_linear(m_total[3m], 60)",
        "sum by (g) (m_total)",
        "avg(m_total)",
        "topk by (g) (1, m_total)",
        "quantile(0.4, m_total)",
        "m_total > 50 or m_total offset 1m",
        "m_total and on (g) (m_total > 80)",
        "m_total / on (g, i) m_total offset 1m",
        "absent(m_total > 99)",
        "max_over_time(rate(m_total[1m])[5m:30s])",
        "m_total @ 300 + m_total",
        "count_values(\"v\", m_total)",
        "label_replace(m_total, \"x\", \"$1\", \"i\", \"(.).*\")",
        "stddev(m_total)",
        "scalar(sum(m_total)) + m_total"
      })
  void rangeQueriesEqualInstantQueries(String query) {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int s = 0; s < 6; s++) {
      Labels labels = Labels.of("__name__", "m_total", "g", "" + s % 2, "i", "" + s);
      long millis = random.nextInt(15_000);
      while (millis < 900_000) {
        series.add(labels, millis, random.nextInt(8) == 0 ? Double.NaN : random.nextInt(100));
        millis += random.nextInt(5) == 0 ? 150_000 : 10_000 + random.nextInt(10_000);
      }
    }
    PromResult.Matrix matrix =
        (PromResult.Matrix) engine.range(context(), query, 0, 900_000, 17_000).result();
    List<String> stepwise = new ArrayList<>();
    for (long at = 0; at <= 900_000; at += 17_000) {
      for (PromResult.Points points : ((PromResult.Vector) instant(query, at)).series()) {
        stepwise.add(points.labels() + " " + at + " " + points.values()[0]);
      }
    }
    List<String> whole = new ArrayList<>();
    for (PromResult.Points points : matrix.series()) {
      for (int i = 0; i < points.count(); i++) {
        whole.add(points.labels() + " " + points.millis()[i] + " " + points.values()[i]);
      }
    }
    assertThat(whole).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(stepwise);
  }
}
