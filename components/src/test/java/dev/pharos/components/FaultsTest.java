package dev.pharos.components;

import static dev.pharos.components.Running.eventually;
import static dev.pharos.components.Running.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.transport.Address;
import dev.pharos.transport.Body;
import dev.pharos.transport.HttpHandler;
import dev.pharos.transport.HttpResponse;
import dev.pharos.transport.HttpRoute;
import dev.pharos.transport.Listener;
import dev.pharos.transport.Listening;
import dev.pharos.wire.otlp.ExportResponse;
import dev.pharos.wire.otlp.OtlpCodec;
import dev.pharos.wire.otlp.RpcStatus;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whole pipelines, from OTLP over HTTP to a backend that fails in every way. After each fault the counters add up: at
/// the receiver received = accepted + refused, on each edge offered = delivered + dropped + waiting.
@Timeout(60)
class FaultsTest {
  private final RunningPipelines pipelines = new RunningPipelines();
  private final AtomicLong kept = pipelines.keeps.kept;
  private final AtomicLong asked = new AtomicLong();
  private String batch = "{}";
  private volatile HttpHandler backend = (request, reply) -> reply.send(200, "", Body.EMPTY);
  private final Listening listening =
      pipelines.transport.listen(
          Listener.of(
              new Address("127.0.0.1", 0),
              HttpRoute.of(
                  "POST",
                  "/v1/traces",
                  (request, reply) -> {
                    asked.incrementAndGet();
                    backend.handle(request, reply);
                  })));

  @AfterEach
  void close() {
    pipelines.close();
  }

  /// Runs a pipeline, in place of the one that runs if there is one.
  private void run(String exporters, String more) {
    String yaml =
        """
        receivers: {otlp: {protocols: {http: {endpoint: "127.0.0.1:0"}}}}
        processors: {batch: %s, memory_limiter: {check_interval: 1s, limit_percentage: 100}}
        exporters:
          keeps:
          debug:
          jaeger: {endpoint: "jaeger:14250"}
          otlp_http: {endpoint: "http://%s", %s}
        service:
          pipelines:
            traces: {receivers: [otlp], processors: [memory_limiter, batch], exporters: [%s]}
        """
            .formatted(batch, listening.address(), more, exporters);
    pipelines.run(yaml);
  }

  private HttpResponse send(int first, int count) throws Exception {
    return send(OtlpCodec.TRACES.encode(Samples.spans(first, count)));
  }

  private HttpResponse send(byte[] request) throws Exception {
    return pipelines.send(request).get(30, TimeUnit.SECONDS);
  }

  private double counted(String name) {
    return value(pipelines.registry, name);
  }

  private void assertAllAddsUp(int received) throws Exception {
    eventually(() -> counted("pharos_edge_waiting_items") == 0);
    pipelines.assertReceived(received);
    assertThat(counted("pharos_edge_offered_items_total"))
        .isEqualTo(
            counted("pharos_edge_delivered_items_total")
                + counted("pharos_edge_dropped_items_total"));
    eventually(() -> pipelines.queued.usedBytes() == 0);
  }

  private static final String UNQUEUED =
      "sending_queue: {enabled: false}, retry_on_failure: {enabled: false}";

  @Test
  void deliversToBothBranches() throws Exception {
    run("keeps, otlp_http", "");
    assertThat(send(0, 5).status()).isEqualTo(200);
    eventually(() -> counted("pharos_exporter_sent_items_total") == 5);
    assertThat(kept).hasValue(5);
    assertAllAddsUp(5);
  }

