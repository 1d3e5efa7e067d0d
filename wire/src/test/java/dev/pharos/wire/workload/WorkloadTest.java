package dev.pharos.wire.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pharos.model.LogBatch;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.SpanBatch;
import dev.pharos.wire.otlp.Decoded;
import dev.pharos.wire.otlp.OtlpCodec;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/// The generated requests have the shape that the figures of the peers were measured with.
class WorkloadTest {
  private static final long NOW = 1_763_700_000_123_456_789L;
  private static final int ITEMS = 20_000;

  private static SpanBatch spans(Template request) {
    return whole(OtlpCodec.TRACES.decode(request.body()));
  }

  private static <B extends dev.pharos.model.Batch> B whole(Decoded<B> decoded) {
    assertThat(decoded.rejectedItems()).as(decoded.reason()).isZero();
    assertThat(decoded.repairedTexts() + decoded.droppedIds()).isZero();
    return decoded.batch();
  }

  private static Template refreshed(Template request) {
    request.refresh(new Stamps(7), NOW);
    return request;
  }

  @Test
  void spansHaveTheSizeAndShapeOfTheReferenceLoad() {
    Template request = refreshed(new SpanWorkload(1).request(ITEMS));

    SpanBatch batch = spans(request);

    assertThat(batch.rows()).isEqualTo(ITEMS).isEqualTo(request.items());
    assertThat(request.body().length / (double) ITEMS).isCloseTo(445, Percentage.withPercentage(2));
    for (int row = 0; row < ITEMS; row++) {
      assertThat(batch.attributes().to(row) - batch.attributes().from(row)).isBetween(8, 12);
      assertThat(batch.endNanos()[row]).isBetween(batch.startNanos()[row], NOW);
    }
    assertThat(batch.events().rows() / (double) ITEMS).isCloseTo(0.05, within(0.01));
    long failed =
        java.util.stream.IntStream.range(0, ITEMS).filter(r -> batch.statusCode()[r] == 2).count();
    assertThat(failed / (double) ITEMS).isCloseTo(0.02, within(0.005));
    long traces = Arrays.stream(batch.traceLo()).limit(ITEMS).distinct().count();
    assertThat((double) ITEMS / traces).isCloseTo(17.5, within(1.0));
  }

  @Test
  void everyRefreshGivesNewIdsAndTimesInTheSameBytes() {
    Template request = new SpanWorkload(2).request(100);
    var stamps = new Stamps(3);
    Set<Long> ids = new HashSet<>();

    for (int send = 0; send < 10; send++) {
      request.refresh(stamps, NOW + send * 1_000_000L);
      SpanBatch batch = spans(request);
      for (int row = 0; row < 100; row++) {
        assertThat(ids.add(batch.spanId()[row])).isTrue();
      }
      assertThat(Arrays.stream(batch.endNanos()).limit(100).max().orElseThrow())
          .isBetween(NOW + send * 1_000_000L - 200_000_000, NOW + send * 1_000_000L);
    }
  }

  @Test
  void parentsAreSpansOfTheSameTrace() {
    SpanBatch batch = spans(refreshed(new SpanWorkload(4).request(500)));
    Set<List<Long>> spans = new HashSet<>();
    for (int row = 0; row < 500; row++) {
      spans.add(List.of(batch.traceLo()[row], batch.spanId()[row]));
    }

    for (int row = 0; row < 500; row++) {
      long parent = batch.parentSpanId()[row];
      assertThat(parent == 0 || spans.contains(List.of(batch.traceLo()[row], parent))).isTrue();
    }
  }

  @Test
  void linesHaveTheSizeAndShapeOfTheReferenceLoad() {
    Template request = refreshed(new LogWorkload(1).request(ITEMS));

    LogBatch batch = whole(OtlpCodec.LOGS.decode(request.body()));

    assertThat(batch.rows()).isEqualTo(ITEMS);
    assertThat(request.body().length / (double) ITEMS).isCloseTo(434, Percentage.withPercentage(2));
    long bytes = 0;
    int json = 0;
    int withIds = 0;
    for (int row = 0; row < ITEMS; row++) {
      int body = (int) batch.body()[row];
      bytes += batch.symbols().length(body);
      json += batch.symbols().text(body).startsWith("{\"time\"") ? 1 : 0;
      withIds += batch.spanId()[row] != 0 ? 1 : 0;
    }
    assertThat(bytes / (double) ITEMS).isCloseTo(254, Percentage.withPercentage(2));
    assertThat(json / (double) ITEMS).isCloseTo(0.45, within(0.02));
    assertThat(withIds / (double) ITEMS).isCloseTo(0.5, within(0.02));
  }

  @Test
  void aMachineShowsTwoThousandSeries() {
    List<Template> requests = new MetricWorkload(1).requests(3, 500);
    int points = 0;
    int histograms = 0;
    long bytes = 0;

    for (Template request : requests) {
      MetricBatch batch = whole(OtlpCodec.METRICS.decode(refreshed(request).body()));
      assertThat(batch.items()).isEqualTo(request.items()).isLessThanOrEqualTo(500);
      points += batch.items();
      histograms += batch.histograms().rows();
      bytes += request.body().length;
    }

    assertThat(points + histograms * 13).isEqualTo(MetricWorkload.MACHINE_SAMPLES);
    assertThat(bytes / (double) points).isCloseTo(80, Percentage.withPercentage(5));
  }

  @Test
  void theSameSeedGivesTheSameBytes() {
    assertThat(refreshed(new LogWorkload(9).request(50)).body())
        .isEqualTo(refreshed(new LogWorkload(9).request(50)).body());
    assertThat(refreshed(new SpanWorkload(9).request(50)).body())
        .isEqualTo(refreshed(new SpanWorkload(9).request(50)).body());
  }
}
