package dev.pharos.app.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.observe.Registry;
import dev.pharos.transport.Strays;
import org.junit.jupiter.api.Test;

class StrayOtlpTest {
  private final Registry registry = new Registry();
  private final Strays strays = new StrayOtlp(registry, "query/pharos").at("Loki API");

  private void hear(boolean grpc, String method, String path) {
    strays.heard().accept(new Strays.Stray(grpc, method, path));
  }

  private String counted(String sent) {
    return "pharos_receiver_misdirected_requests_total{path=\"\",port=\"Loki API\",receiver=\"query/pharos\",sent=\""
        + sent
        + "\"}";
  }

  @Test
  void countsOtlpByProtocol() {
    hear(false, "POST", "/v1/logs");
    hear(false, "POST", "/api/v1/otlp/v1/metrics");
    hear(true, "POST", "/opentelemetry.proto.collector.trace.v1.TraceService/Export");
    assertThat(registry.text()).contains(counted("http") + " 2").contains(counted("grpc") + " 1");
  }

  @Test
  void leavesWhatIsNoOtlpAlone() {
    hear(false, "POST", "/loki/api/v1/push");
    hear(false, "GET", "/v1/logs");
    hear(true, "POST", "/jaeger.api_v3.QueryService/GetTrace");
    assertThat(registry.text()).doesNotContain("misdirected");
  }
}
