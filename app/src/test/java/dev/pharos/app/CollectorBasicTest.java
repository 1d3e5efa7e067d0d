package dev.pharos.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.Signal;
import dev.pharos.transport.Address;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A Collector's configuration of some years ago, with exporters that the Collector has dropped, on free ports.
@Timeout(60)
class CollectorBasicTest {
  private static final List<String> FREE_PORTS =
      List.of(
          "receivers::otlp::protocols::grpc::endpoint=127.0.0.1:0",
          "receivers::otlp::protocols::http::endpoint=127.0.0.1:0",
          "exporters::prometheus::endpoint=127.0.0.1:0");

  @TempDir Path directory;

  private final InstanceClient client = new InstanceClient();

  @Test
  void refusesSpansByEveryWayWhileNobodyWouldSendThemOn() {
    List<String> words =
        new ArrayList<>(
            List.of("run", "--config", Scenarios.file("collector-basic.yaml").toString()));
    FREE_PORTS.forEach(setting -> words.addAll(List.of("--set", setting)));
    try (PharosProcess pharos = PharosProcess.startWith(directory, words)) {
      String spans =
          """
          {"resourceSpans":[{"scopeSpans":[{"spans":[
            {"traceId":"00000000000000000000000000000001","spanId":"0000000000000001","name":"GET"}]}]}]}""";
      for (OtlpWay way : OtlpWay.values()) {
        OtlpWay.Answer answer = way.send(pharos, Signal.TRACES, spans);
        assertThat(answer.code()).as(answer.toString()).isEqualTo(14);
        assertThat(answer.httpStatus()).isEqualTo(way == OtlpWay.GRPC ? 0 : 503);
        assertThat(answer.reason()).contains("jaeger").contains("otlp_grpc");
      }
    }
  }

  @Test
  void showsMetricsToAScrapeAndRefusesSpansThatItCannotSend() throws Exception {
    try (var instance = new Instance(Clock.systemUTC(), directory.resolve("data"))) {
      var line =
          new CommandLine(
              "run",
              Map.of(
                  "config",
                  List.of(Scenarios.file("collector-basic.yaml").toString()),
                  "set",
                  FREE_PORTS));
      Configuration configuration =
          Configuration.load(line, name -> Optional.empty(), directory, instance.factories());
      assertThat(configuration.warnings().toString()).contains("otlp_grpc", "verbosity");
      instance.run(configuration);

      Address otlp = client.otlp(instance);
      HttpResponse<String> metrics =
          client.post(
              otlp,
              "/v1/metrics",
              """
          {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"orders","sum":{"isMonotonic":true,
            "aggregationTemporality":2,"dataPoints":[{"timeUnixNano":"1","asInt":"7"}]}}]}]}]}""");
      assertThat(metrics.statusCode()).isEqualTo(200);
      Address prometheus = client.serving(instance, "/metrics");
      assertThat(client.get(prometheus, "/metrics").body())
          .contains("# TYPE orders_total counter")
          .contains("} 7\n");

      HttpResponse<String> spans =
          client.post(
              otlp,
              "/v1/traces",
              """
          {"resourceSpans":[{"scopeSpans":[{"spans":[
            {"traceId":"00000000000000000000000000000001","spanId":"0000000000000001","name":"GET"}]}]}]}""");
      assertThat(spans.statusCode()).isEqualTo(503);
      assertThat(spans.body()).contains("otlp_grpc");
      assertThat(spans.headers().firstValue("retry-after")).isPresent();
    }
  }
}
