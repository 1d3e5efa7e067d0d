package dev.pharos.app;

import dev.pharos.app.query.QueryExtension;
import dev.pharos.app.store.StoreExporter;
import dev.pharos.app.store.StoreExtension;
import dev.pharos.components.attributes.AttributesFactory;
import dev.pharos.components.attributes.ResourceFactory;
import dev.pharos.components.batch.BatchFactory;
import dev.pharos.components.debug.DebugFactory;
import dev.pharos.components.forward.ForwardFactory;
import dev.pharos.components.healthcheck.HealthCheckFactory;
import dev.pharos.components.jaeger.JaegerFactory;
import dev.pharos.components.listener.Listeners;
import dev.pharos.components.memorylimiter.MemoryLimiterFactory;
import dev.pharos.components.otlp.exporter.OtlpGrpcExporter;
import dev.pharos.components.otlp.exporter.OtlpHttpExporter;
import dev.pharos.components.otlp.receiver.OtlpReceiver;
import dev.pharos.components.prometheus.PrometheusFactory;
import dev.pharos.components.self.Identity;
import dev.pharos.components.self.SelfReceiver;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Account;
import dev.pharos.observe.Ledger;
import dev.pharos.observe.LogTap;
import dev.pharos.observe.ProcessMetrics;
import dev.pharos.observe.Registry;
import dev.pharos.observe.SpanTap;
import dev.pharos.pipeline.component.Factories;
import dev.pharos.pipeline.graph.Graph;
import dev.pharos.pipeline.graph.GraphBuilder;
import dev.pharos.transport.Address;
import dev.pharos.transport.Transport;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One Pharos: its shared parts, wired by plain constructors, and the graph that a configuration makes of them. [#run]
/// and [#close] are called once; `close` may come from another thread.
final class Instance implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Instance.class);

  /// Of the memory ledger, for what waits in processors and exporters.
  private static final double QUEUED_SHARE = 0.14;

  private final Clock clock;
  private final Registry registry = new Registry();
  private final Ledger ledger = Ledger.ofHeap();
  private final Transport transport = Transport.open();
  private final Listeners listeners = new Listeners(transport);
  private final Factories factories;
  private final CountDownLatch closed = new CountDownLatch(1);
  private Optional<Graph> graph = Optional.empty();
  private boolean closing;

  /// @param data where the store keeps its data, unless its configuration says otherwise
  Instance(Clock clock, Path data) {
    this(clock, data, new LogTap());
  }

  /// @param lines of the process's own log
  Instance(Clock clock, Path data, LogTap lines) {
    this.clock = clock;
    var spans = new SpanTap();
    ProcessMetrics.register(registry);
    Account queued = ledger.open("batches and sending queues", QUEUED_SHARE);
    factories =
        new Factories(
            List.of(
                new OtlpReceiver(listeners, headers -> Tenant.DEFAULT),
                new SelfReceiver(identity(), lines, spans),
                new StoreExporter(),
                new StoreExtension.Maker(data, ledger),
                new QueryExtension.Maker(listeners, ledger, spans, Version.TEXT),
                new MemoryLimiterFactory(ledger),
                new BatchFactory(queued),
                new AttributesFactory(),
                new ResourceFactory(),
                new OtlpGrpcExporter(transport, queued),
                new OtlpHttpExporter(transport, queued),
                new PrometheusFactory(listeners),
                DebugFactory.debug(),
                DebugFactory.logging(),
                new JaegerFactory(),
                new ForwardFactory(),
                new HealthCheckFactory(listeners)));
  }

  private static Identity identity() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "";
    }
    long pid = ProcessHandle.current().pid();
    return new Identity(Version.TEXT, UUID.randomUUID().toString(), host, pid);
  }

  /// Every component type of the program.
  Factories factories() {
    return factories;
  }

  /// Makes the components of a configuration without starting any.
  Graph build(Configuration configuration) {
    return GraphBuilder.build(configuration.service(), factories, registry, clock);
  }

  /// Starts everything; returns once every listener accepts.
  void run(Configuration configuration) {
    long began = System.nanoTime();
    Graph built = build(configuration);
    synchronized (this) {
      if (closing) {
        return;
      }
      graph = Optional.of(built);
      built.start();
      listeners.open();
      built.ready();
    }
    LOG.info(
        "Pharos {} is ready after {} ms",
        Version.TEXT,
        Duration.ofNanos(System.nanoTime() - began).toMillis());
  }

  /// The addresses that accept connections.
  List<Address> addresses() {
    return listeners.addresses();
  }

  /// What each part of the process holds on the memory ledger.
  Collection<Account> accounts() {
    return ledger.accounts();
  }

  void awaitClosed() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closing) {
        return;
      }
      closing = true;
      listeners.close();
      graph.ifPresent(Graph::stop);
      transport.close();
    }
    closed.countDown();
  }
}
