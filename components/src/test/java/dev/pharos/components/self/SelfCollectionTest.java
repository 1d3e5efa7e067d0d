package dev.pharos.components.self;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.components.Running;
import dev.pharos.model.Batch;
import dev.pharos.model.Failure;
import dev.pharos.model.LogBatch;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.Parcel;
import dev.pharos.model.SpanBatch;
import dev.pharos.observe.Cause;
import dev.pharos.observe.LogTap;
import dev.pharos.observe.Registry;
import dev.pharos.observe.SpanTap;
import dev.pharos.pipeline.component.Sinks;
import dev.pharos.wire.otlp.OtlpCodec;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelfCollectionTest {
  private final Registry registry = new Registry();
  private final LogTap lines = new LogTap();
  private final SpanTap spans = new SpanTap();
  private final List<Parcel<SpanBatch>> traces = new ArrayList<>();
  private final List<Parcel<MetricBatch>> metrics = new ArrayList<>();
  private final List<Parcel<LogBatch>> logs = new ArrayList<>();
  private final Clock clock = Clock.fixed(Instant.ofEpochSecond(1_000), ZoneOffset.UTC);
  private final SelfCollection collection =
      new SelfCollection(
          Running.setup("self/pharos", registry, clock),
          new SelfConfig(Duration.ofSeconds(15)),
          new Identity("1.2", "one", "host-1", 42),
          lines,
          spans,
          Sinks.of(traces::add, metrics::add, logs::add));

  private static <B extends Batch> String json(OtlpCodec<B> codec, B batch) {
    return new String(codec.encodeJson(batch), StandardCharsets.UTF_8);
  }

  @Test
  void saysWhoItIs() {
    lines.add(new LogTap.Line(7, 17, "ERROR", "a.B", "lost", "at x"));
    collection.collect(false);
    assertThat(json(OtlpCodec.LOGS, logs.get(0).batch()))
        .contains("\"service.name\"", "\"pharos\"", "\"1.2\"", "\"host-1\"", "\"42\"")
        .contains("\"severityNumber\":17", "\"lost\"", "\"code.namespace\"", "\"at x\"");
    assertThat(metrics).isEmpty();
    assertThat(traces).isEmpty();
  }

  @Test
  void handsEveryInstrumentOn() {
    registry.counter("a_total", "A.", "k", "v").add(3);
    registry.seconds("b_seconds", "B.").record(0.02);
    collection.collect(true);

    MetricBatch batch = metrics.get(0).batch();
    String json = json(OtlpCodec.METRICS, batch);
    assertThat(json).contains("\"a_total\"", "\"isMonotonic\":true", "\"asDouble\":3");
    assertThat(json).contains("\"b_seconds\"", "\"count\":\"1\"", "\"sum\":0.02");
    assertThat(json).contains("\"timeUnixNano\":\"1000000000000\"");
    assertThat(batch.points().rows()).isEqualTo(batch.pointEnds()[batch.rows() - 1]);
  }

  @Test
  void handsFinishedSpansOn() {
    spans.add(new SpanTap.Span(1, 2, 3, 4, "GET /x", 2, 5, 6, List.of("n", 200L), "answered 500"));
    collection.collect(false);
    assertThat(json(OtlpCodec.TRACES, traces.get(0).batch()))
        .contains("\"traceId\":\"00000000000000010000000000000002\"")
        .contains("\"parentSpanId\":\"0000000000000004\"", "\"GET /x\"", "\"answered 500\"");
  }

  @Test
  void countsWhatThePipelineRefuses() {
    lines.add(new LogTap.Line(7, 9, "INFO", "a.B", "x", ""));
    collection.collect(false);
    logs.get(0).acknowledgement().fail(Failure.retryable(Cause.MEMORY, "full"));
    assertThat(registry.text()).contains("pharos_self_lost_items_total 1");
    collection.collect(false);
    assertThat(logs).hasSize(1);
  }
}
