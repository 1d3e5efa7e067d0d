package dev.pharos.app.budget;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.pharos.model.Batch;
import dev.pharos.model.LogBatch;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.Sink;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.binary.BatchBuffer;
import dev.pharos.model.binary.BatchCodec;
import dev.pharos.observe.Ledger;
import dev.pharos.query.QueryContext;
import dev.pharos.query.logql.LogqlEngine;
import dev.pharos.query.logql.LogqlRequest;
import dev.pharos.wire.otlp.OtlpCodec;
import dev.pharos.wire.otlp.OtlpEncoder;
import dev.pharos.wire.workload.LogWorkload;
import dev.pharos.wire.workload.MetricWorkload;
import dev.pharos.wire.workload.SpanWorkload;
import dev.pharos.wire.workload.Stamps;
import dev.pharos.wire.workload.Template;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bytes that the hot paths allocate an item, warm, with requests of 500. Speed differs from machine to machine; this
/// does not, and a boxed value, a stream or a text for each row shows here at once. Limits are half above what was
/// measured when they were set.
class AllocationTest {
  private static final int ITEMS = 500;
  private static final int WARM_UP = 300;
  private static final int ROUNDS = 8;
  private static final int CALLS = 25;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir Path folder;

  private static byte[] spans() {
    return made(new SpanWorkload(1).request(ITEMS));
  }

  private static byte[] lines() {
    return made(new LogWorkload(1).request(ITEMS));
  }

  private static byte[] points() {
    return made(new MetricWorkload(1).requests(0, ITEMS).getFirst());
  }

  private static byte[] made(Template request) {
    request.refresh(new Stamps(1), BudgetStore.NOW_NANOS);
    return request.body();
  }

  @Test
  void decodingStaysWithinItsBytes() {
    byte[] spans = spans();
    byte[] lines = lines();
    byte[] points = points();

    check("decoded span", 700, ITEMS, () -> OtlpCodec.TRACES.decode(spans));
    check("decoded log record", 1260, ITEMS, () -> OtlpCodec.LOGS.decode(lines));
    check("decoded data point", 290, ITEMS, () -> OtlpCodec.METRICS.decode(points));
  }

  @Test
  void encodingStaysWithinItsBytes() {
    encode("encoded span", 1, OtlpCodec.TRACES, spans());
    encode("encoded log record", 1, OtlpCodec.LOGS, lines());
    encode("encoded data point", 1, OtlpCodec.METRICS, points());
  }

  private static <B extends Batch> void encode(
      String what, double limit, OtlpCodec<B> codec, byte[] request) {
    B batch = codec.decode(request).batch();
    OtlpEncoder<B> encoder = codec.encoder();
    check(what, limit, ITEMS, () -> encoder.encode(batch));
  }

  @Test
  void theBinaryFormStaysWithinItsBytes() {
    SpanBatch spans = OtlpCodec.TRACES.decode(spans()).batch();
    LogBatch lines = OtlpCodec.LOGS.decode(lines()).batch();
    MetricBatch points = OtlpCodec.METRICS.decode(points()).batch();

    binary("span", 1, 540, spans);
    binary("log record", 1, 620, lines);
    binary("data point", 1, 200, points);
  }

  private static void binary(String item, double encodeLimit, double decodeLimit, Batch batch) {
    var buffer = new BatchBuffer(1 << 20);
    check(
        "frame-encoded " + item,
        encodeLimit,
        ITEMS,
        () -> {
          buffer.clear();
          BatchCodec.encode(batch, buffer);
        });
    check("frame-decoded " + item, decodeLimit, ITEMS, () -> BatchCodec.decode(buffer.view()));
  }

  @Test
  void committingStaysWithinItsBytes() {
    try (var store = new BudgetStore(folder)) {
      commit("committed span", 620, store.store().traces(), OtlpCodec.TRACES, spans());
      commit("committed log record", 30, store.store().logs(), OtlpCodec.LOGS, lines());
      commit("committed data point", 30, store.store().metrics(), OtlpCodec.METRICS, points());
    }
  }

  /// From the batch to the acknowledgement, on all threads; decoding apart.
  private static <B extends Batch> void commit(
      String what, double limit, Sink<B> sink, OtlpCodec<B> codec, byte[] request) {
    B batch = codec.decode(request).batch();
    check(what, limit, ITEMS, () -> BudgetStore.put(sink, batch));
  }

  @Test
  void scanningStaysWithinItsBytes() {
    try (var store = new BudgetStore(folder)) {
      var workload = new LogWorkload(1);
      var stamps = new Stamps(1);
      int requests = 100;
      for (int i = 0; i < requests; i++) {
        Template request = workload.request(ITEMS);
        request.refresh(stamps, BudgetStore.NOW_NANOS - 60_000_000_000L + i);
        BudgetStore.put(store.store().logs(), OtlpCodec.LOGS.decode(request.body()).batch());
      }
      assertThat(store.store().logEngine().cut()).isTrue();
      var engine = new LogqlEngine(store.store().logReader());
      var query =
          new LogqlRequest.Instant(
              "sum(count_over_time({service_name=~\".+\"} |~ \"p-00[0-9]{4}1\" [1h]))",
              BudgetStore.NOW_NANOS);
      var account = new Ledger(1L << 30).open("queries", 0.5);

      check(
          "scanned log record",
          1200,
          requests * ITEMS,
          () -> {
            try (var context =
                new QueryContext(
                    "default", Clock.systemUTC(), Duration.ofMinutes(1), account, 256 << 20)) {
              engine.query(query, context);
            }
          });
    }
  }

  /// The least of some rounds, since what the compiler has not reached yet and what other threads of the process do
  /// can only add.
  private static void check(String what, double limit, int items, Runnable call) {
    int share = Math.max(1, items / ITEMS);
    for (int i = 0; i < Math.max(10, WARM_UP / share); i++) {
      call.run();
    }
    int calls = Math.max(1, CALLS / share);
    double least = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long before = THREADS.getTotalThreadAllocatedBytes();
      for (int i = 0; i < calls; i++) {
        call.run();
      }
      long made = THREADS.getTotalThreadAllocatedBytes() - before;
      least = Math.min(least, (double) made / calls / items);
    }
    System.out.printf("bytes allocated a %s: %.0f%n", what, least);
    assertThat(least).as("bytes allocated a %s", what).isLessThanOrEqualTo(limit);
  }
}
