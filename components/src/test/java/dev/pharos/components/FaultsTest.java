package dev.pharos.components;

import static dev.pharos.components.Running.eventually;
import static dev.pharos.components.Running.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.components.batch.BatchFactory;
import dev.pharos.components.debug.DebugFactory;
import dev.pharos.components.forward.ForwardFactory;
import dev.pharos.components.jaeger.JaegerFactory;
import dev.pharos.components.listener.Listeners;
import dev.pharos.components.memorylimiter.MemoryLimiterFactory;
import dev.pharos.components.otlp.exporter.OtlpHttpExporter;
import dev.pharos.components.otlp.receiver.OtlpReceiver;
import dev.pharos.model.Batch;
import dev.pharos.model.Failure;
import dev.pharos.model.Parcel;
import dev.pharos.model.Signal;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Account;
import dev.pharos.observe.Cause;
import dev.pharos.observe.Ledger;
import dev.pharos.observe.Registry;
import dev.pharos.pipeline.component.Durability;
import dev.pharos.pipeline.component.Exporter;
import dev.pharos.pipeline.component.Factories;
import dev.pharos.pipeline.component.Factory;
import dev.pharos.pipeline.component.Setup;
import dev.pharos.pipeline.component.Sinks;
import dev.pharos.pipeline.config.ConfigLoader;
import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.service.ComponentDescriptor;
import dev.pharos.pipeline.config.service.ComponentKind;
import dev.pharos.pipeline.config.service.ServiceConfigDecoder;
import dev.pharos.pipeline.config.service.Stability;
import dev.pharos.pipeline.graph.Graph;
import dev.pharos.pipeline.graph.GraphBuilder;
import dev.pharos.transport.Address;
import dev.pharos.transport.Body;
import dev.pharos.transport.Headers;
import dev.pharos.transport.HttpCall;
import dev.pharos.transport.HttpClient;
import dev.pharos.transport.HttpClientSettings;
import dev.pharos.transport.HttpHandler;
import dev.pharos.transport.HttpResponse;
import dev.pharos.transport.HttpRoute;
import dev.pharos.transport.Listener;
import dev.pharos.transport.Listening;
import dev.pharos.transport.Transport;
import dev.pharos.wire.otlp.ExportResponse;
import dev.pharos.wire.otlp.OtlpCodec;
import dev.pharos.wire.otlp.RpcStatus;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  /// Keeps what it gets, as the store does.
  private final class Keeps implements Factory.OfExporter<Keeps.Config> {
    record Config() {}

    @Override
    public ComponentDescriptor<Config> descriptor() {
      return ComponentDescriptor.of(
          ComponentKind.EXPORTER,
          "keeps",
          ConfigSchema.empty(new Config()),
          Stability.STABLE,
          Signal.values());
    }

    @Override
    public Exporter create(Setup setup, Config config) {
      return new Exporter() {
        @Override
        public Sinks sinks() {
          return Sinks.of(this::keep, this::keep, this::keep);
        }

        private void keep(Parcel<? extends Batch> parcel) {
          if (full) {
            parcel.acknowledgement().fail(Failure.retryable(Cause.DISK_FULL, "the disk is full"));
            return;
          }
          kept.addAndGet(parcel.batch().items());
          parcel.acknowledgement().done();
        }

        @Override
        public Durability durability() {
          return Durability.DURABLE;
        }
      };
    }
  }

  private final Transport transport = Transport.open(2);
  private final Listeners listeners = new Listeners(transport);
  private final Registry registry = new Registry();
  private final Ledger ledger = new Ledger(256 << 20);
  private final Account queued = ledger.open("queued", 0.5);
  private final HttpClient client = transport.httpClient(HttpClientSettings.DEFAULT);
  private final AtomicLong kept = new AtomicLong();
  private final AtomicLong asked = new AtomicLong();
  private String batch = "{}";
  private volatile boolean full;
  private volatile HttpHandler backend = (request, reply) -> reply.send(200, "", Body.EMPTY);
  private final Listening listening =
      transport.listen(
          Listener.of(
              new Address("127.0.0.1", 0),
              HttpRoute.of(
                  "POST",
                  "/v1/traces",
                  (request, reply) -> {
                    asked.incrementAndGet();
                    backend.handle(request, reply);
                  })));
  private Optional<Graph> graph = Optional.empty();

  @AfterEach
  void stop() {
    listeners.close();
    graph.ifPresent(Graph::stop);
    transport.close();
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
    var factories =
        new Factories(
            List.of(
                new OtlpReceiver(listeners, headers -> Tenant.DEFAULT),
                new BatchFactory(queued),
                new MemoryLimiterFactory(ledger),
                new OtlpHttpExporter(transport, queued),
                new JaegerFactory(),
                new ForwardFactory(),
                DebugFactory.debug(),
                new Keeps()));
    var loader =
        new ConfigLoader(name -> Optional.empty(), Path.of(""), Map.of("test:x", yaml), Set.of());
    var decoded =
        ServiceConfigDecoder.decode(
            loader.load(List.of("test:x"), List.of()).root(), factories, Set.of());
    Graph built =
        GraphBuilder.build(decoded.config(), factories, registry, Clock.systemUTC(), graph);
    if (graph.isPresent()) {
      built.takeOver(graph.get(), owners -> {});
    } else {
      built.start();
      listeners.open();
    }
    graph = Optional.of(built);
  }

  private HttpResponse send(int first, int count) throws Exception {
    URI uri = URI.create("http://" + listeners.addresses().get(0) + "/v1/traces");
    Body body = Body.of(OtlpCodec.TRACES.encode(Samples.spans(first, count)));
    HttpCall call =
        HttpCall.post(uri, "application/x-protobuf", body)
            .withHeaders(Headers.of("content-type", "application/x-protobuf"));
    return client.send(call).get(30, TimeUnit.SECONDS);
  }

  private double counted(String name) {
    return value(registry, name);
  }

  private void assertAllAddsUp(int received) throws Exception {
    eventually(() -> counted("pharos_edge_waiting_items") == 0);
    assertThat(counted("pharos_receiver_received_items_total")).isEqualTo(received);
    assertThat(
            counted("pharos_receiver_accepted_items_total")
                + counted("pharos_receiver_refused_items_total"))
        .isEqualTo(received);
    assertThat(counted("pharos_edge_offered_items_total"))
        .isEqualTo(
            counted("pharos_edge_delivered_items_total")
                + counted("pharos_edge_dropped_items_total"));
    eventually(() -> queued.usedBytes() == 0);
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
    URI uri = URI.create("http://" + listeners.addresses().get(0) + "/v1/traces");
    HttpResponse response =
        client
            .send(HttpCall.post(uri, "application/x-protobuf", Body.of(ungrouped())))
            .get(30, TimeUnit.SECONDS);
    assertThat(response.status()).isEqualTo(200);
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
    graph.orElseThrow().stop();
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
    graph.orElseThrow().stop();
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
        () -> value(registry, "pharos_edge_dropped_items_total", "otlp_http", "unreachable") == 5);
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
    assertThat(value(registry, "pharos_receiver_refused_items_total", "unreachable")).isEqualTo(5);
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
    full = true;
    run("keeps, otlp_http", "");
    assertThat(send(0, 5).status()).isEqualTo(503);
    full = false;
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
    double dropped = value(registry, "pharos_edge_dropped_items_total", "otlp_http", "queue_full");
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
    assertThat(value(registry, "pharos_receiver_refused_items_total", "no_destination"))
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
    URI uri = URI.create("http://" + listeners.addresses().get(0) + "/v1/traces");
    HttpResponse response =
        client
            .send(HttpCall.post(uri, "application/x-protobuf", Body.of(new byte[] {10, 50, 1})))
            .get(30, TimeUnit.SECONDS);
    assertThat(response.status()).isEqualTo(400);
    assertThat(counted("pharos_receiver_undecodable_requests_total")).isEqualTo(1);
    HttpResponse text =
        client.send(HttpCall.post(uri, "text/plain", Body.of("x"))).get(30, TimeUnit.SECONDS);
    assertThat(text.status()).isEqualTo(415);
    URI logs = URI.create("http://" + listeners.addresses().get(0) + "/v1/logs");
    HttpResponse other =
        client
            .send(HttpCall.post(logs, "application/x-protobuf", Body.EMPTY))
            .get(30, TimeUnit.SECONDS);
    assertThat(other.status()).isEqualTo(404);
  }
}
