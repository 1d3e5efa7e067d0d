package dev.pharos.components.otlp.exporter;

import static dev.pharos.components.Running.config;
import static dev.pharos.components.Running.eventually;
import static dev.pharos.components.Running.setup;
import static dev.pharos.components.Running.start;
import static dev.pharos.components.Running.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.components.Answer;
import dev.pharos.components.Samples;
import dev.pharos.model.Batch;
import dev.pharos.model.Failure;
import dev.pharos.model.LogBatch;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.Outcome;
import dev.pharos.model.Parcel;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Signal;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Account;
import dev.pharos.observe.Cause;
import dev.pharos.observe.Ledger;
import dev.pharos.observe.Registry;
import dev.pharos.pipeline.component.ComponentException;
import dev.pharos.pipeline.component.Exporter;
import dev.pharos.transport.Body;
import dev.pharos.transport.GrpcStatus;
import dev.pharos.transport.HttpReply;
import dev.pharos.transport.Transport;
import dev.pharos.wire.otlp.ExportResponse;
import dev.pharos.wire.otlp.OtlpCodec;
import dev.pharos.wire.otlp.RpcStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpExporterTest {
  /// Answers come after the export, and a failed one is tried again at once.
  private static final String UNQUEUED =
      """
      sending_queue: {enabled: false}
      retry_on_failure: {initial_interval: 1ms, max_interval: 1ms, randomization_factor: 0}
      """;

  private static final String ONCE =
      """
      sending_queue: {enabled: false}
      retry_on_failure: {enabled: false}
      """;

  private final Transport transport = Transport.open(2);
  private final Backend backend = new Backend(transport);
  private final Registry registry = new Registry();
  private final Account memory = new Ledger(1 << 30).open("test", 1);

  @AfterEach
  void closeTransport() {
    backend.close();
    transport.close();
  }

  private Exporter grpc(String yaml) {
    String endpoint = "endpoint: \"" + backend.address() + "\"\ntls: {insecure: true}\n";
    return new OtlpGrpcExporter(transport, memory)
        .create(setup("otlp_grpc/x", registry), config(OtlpGrpcConfig.SCHEMA, endpoint + yaml));
  }

  private Exporter http(String yaml) {
    String endpoint = "endpoint: \"http://" + backend.address() + "\"\n";
    return new OtlpHttpExporter(transport, memory)
        .create(setup("otlp_http/x", registry), config(OtlpHttpConfig.SCHEMA, endpoint + yaml));
  }

  private Exporter exporter(String protocol, String yaml) {
    return protocol.equals("grpc") ? grpc(yaml) : http(yaml);
  }

  private static Answer send(Exporter exporter, Batch batch) {
    var answer = new Answer();
    exporter
        .sinks()
        .of(batch.signal())
        .orElseThrow()
        .accept(Parcel.of(batch, Tenant.DEFAULT, RequestKey.NONE, answer.acknowledgement()));
    return answer;
  }

  private Backend.Request taken() throws InterruptedException {
    Backend.Request request = backend.requests.poll(20, TimeUnit.SECONDS);
    assertThat(request).as("a request").isNotNull();
    return request;
  }

  private static byte[] bytes(Batch batch) {
    return switch (batch) {
      case SpanBatch spans -> OtlpCodec.TRACES.encode(spans);
      case LogBatch logs -> OtlpCodec.LOGS.encode(logs);
      case MetricBatch metrics -> OtlpCodec.METRICS.encode(metrics);
    };
  }

  private void assertCountersAddUp(long offered) {
    double sent = value(registry, "pharos_exporter_sent_items_total");
    double failed = value(registry, "pharos_exporter_failed_items_total");
    assertThat(sent + failed).isEqualTo(offered);
    assertThat(memory.usedBytes()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "grpc,gzip",
    "grpc,zstd",
    "grpc,none",
    "http,gzip",
    "http,zstd",
    "http,none",
    "http,deflate"
  })
  void deliversEverySignal(String protocol, String compression) throws Exception {
    Exporter exporter = exporter(protocol, UNQUEUED + "compression: " + compression);
    try (var running = start(exporter)) {
      for (Batch batch :
          new Batch[] {Samples.spans(0, 3), Samples.logs(0, 4), Samples.gauge(0, 5)}) {
        assertThat(send(exporter, batch).get()).isEqualTo(Outcome.ACCEPTED);
        Backend.Request request = taken();
        assertThat(request.signal()).isEqualTo(batch.signal());
        assertThat(bytes(request.batch())).isEqualTo(bytes(batch));
      }
    }
    assertCountersAddUp(12);
  }

  @Test
  void compressesByDefault() throws Exception {
    Exporter exporter = http(UNQUEUED);
    try (var running = start(exporter)) {
      send(exporter, Samples.spans(0, 100)).get();
    }
    assertThat(taken().headers().first("content-encoding")).contains("gzip");
  }

  @Test
  void sendsJsonWhereAskedTo() throws Exception {
    Exporter exporter = http(UNQUEUED + "encoding: json\nheaders: {X-Key: secret}\n");
    SpanBatch batch = Samples.spans(0, 3);
    try (var running = start(exporter)) {
      assertThat(send(exporter, batch).get()).isEqualTo(Outcome.ACCEPTED);
    }
    Backend.Request request = taken();
    assertThat(request.headers().first("content-type")).contains("application/json");
    assertThat(request.headers().first("x-key")).contains("secret");
    assertThat(bytes(request.batch())).isEqualTo(bytes(batch));
  }

  @Test
  void sendsMetadataOverGrpc() throws Exception {
    Exporter exporter = grpc(UNQUEUED + "headers: {X-Key: secret}\n");
    try (var running = start(exporter)) {
      send(exporter, Samples.logs(0, 1)).get();
    }
    assertThat(taken().headers().first("x-key")).contains("secret");
  }

  @Test
  void sendsASignalToItsOwnEndpoint() throws Exception {
    String yaml = UNQUEUED + "traces_endpoint: http://" + backend.address() + "/own/traces\n";
    Exporter exporter = http(yaml);
    try (var running = start(exporter)) {
      send(exporter, Samples.spans(0, 1)).get();
      send(exporter, Samples.logs(0, 1)).get();
    }
    assertThat(taken().path()).isEqualTo("/own/traces");
    assertThat(taken().path()).isEqualTo("/v1/logs");
  }

  @Test
  void takesNoSignalWithoutEndpoint() {
    Exporter exporter =
        new OtlpHttpExporter(transport, memory)
            .create(
                setup("otlp_http/x", registry),
                config(OtlpHttpConfig.SCHEMA, "logs_endpoint: http://localhost:1/l"));
    assertThat(exporter.sinks().of(Signal.LOGS)).isPresent();
    assertThat(exporter.sinks().of(Signal.TRACES)).isEmpty();
    exporter.stop();
  }

  @Test
  void triesAgainWhereGrpcSaysSo() throws Exception {
    GrpcStatus[] passing = {
      GrpcStatus.CANCELLED,
      GrpcStatus.DEADLINE_EXCEEDED,
      GrpcStatus.ABORTED,
      GrpcStatus.OUT_OF_RANGE,
      GrpcStatus.UNAVAILABLE,
      GrpcStatus.DATA_LOSS
    };
    for (GrpcStatus status : passing) {
      backend.grpc.add(reply -> reply.fail(status, "not now"));
    }
    byte[] retryInfo = new RpcStatus(8, "busy", Optional.of(Duration.ofMillis(5))).toProto();
    backend.grpc.add(
        reply -> reply.fail(GrpcStatus.RESOURCE_EXHAUSTED, "busy", Body.of(retryInfo)));
    Exporter exporter = grpc(UNQUEUED);
    try (var running = start(exporter)) {
      assertThat(send(exporter, Samples.spans(0, 2)).get()).isEqualTo(Outcome.ACCEPTED);
    }
    assertThat(backend.requests).hasSize(passing.length + 2);
    assertCountersAddUp(2);
  }

  @Test
  void givesUpWhereGrpcRefusesForGood() throws Exception {
    Exporter exporter = grpc(UNQUEUED);
    try (var running = start(exporter)) {
      for (GrpcStatus status :
          new GrpcStatus[] {
            GrpcStatus.INVALID_ARGUMENT,
            GrpcStatus.RESOURCE_EXHAUSTED,
            GrpcStatus.UNIMPLEMENTED,
            GrpcStatus.INTERNAL
          }) {
        backend.grpc.add(reply -> reply.fail(status, "never"));
        Failure failure = send(exporter, Samples.spans(0, 1)).get().failure().orElseThrow();
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.status()).contains(status.code());
        assertThat(failure.message()).contains(status.name(), "never");
      }
    }
    assertThat(backend.requests).hasSize(4);
    assertCountersAddUp(4);
  }

  @Test
  void triesAgainWhereHttpSaysSo() throws Exception {
    for (int status : new int[] {429, 502, 503, 504}) {
      backend.http.add(reply -> reply.sendText(status, "not now"));
    }
    Exporter exporter = http(UNQUEUED);
    try (var running = start(exporter)) {
      assertThat(send(exporter, Samples.spans(0, 2)).get()).isEqualTo(Outcome.ACCEPTED);
    }
    assertThat(backend.requests).hasSize(5);
    assertCountersAddUp(2);
  }

  @Test
  void givesUpWhereHttpRefusesForGood() throws Exception {
    Exporter exporter = http(UNQUEUED);
    int[][] statuses = {{400, 3}, {401, 16}, {403, 7}, {404, 12}, {500, 2}};
    try (var running = start(exporter)) {
      for (int[] status : statuses) {
        backend.http.add(reply -> reply.sendText(status[0], "bad span"));
        Failure failure = send(exporter, Samples.spans(0, 1)).get().failure().orElseThrow();
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.status()).contains(status[1]);
        assertThat(failure.message()).contains("" + status[0], "bad span");
      }
    }
    assertThat(backend.requests).hasSize(statuses.length);
  }

  @Test
  void waitsAsLongAsHttpAsks() throws Exception {
    backend.http.add(reply -> reply.header("retry-after", "7").sendText(429, "busy"));
    Exporter exporter = http(ONCE);
    try (var running = start(exporter)) {
      Failure failure = send(exporter, Samples.spans(0, 1)).get().failure().orElseThrow();
      assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
      assertThat(failure.retryable()).isTrue();
    }
  }

  @Test
  void givesUpOnASuccessThatCannotBeRead() throws Exception {
    backend.http.add(
        reply -> reply.send(200, "application/x-protobuf", Body.of(new byte[] {10, 5, 1})));
    Exporter exporter = http(UNQUEUED);
    try (var running = start(exporter)) {
      assertThat(send(exporter, Samples.spans(0, 1)).get().failure().orElseThrow().retryable())
          .isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc", "http"})
  void countsAPartialSuccess(String protocol) throws Exception {
    byte[] partial = new ExportResponse(2, "too old").toProto();
    backend.grpc.add(reply -> reply.send(Body.of(partial)));
    backend.http.add(reply -> reply.send(200, "application/x-protobuf", Body.of(partial)));
    Exporter exporter = exporter(protocol, UNQUEUED);
    try (var running = start(exporter)) {
      Outcome outcome = send(exporter, Samples.spans(0, 5)).get();
      assertThat(outcome).isEqualTo(new Outcome(2, "too old", Optional.empty()));
    }
    assertThat(value(registry, "pharos_exporter_sent_items_total")).isEqualTo(3);
    assertThat(value(registry, "pharos_exporter_failed_items_total", "refused_downstream"))
        .isEqualTo(2);
    assertThat(backend.requests).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc", "http"})
  void saysThatTheBackendIsDown(String protocol) throws Exception {
    Exporter exporter = exporter(protocol, ONCE);
    backend.close();
    try (var running = start(exporter)) {
      Failure failure = send(exporter, Samples.spans(0, 3)).get().failure().orElseThrow();
      assertThat(failure.cause()).isEqualTo(Cause.UNREACHABLE);
      assertThat(failure.retryable()).isTrue();
      assertThat(failure.message()).contains(backend.address());
    }
    assertCountersAddUp(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc", "http"})
  void givesASlowBackendNoMoreThanTheTimeout(String protocol) throws Exception {
    backend.grpc.add(reply -> {});
    backend.http.add(reply -> {});
    Exporter exporter = exporter(protocol, ONCE + "timeout: 1500ms\n");
    try (var running = start(exporter)) {
      Failure failure = send(exporter, Samples.spans(0, 3)).get().failure().orElseThrow();
      assertThat(failure.retryable()).isTrue();
      // The connection is not stuck.
      assertThat(send(exporter, Samples.spans(0, 1)).get()).isEqualTo(Outcome.ACCEPTED);
    }
    assertCountersAddUp(4);
  }

  @Test
  void refusesWhatTheQueueCannotHold() throws Exception {
    var held = new CompletableFuture<HttpReply>();
    backend.http.add(held::complete);
    Exporter exporter = http("sending_queue: {num_consumers: 1, queue_size: 2}\ntimeout: 0s\n");
    exporter.start();
    send(exporter, Samples.spans(0, 1)).get();
    taken();
    assertThat(send(exporter, Samples.spans(1, 1)).get()).isEqualTo(Outcome.ACCEPTED);
    assertThat(send(exporter, Samples.spans(2, 1)).get()).isEqualTo(Outcome.ACCEPTED);
    Failure failure = send(exporter, Samples.spans(3, 1)).get().failure().orElseThrow();
    assertThat(failure.cause()).isEqualTo(Cause.QUEUE_FULL);
    assertThat(failure.retryable()).isTrue();
    assertThat(memory.usedBytes()).isPositive();
    held.join().send(200, "", Body.EMPTY);
    exporter.stop();
    assertCountersAddUp(3);
  }

  @Test
  void sendsWhatIsQueuedBeforeItStops() throws Exception {
    Exporter exporter = grpc("");
    exporter.start();
    for (int i = 0; i < 50; i++) {
      assertThat(send(exporter, Samples.spans(i, 2)).get()).isEqualTo(Outcome.ACCEPTED);
    }
    exporter.stop();
    assertThat(backend.requests).hasSize(50);
    assertCountersAddUp(100);
  }

  @Test
  void joinsWhatIsQueuedWhereAskedTo() throws Exception {
    Exporter exporter =
        grpc("sending_queue: {num_consumers: 1, batch: {flush_timeout: 10s, min_size: 20}}\n");
    exporter.start();
    for (int i = 0; i < 10; i++) {
      send(exporter, Samples.spans(i * 2, 2)).get();
    }
    eventually(() -> !backend.requests.isEmpty());
    assertThat(taken().batch().items()).isEqualTo(20);
    exporter.stop();
  }

  @Test
  void refusesAuthenticationThatItCannotDo() {
    assertThatThrownBy(() -> grpc("auth: {authenticator: basicauth}\n"))
        .isInstanceOf(ComponentException.class)
        .hasMessageContaining("otlp_grpc/x (test.yaml:1:1)")
        .hasMessageContaining("auth");
  }
}
