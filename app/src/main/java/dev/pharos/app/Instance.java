package dev.pharos.app;

import dev.pharos.api.pharos.PipelineConfiguration;
import dev.pharos.api.pharos.PipelineState;
import dev.pharos.app.query.QueryExtension;
import dev.pharos.app.store.StoreExporter;
import dev.pharos.app.store.StoreExtension;
import dev.pharos.components.attributes.AttributesFactory;
import dev.pharos.components.attributes.ResourceFactory;
import dev.pharos.components.batch.BatchFactory;
import dev.pharos.components.debug.DebugFactory;
import dev.pharos.components.filestorage.FileStorageFactory;
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
import dev.pharos.observe.Account;
import dev.pharos.observe.Ledger;
import dev.pharos.observe.LogTap;
import dev.pharos.observe.ProcessMetrics;
import dev.pharos.observe.Registry;
import dev.pharos.observe.SpanTap;
import dev.pharos.pipeline.component.ComponentException;
import dev.pharos.pipeline.component.Factories;
import dev.pharos.pipeline.config.ConfigException;
import dev.pharos.pipeline.config.Problem;
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
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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
  private final Tenancy tenancy = new Tenancy();
  private final Factories factories;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Supplier<Configuration> source =
      () -> {
        throw new ComponentException("Pharos does not run (expected: it does)");
      };
  private volatile PipelineState.Reload lastReload = new PipelineState.Reload(0, Optional.empty());
  private Optional<Running> running = Optional.empty();
  private boolean closing;

  /// A configuration and the graph made of it.
  private record Running(Configuration configuration, ShownConfiguration shown, Graph graph) {}

  /// @param data where the store keeps its data, unless its configuration says otherwise
  Instance(Clock clock, Path data) {
    this(clock, data, new LogTap());
  }

  /// @param lines of the process's own log
  Instance(Clock clock, Path data, LogTap lines) {
    this.clock = clock;
    var spans = new SpanTap();
    ProcessMetrics.register(registry);
    registry.gauge(
        "pharos_config_last_reload_successful",
        "Whether the configuration that was read last is the one that runs.",
        () -> lastReload.refused().isEmpty() ? 1 : 0);
    registry.gauge(
        "pharos_config_last_reload_success_timestamp_seconds",
        "When the configuration that runs was taken up.",
        () -> lastReload.takenUpMillis() / 1e3);
    Account queued = ledger.open("batches and sending queues", QUEUED_SHARE);
    factories =
        new Factories(
            List.of(
                new OtlpReceiver(listeners, tenancy::of),
                new SelfReceiver(identity(), lines, spans),
                new StoreExporter(),
                new StoreExtension.Maker(data, ledger),
                new QueryExtension.Maker(
                    listeners, ledger, tenancy, this::reload, pipelines(), spans, Version.TEXT),
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
                new FileStorageFactory(),
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

  /// As the other, with a configuration that is read again as it is.
  void run(Configuration configuration) {
    run(configuration, () -> configuration);
  }

  /// Starts everything; returns once every listener accepts.
  ///
  /// @param source what [#reload()] is to read again
  void run(Configuration configuration, Supplier<Configuration> source) {
    long began = System.nanoTime();
    Graph built = build(configuration);
    synchronized (this) {
      if (closing) {
        return;
      }
      running = Optional.of(running(configuration, built));
      this.source = source;
      tenancy.switchTo(configuration.service().tenants());
      built.start();
      listeners.open();
      built.ready();
      lastReload = new PipelineState.Reload(clock.millis(), Optional.empty());
    }
    LOG.info(
        "Pharos {} is ready after {} ms",
        Version.TEXT,
        Duration.ofNanos(System.nanoTime() - began).toMillis());
  }

  /// Reads the configuration again and takes it up; gives the reason if it is refused.
  Optional<String> reload() {
    try {
      Configuration next = source.get();
      next.warnings().forEach(warning -> LOG.warn("{}", warning));
      reload(next);
      lastReload = new PipelineState.Reload(clock.millis(), Optional.empty());
      return Optional.empty();
    } catch (ConfigException e) {
      String problems =
          e.errors().stream().map(Problem::toString).collect(Collectors.joining("\n"));
      return Optional.of(refused(problems));
    } catch (RuntimeException e) {
      return Optional.of(refused(String.valueOf(e.getMessage())));
    }
  }

  private String refused(String problem) {
    lastReload =
        new PipelineState.Reload(
            lastReload.takenUpMillis(),
            Optional.of(new PipelineState.Refusal(clock.millis(), problem)));
    LOG.error("the configuration is refused, the one that runs goes on: {}", problem);
    return problem;
  }

  /// Takes up another configuration in place of the one that runs. Components that are the same in both stay, and so do
  /// the sockets that both listen on.
  ///
  /// @throws ComponentException if a component cannot be made or started, or an address is not to be had; the one that
  /// runs goes on
  synchronized void reload(Configuration configuration) {
    Running before =
        running.orElseThrow(
            () -> new ComponentException("Pharos does not run (expected: it does)"));
    long began = System.nanoTime();
    try {
      takeUp(configuration, before.graph());
    } catch (RuntimeException e) {
      listeners.forget();
      if (!before.graph().isWhole()) {
        LOG.error("some components had to stop: the configuration before is taken up again");
        takeUp(before.configuration(), before.graph());
      }
      throw e;
    }
    LOG.info(
        "took up the configuration after {} ms",
        Duration.ofNanos(System.nanoTime() - began).toMillis());
  }

  private void takeUp(Configuration configuration, Graph old) {
    Graph next =
        GraphBuilder.build(configuration.service(), factories, registry, clock, Optional.of(old));
    next.takeOver(old, listeners::exchange);
    running = Optional.of(running(configuration, next));
    tenancy.switchTo(configuration.service().tenants());
    LOG.info("{} of {} components stay as they were", next.shared(old), next.size());
  }

  private Running running(Configuration configuration, Graph graph) {
    return new Running(configuration, ShownConfiguration.of(configuration, factories), graph);
  }

  private synchronized Optional<Running> running() {
    return running;
  }

  /// What runs; nothing before it does.
  private PipelineState.Source pipelines() {
    return new PipelineState.Source() {
      @Override
      public PipelineState state() {
        return running()
            .map(
                one ->
                    PipelinePicture.of(
                        one.configuration(),
                        one.shown(),
                        one.graph().sending(),
                        registry,
                        lastReload))
            .orElse(PipelineState.NONE);
      }

      @Override
      public PipelineConfiguration configuration() {
        return running().map(one -> one.shown().whole()).orElse(PipelineConfiguration.NONE);
      }
    };
  }

  /// The addresses that accept connections.
  List<Address> addresses() {
    return listeners.addresses();
  }

  /// The same by role, such as `OTLP over HTTP`.
  Map<String, Address> roles() {
    return listeners.roles();
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
      running.ifPresent(one -> one.graph().stop());
      transport.close();
    }
    closed.countDown();
  }
}