  /// Two groups of one Resource, which an encoder would write as one.
  private static byte[] ungrouped() {
    byte[] first = OtlpCodec.TRACES.encode(Samples.spans(0, 2));
    byte[] second = OtlpCodec.TRACES.encode(Samples.spans(2, 3));
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private byte[] forwarded(String exporters) throws Exception {
    var bodies = new LinkedBlockingQueue<byte[]>();
    backend =
        (request, reply) -> {
          bodies.add(request.body().bytes());
          reply.send(200, "", Body.EMPTY);
        };
    run(exporters, "compression: none");
    assertThat(send(ungrouped()).status()).isEqualTo(200);
    byte[] body = bodies.poll(20, TimeUnit.SECONDS);
    assertAllAddsUp(5);
    return body;
  }

  @Test
  void forwardsRequestsAsTheyCameWhereNobodyReadsThem() throws Exception {
    assertThat(forwarded("otlp_http")).isEqualTo(ungrouped());
    eventually(() -> counted("pharos_exporter_sent_items_total") == 5);
  }

  @Test
  void decodesRequestsForABranchThatReadsThem() throws Exception {
    byte[] forwarded = forwarded("otlp_http, debug");
    assertThat(forwarded)
        .isEqualTo(OtlpCodec.TRACES.encode(Samples.spans(0, 5)))
        .isNotEqualTo(ungrouped());
  }

  @Test
  void answersSmallRequestsAtOnceWhereTheyWaitForCompanyInAQueue() throws Exception {
    batch = "{timeout: 1h, send_batch_size: 10}";
    run("otlp_http", "");
    assertThat(send(0, 4).status()).isEqualTo(200);
    assertThat(send(4, 5).status()).isEqualTo(200);
    assertThat(asked).hasValue(0);
    assertThat(send(9, 3).status()).isEqualTo(200);
    eventually(() -> counted("pharos_exporter_sent_items_total") == 12);
    assertThat(asked).hasValue(1);
    assertThat(send(12, 2).status()).isEqualTo(200);
    pipelines.stop();
    assertThat(counted("pharos_exporter_sent_items_total")).isEqualTo(14);
    assertAllAddsUp(14);
  }

  @Test
  void sendsWhatWaitsForCompanyInAQueueThatAnotherConfigurationLeavesOut() throws Exception {
    batch = "{timeout: 1h, send_batch_size: 3}";
    run("otlp_http", "");
    assertThat(send(0, 2).status()).isEqualTo(200);
    run("keeps", "");
    assertThat(counted("pharos_exporter_sent_items_total")).isEqualTo(2);
    // The batch processor goes on, and is answered by what is durable now.
    assertThat(send(2, 3).status()).isEqualTo(200);
    assertThat(kept).hasValue(3);
    run("otlp_http", "");
    assertThat(send(5, 1).status()).isEqualTo(200);
    assertThat(kept).hasValue(3);
    pipelines.stop();
    assertThat(counted("pharos_exporter_sent_items_total")).isEqualTo(3);
    assertAllAddsUp(6);
  }

  @Test
  void refusesNobodyForADeadBranchBesideADurableOne() throws Exception {
    listening.close();
    run("keeps, otlp_http", UNQUEUED);
    assertThat(send(0, 5).status()).isEqualTo(200);
    assertThat(kept).hasValue(5);
    eventually(
        () ->
            value(pipelines.registry, "pharos_edge_dropped_items_total", "otlp_http", "unreachable")
                == 5);
    assertAllAddsUp(5);
    assertThat(counted("pharos_receiver_refused_items_total")).isZero();
  }

  @Test
  void refusesTheSenderWhereNoDurableBranchTookIt() throws Exception {
    listening.close();
    run("otlp_http", UNQUEUED);
    HttpResponse response = send(0, 5);
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.headers().first("retry-after")).isPresent();
    assertThat(RpcStatus.parse(response.body().bytes()).message()).contains("cannot connect");
    assertAllAddsUp(5);
    assertThat(value(pipelines.registry, "pharos_receiver_refused_items_total", "unreachable"))
        .isEqualTo(5);
  }

  @Test
  void handsTheBackendsRefusalOn() throws Exception {
    backend = (request, reply) -> reply.sendText(400, "bad span");
    run("otlp_http", UNQUEUED);
    assertThat(send(0, 3).status()).isEqualTo(400);
    assertAllAddsUp(3);
  }

