package dev.pharos.bench.micro;

import dev.pharos.model.LogBatch;
import dev.pharos.model.SpanBatch;
import dev.pharos.query.QueryContext;
import dev.pharos.query.logql.LogqlEngine;
import dev.pharos.query.logql.LogqlRequest;
import dev.pharos.query.logql.LogqlResult;
import dev.pharos.query.promql.PromAnswer;
import dev.pharos.query.promql.PromEngine;
import dev.pharos.query.promql.PromOptions;
import dev.pharos.query.traceql.SearchRequest;
import dev.pharos.query.traceql.SearchResult;
import dev.pharos.query.traceql.TraceqlEngine;
import dev.pharos.wire.otlp.OtlpCodec;
import dev.pharos.wire.workload.MetricWorkload;
import dev.pharos.wire.workload.Stamps;
import dev.pharos.wire.workload.Template;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Queries over segments that were filled before: 256,000 log lines, 128,000 spans, 24 h of one machine's 2,001 series
/// at 60 s. Scores are milliseconds a query, warm.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ScanBenchmark {
  private static final long HOUR_NANOS = 3_600_000_000_000L;
  private static final int CUT_REQUESTS = 64;

  /// 256,000 log lines.
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init")
  public static class Lines {
    private static final int REQUESTS = 512;
    private FilledStore store;
    private LogqlEngine engine;
    private String needle;

    @Setup(Level.Trial)
    public void fill() throws IOException {
      store = new FilledStore();
      List<byte[]> requests = Requests.lines(REQUESTS);
      for (int i = 0; i < REQUESTS; i++) {
        LogBatch batch = OtlpCodec.LOGS.decode(requests.get(i)).batch();
        store.put(store.store().logs(), batch);
        if (i % CUT_REQUESTS == CUT_REQUESTS - 1) {
          store.store().logEngine().cut();
        }
        if (i == REQUESTS / 2) {
          String line = batch.symbols().text((int) batch.body()[7]);
          needle = line.replaceAll("(?s).*([0-9a-f]{16}).*", "$1");
        }
      }
      FilledStore.settle(store.store().logEngine());
      engine = new LogqlEngine(store.store().logReader());
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
      store.close();
    }

    LogqlResult query(LogqlRequest request) {
      try (QueryContext context = store.context()) {
        return engine.query(request, context);
      }
    }

    LogqlResult lines(String query) {
      return query(
          new LogqlRequest.Range(
              query,
              Requests.NOW_NANOS - HOUR_NANOS,
              Requests.NOW_NANOS + 1,
              1_000_000_000,
              10,
              LogqlRequest.Direction.BACKWARD));
    }
  }

  /// 128,000 spans.
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init")
  public static class Spans {
    private static final int REQUESTS = 256;
    private FilledStore store;
    private TraceqlEngine engine;
    private final long[] traces = new long[2 * REQUESTS];
    private int next;

    @Setup(Level.Trial)
    public void fill() throws IOException {
      store = new FilledStore();
      List<byte[]> requests = Requests.spans(REQUESTS);
      for (int i = 0; i < REQUESTS; i++) {
        SpanBatch batch = OtlpCodec.TRACES.decode(requests.get(i)).batch();
        traces[2 * i] = batch.traceHi()[0];
        traces[2 * i + 1] = batch.traceLo()[0];
        store.put(store.store().traces(), batch);
        if (i % CUT_REQUESTS == CUT_REQUESTS - 1) {
          store.store().traceEngine().cut();
        }
      }
      FilledStore.settle(store.store().traceEngine());
      engine = new TraceqlEngine(store.store().traceReader());
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
      store.close();
    }

    int nextTrace() {
      next = (next + 1) % REQUESTS;
      return next;
    }
  }

  /// 24 h of 2,001 series.
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init")
  public static class Series {
    private static final int STEP_SECONDS = 60;
    private static final int STEPS = 24 * 3600 / STEP_SECONDS;
    private FilledStore store;
    private PromEngine engine;

    @Setup(Level.Trial)
    public void fill() throws IOException {
      store = new FilledStore();
      List<Template> machine = new MetricWorkload(1).requests(0, 2000);
      var stamps = new Stamps(1);
      for (int step = 0; step < STEPS; step++) {
        long time = Requests.NOW_NANOS - (STEPS - step) * STEP_SECONDS * 1_000_000_000L;
        for (Template request : machine) {
          request.refresh(stamps, time);
          store.put(store.store().metrics(), OtlpCodec.METRICS.decode(request.body()).batch());
        }
        if (step % CUT_REQUESTS == CUT_REQUESTS - 1) {
          store.store().metricEngine().cut();
        }
      }
      FilledStore.settle(store.store().metricEngine());
      engine = new PromEngine(store.store().seriesReader(), PromOptions.STANDARD);
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
      store.close();
    }
  }

  @Benchmark
  public LogqlResult needle(Lines lines) {
    return lines.lines("{service_name=~\".+\"} |= \"" + lines.needle + "\"");
  }

  @Benchmark
  public LogqlResult countByLevel(Lines lines) {
    return lines.query(
        new LogqlRequest.Instant(
            "sum by (detected_level) (count_over_time({service_name=~\".+\"}[1h]))",
            Requests.NOW_NANOS));
  }

  @Benchmark
  public LogqlResult jsonField(Lines lines) {
    return lines.query(
        new LogqlRequest.Instant(
            "sum(count_over_time({service_name=~\".+\"} | json | status=\"500\" [1h]))",
            Requests.NOW_NANOS));
  }

  /// No filter can leave a block out.
  @Benchmark
  public LogqlResult scanOfAllText(Lines lines) {
    return lines.query(
        new LogqlRequest.Instant(
            "sum(count_over_time({service_name=~\".+\"} |~ \"p-00[0-9]{4}1\" [1h]))",
            Requests.NOW_NANOS));
  }

  @Benchmark
  public SpanBatch traceById(Spans spans) {
    int trace = spans.nextTrace();
    try (QueryContext context = spans.store.context()) {
      return spans.engine.trace(spans.traces[2 * trace], spans.traces[2 * trace + 1], context);
    }
  }

  @Benchmark
  public SearchResult searchWithoutHit(Spans spans) {
    var request =
        new SearchRequest(
            "{ resource.service.name = \"rail-fares\" && span.app.passenger.id = \"p-x\" }",
            Requests.NOW_NANOS - HOUR_NANOS,
            Requests.NOW_NANOS + HOUR_NANOS,
            20,
            3);
    try (QueryContext context = spans.store.context()) {
      return spans.engine.search(request, context);
    }
  }

  @Benchmark
  public PromAnswer rateOverADay(Series series) {
    long end = Requests.NOW_NANOS / 1_000_000;
    try (QueryContext context = series.store.context()) {
      return series.engine.range(
          context,
          "sum by (instance) (rate(node_cpu_seconds_total{mode!=\"idle\"}[5m]))",
          end - 24 * 3_600_000L,
          end,
          300_000);
    }
  }
}
