package dev.pharos.wire.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.Batch;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.trace.v1.TracesData;
import org.junit.jupiter.api.Test;

/// Our codec against the generated classes: whatever they write comes back equal after a way through a batch, but for
/// the grouping.
class OtlpRoundTripTest {
  private static final int ROUNDS = 400;

  @Test
  void keepsAllOfTraces() throws Exception {
    for (long seed = 0; seed < ROUNDS; seed++) {
      TracesData data = new RandomOtlp(seed).traces();
      byte[] encoded = roundTrip(OtlpCodec.TRACES, data.toByteArray());
      assertThat(TracesData.parseFrom(encoded)).as("seed %d", seed).isEqualTo(Regrouped.of(data));
    }
  }

  @Test
  void keepsAllOfLogs() throws Exception {
    for (long seed = 0; seed < ROUNDS; seed++) {
      LogsData data = new RandomOtlp(seed).logs();
      byte[] encoded = roundTrip(OtlpCodec.LOGS, data.toByteArray());
      assertThat(LogsData.parseFrom(encoded)).as("seed %d", seed).isEqualTo(Regrouped.of(data));
    }
  }

  @Test
  void keepsAllOfMetrics() throws Exception {
    for (long seed = 0; seed < ROUNDS; seed++) {
      MetricsData data = new RandomOtlp(seed).metrics();
      byte[] encoded = roundTrip(OtlpCodec.METRICS, data.toByteArray());
      assertThat(MetricsData.parseFrom(encoded)).as("seed %d", seed).isEqualTo(Regrouped.of(data));
    }
  }

  private static <B extends Batch> byte[] roundTrip(OtlpCodec<B> codec, byte[] request) {
    Decoded<B> decoded = codec.decode(request);
    assertThat(decoded.rejectedItems()).isZero();
    assertThat(decoded.repairedTexts()).isZero();
    assertThat(decoded.droppedIds()).isZero();
    return codec.encode(decoded.batch());
  }
}
