package dev.pharos.app.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.Batch;
import dev.pharos.model.Signal;
import dev.pharos.wire.otlp.Decoded;
import dev.pharos.wire.otlp.OtlpCodec;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TrainingRequestsTest {
  private static final long NOW_NANOS = 1_768_478_400_000_000_000L;

  private final TrainingRequests requests = new TrainingRequests();

  @Test
  void makesTracesOverThreeServicesOfWhichSomeFail() {
    var spans = decoded(OtlpCodec.TRACES, requests.next(Signal.TRACES, NOW_NANOS)).batch();

    assertThat(spans.rows()).isEqualTo(40 * 5);
    assertThat(spans.resources().size()).isEqualTo(3);
    assertThat(spans.events().rows()).isPositive().isLessThan(40 * 5);
  }

  @Test
  void makesLinesOfEveryService() {
    var lines = decoded(OtlpCodec.LOGS, requests.next(Signal.LOGS, NOW_NANOS)).batch();

    assertThat(lines.rows()).isEqualTo(120);
    assertThat(lines.resources().size()).isEqualTo(3);
  }

  @Test
  void makesPointsOfThreeKinds() {
    var points = decoded(OtlpCodec.METRICS, requests.next(Signal.METRICS, NOW_NANOS)).batch();

    assertThat(points.items()).isEqualTo(3 * 3 * 6);
    assertThat(points.histograms().rows()).isEqualTo(3 * 6);
  }

  private static <B extends Batch> Decoded<B> decoded(OtlpCodec<B> codec, String json) {
    Decoded<B> decoded = codec.decodeJson(json.getBytes(StandardCharsets.UTF_8));
    assertThat(decoded.rejectedItems()).as(decoded.reason()).isZero();
    assertThat(decoded.droppedIds()).isZero();
    return decoded;
  }
}
