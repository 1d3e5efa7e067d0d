package dev.pharos.wire.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.model.Signal;
import dev.pharos.model.proto.DecodeException;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResponsesTest {
  @Test
  void writesPartialSuccessAsTheGeneratedClassesDo() {
    var response = new ExportResponse(12, "why");
    byte[] expected =
        ExportTraceServiceResponse.newBuilder()
            .setPartialSuccess(
                ExportTracePartialSuccess.newBuilder().setRejectedSpans(12).setErrorMessage("why"))
            .build()
            .toByteArray();
    assertThat(response.toProto()).isEqualTo(expected);
    assertThat(ExportResponse.parse(expected)).isEqualTo(response);
  }

  @Test
  void fullSuccessIsEmpty() {
    assertThat(ExportResponse.SUCCESS.toProto()).isEmpty();
    assertThat(ExportResponse.SUCCESS.toJson(Signal.LOGS)).asString().isEqualTo("{}");
    assertThat(ExportResponse.parse(new byte[0])).isEqualTo(ExportResponse.SUCCESS);
  }

  @Test
  void namesTheRejectedItemsBySignalInJson() {
    var response = new ExportResponse(3, "w");
    assertThat(response.toJson(Signal.METRICS))
        .asString()
        .isEqualTo("{\"partialSuccess\":{\"rejectedDataPoints\":\"3\",\"errorMessage\":\"w\"}}");
    for (Signal signal : Signal.values()) {
      assertThat(ExportResponse.parseJson(response.toJson(signal), signal)).isEqualTo(response);
    }
    assertThat(
            ExportResponse.parseJson(
                "{\"partialSuccess\":{\"rejectedSpans\":5}}".getBytes(StandardCharsets.UTF_8),
                Signal.TRACES))
        .isEqualTo(new ExportResponse(5, ""));
  }

  @Test
  void statusKeepsItsRetryDelayBothWays() {
    for (Duration delay :
        new Duration[] {
          Duration.ZERO, Duration.ofMillis(1500), Duration.ofSeconds(30), Duration.ofNanos(1)
        }) {
      var status = new RpcStatus(14, "busy", Optional.of(delay));
      assertThat(RpcStatus.parse(status.toProto())).isEqualTo(status);
      assertThat(RpcStatus.parseJson(status.toJson())).isEqualTo(status);
    }
    var plain = RpcStatus.of(3, "naïve");
    assertThat(RpcStatus.parse(plain.toProto())).isEqualTo(plain);
    assertThat(RpcStatus.parseJson(plain.toJson())).isEqualTo(plain);
  }

  @Test
  void writesTheJsonOfRetryInfo() {
    assertThat(new RpcStatus(8, "slow", Optional.of(Duration.ofMillis(1500))).toJson())
        .asString()
        .isEqualTo(
            "{\"code\":8,\"message\":\"slow\",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\","
                + "\"retryDelay\":\"1.5s\"}]}");
  }

  @Test
  void refusesTruncatedResponses() {
    byte[] whole = new RpcStatus(14, "busy", Optional.of(Duration.ofSeconds(3))).toProto();
    assertThatThrownBy(() -> RpcStatus.parse(java.util.Arrays.copyOf(whole, whole.length - 1)))
        .isInstanceOf(DecodeException.class);
  }
}