  @Test
  void handsTheBackendsWaitOn() throws Exception {
    backend = (request, reply) -> reply.header("retry-after", "17").sendText(429, "busy");
    run("otlp_http", UNQUEUED);
    HttpResponse response = send(0, 3);
    assertThat(response.status()).isEqualTo(429);
    assertThat(response.headers().first("retry-after")).contains("17");
    assertAllAddsUp(3);
  }

  @Test
  void handsAPartialSuccessOn() throws Exception {
    backend =
        (request, reply) ->
            reply.send(
                200, "application/x-protobuf", Body.of(new ExportResponse(2, "too old").toProto()));
    run("otlp_http", UNQUEUED);
    HttpResponse response = send(0, 5);
    assertThat(response.status()).isEqualTo(200);
    assertThat(ExportResponse.parse(response.body().bytes()))
        .isEqualTo(new ExportResponse(2, "too old"));
    assertAllAddsUp(5);
    assertThat(counted("pharos_receiver_accepted_items_total")).isEqualTo(3);
  }

  @Test
  void refusesWhileTheStoreIsFull() throws Exception {
    pipelines.keeps.full = true;
    run("keeps, otlp_http", "");
    assertThat(send(0, 5).status()).isEqualTo(503);
    pipelines.keeps.full = false;
    assertThat(send(0, 5).status()).isEqualTo(200);
    assertAllAddsUp(10);
    assertThat(kept).hasValue(5);
  }

  @Test
  void dropsForAFullQueueAlone() throws Exception {
    var gate = new java.util.concurrent.CountDownLatch(1);
    backend =
        (request, reply) -> {
          try {
            gate.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          reply.send(200, "", Body.EMPTY);
        };
    run("keeps, otlp_http", "sending_queue: {num_consumers: 1, queue_size: 1}");
    assertThat(send(0, 5).status()).isEqualTo(200);
    eventually(() -> asked.get() == 1);
    for (int i = 1; i < 5; i++) {
      assertThat(send(5 * i, 5).status()).isEqualTo(200);
    }
    assertThat(kept).hasValue(25);
    // How many found room depends on the pace of the machine; what did not is counted.
    double dropped =
        value(pipelines.registry, "pharos_edge_dropped_items_total", "otlp_http", "queue_full");
    assertThat(dropped).isPositive();
    gate.countDown();
    eventually(() -> counted("pharos_exporter_sent_items_total") == 25 - dropped);
    assertAllAddsUp(25);
  }

  @Test
  void refusesWhatOnlyJaegerWouldGet() throws Exception {
    run("jaeger", "");
    HttpResponse response = send(0, 2);
    assertThat(response.status()).isEqualTo(503);
    assertThat(RpcStatus.parse(response.body().bytes()).message()).contains("otlp_grpc");
    assertAllAddsUp(2);
    assertThat(value(pipelines.registry, "pharos_receiver_refused_items_total", "no_destination"))
        .isEqualTo(2);
  }

  @Test
  void acceptsWhatJaegerIsNotTheOnlyOneToGet() throws Exception {
    run("jaeger, otlp_http", UNQUEUED);
    assertThat(send(0, 2).status()).isEqualTo(200);
    assertAllAddsUp(2);
    assertThat(counted("pharos_exporter_sent_items_total")).isEqualTo(2);
  }

  @Test
  void refusesUndecodableBytes() throws Exception {
    run("keeps", "");
    assertThat(send(new byte[] {10, 50, 1}).status()).isEqualTo(400);
    assertThat(counted("pharos_receiver_undecodable_requests_total")).isEqualTo(1);
    assertThat(post("/v1/traces", "text/plain")).isEqualTo(415);
    assertThat(post("/v1/logs", "application/x-protobuf")).isEqualTo(404);
  }

  private int post(String path, String contentType) throws Exception {
    return pipelines.post(path, contentType, Body.of("x")).get(30, TimeUnit.SECONDS).status();
  }
}
