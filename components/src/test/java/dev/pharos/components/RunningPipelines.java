package dev.pharos.components;

import static dev.pharos.components.Running.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.components.attributes.AttributesFactory;
import dev.pharos.components.batch.BatchFactory;
import dev.pharos.components.debug.DebugFactory;
import dev.pharos.components.forward.ForwardFactory;
import dev.pharos.components.jaeger.JaegerFactory;
import dev.pharos.components.listener.Listeners;
import dev.pharos.components.memorylimiter.MemoryLimiterFactory;
import dev.pharos.components.otlp.exporter.OtlpHttpExporter;
import dev.pharos.components.otlp.receiver.OtlpReceiver;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Account;
import dev.pharos.observe.Ledger;
import dev.pharos.observe.Registry;
import dev.pharos.pipeline.component.Factories;
import dev.pharos.pipeline.config.ConfigLoader;
import dev.pharos.pipeline.config.service.ServiceConfigDecoder;
import dev.pharos.pipeline.graph.Graph;
import dev.pharos.pipeline.graph.GraphBuilder;
import dev.pharos.transport.Body;
import dev.pharos.transport.HttpCall;
import dev.pharos.transport.HttpClient;
import dev.pharos.transport.HttpClientSettings;
import dev.pharos.transport.HttpResponse;
import dev.pharos.transport.Transport;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Pipelines that run in this process, between OTLP over HTTP and whatever their configuration names; one configuration
/// at a time.
final class RunningPipelines implements AutoCloseable {
  final Transport transport = Transport.open(2);
  final Registry registry = new Registry();
  final Ledger ledger = new Ledger(256 << 20);
  final Account queued = ledger.open("queued", 0.5);
  final Keeps keeps = new Keeps();
  private final Listeners listeners = new Listeners(transport);
  private final HttpClient client = transport.httpClient(HttpClientSettings.DEFAULT);
  private Optional<Graph> graph = Optional.empty();

  /// Runs a configuration, in place of the one that runs if there is one.
  void run(String yaml) {
    var factories =
        new Factories(
            List.of(
                new OtlpReceiver(listeners, headers -> Tenant.DEFAULT),
                new BatchFactory(queued),
                new AttributesFactory(),
                new MemoryLimiterFactory(ledger),
                new OtlpHttpExporter(transport, queued),
                new JaegerFactory(),
                new ForwardFactory(),
                DebugFactory.debug(),
                keeps));
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

  /// Sends a request of spans.
  CompletableFuture<HttpResponse> send(byte[] request) {
    return post("/v1/traces", "application/x-protobuf", Body.of(request));
  }

  CompletableFuture<HttpResponse> post(String path, String contentType, Body body) {
    URI uri = URI.create("http://" + listeners.addresses().get(0) + path);
    return client.send(HttpCall.post(uri, contentType, body));
  }

  /// Looks whether the receiver has counted so many items, each as accepted or as refused.
  void assertReceived(long items) {
    assertThat(value(registry, "pharos_receiver_received_items_total")).isEqualTo(items);
    assertThat(
            value(registry, "pharos_receiver_accepted_items_total")
                + value(registry, "pharos_receiver_refused_items_total"))
        .isEqualTo(items);
  }

  /// Stops the components and leaves the listeners open.
  void stop() {
    graph.ifPresent(Graph::stop);
  }

  @Override
  public void close() {
    listeners.close();
    stop();
    transport.close();
  }
}
