package dev.pharos.app.query;

import dev.pharos.api.QuerySlots;
import dev.pharos.api.Tenants;
import dev.pharos.api.jaeger.JaegerApi;
import dev.pharos.api.loki.LokiApi;
import dev.pharos.api.pharos.ColorsApi;
import dev.pharos.api.pharos.CompareApi;
import dev.pharos.api.pharos.CountsApi;
import dev.pharos.api.pharos.ExceptionsApi;
import dev.pharos.api.pharos.FieldsApi;
import dev.pharos.api.pharos.HeatMapApi;
import dev.pharos.api.pharos.InsightApi;
import dev.pharos.api.pharos.PipelineApi;
import dev.pharos.api.pharos.PipelineState;
import dev.pharos.api.pharos.StructureApi;
import dev.pharos.api.pharos.TraceAnalysisApi;
import dev.pharos.api.pharos.TraceSketchApi;
import dev.pharos.api.prometheus.PrometheusApi;
import dev.pharos.api.tempo.TempoApi;
import dev.pharos.app.store.StoreExtension;
import dev.pharos.components.listener.Claim;
import dev.pharos.components.listener.Listeners;
import dev.pharos.observe.Account;
import dev.pharos.observe.Ledger;
import dev.pharos.observe.Registry;
import dev.pharos.observe.SpanTap;
import dev.pharos.pipeline.component.Extension;
import dev.pharos.pipeline.component.Factory;
import dev.pharos.pipeline.component.Setup;
import dev.pharos.pipeline.config.service.ComponentDescriptor;
import dev.pharos.pipeline.config.service.ComponentKind;
import dev.pharos.pipeline.config.service.Stability;
import dev.pharos.query.ScanPool;
import dev.pharos.query.promql.PromEngine;
import dev.pharos.query.promql.PromOptions;
import dev.pharos.store.Store;
import dev.pharos.transport.Address;
import dev.pharos.transport.Body;
import dev.pharos.transport.HttpReply;
import dev.pharos.transport.HttpRequest;
import dev.pharos.transport.HttpRoute;
import dev.pharos.transport.Route;
import dev.pharos.ui.Pages;
import dev.pharos.ui.Redirects;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The APIs and the UI over one store. Claims its addresses when it starts, after the store has opened.
public final class QueryExtension implements Extension {
  private static final Logger LOG = LoggerFactory.getLogger(QueryExtension.class);
  private static final double MEMORY_SHARE = 0.15;
  private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

  private final Setup setup;
  private final QuerySettings settings;
  private final StoreExtension store;
  private final Listeners listeners;
  private final Tenants tenants;
  private final Registry registry;
  private final Ledger ledger;
  private final Reload reload;
  private final PipelineState.Source pipelines;
  private final ApiSpans spans;
  private final String version;
  private Optional<Account> memory = Optional.empty();
  private Optional<ExecutorService> scanPool = Optional.empty();
  private Optional<Claim> pages = Optional.empty();

  private QueryExtension(
      Setup setup,
      QuerySettings settings,
      StoreExtension store,
      Listeners listeners,
      Tenants tenants,
      Ledger ledger,
      Reload reload,
      PipelineState.Source pipelines,
      SpanTap spans,
      String version) {
    this.setup = setup;
    this.settings = settings;
    this.store = store;
    this.listeners = listeners;
    this.tenants = tenants;
    this.registry = setup.registry();
    this.ledger = ledger;
    this.reload = reload;
    this.pipelines = pipelines;
    this.spans = new ApiSpans(spans, setup.registry(), setup.clock());
    this.version = version;
  }

  @Override
  public void start() {
    Store open = store.store();
    Account account = ledger.open("queries of " + setup.id(), MEMORY_SHARE);
    memory = Optional.of(account);
    var slots = new QuerySlots(setup.clock(), settings.timeout(), account, account.limitBytes());
    List<Route> everything = new ArrayList<>();
    int cores = Runtime.getRuntime().availableProcessors();
    ExecutorService scans =
        Executors.newFixedThreadPool(
            cores, Thread.ofPlatform().daemon().name("scan-", 0).factory());
    scanPool = Optional.of(scans);
    var pool = new ScanPool(scans, cores);
    var engine = new PromEngine(open.seriesReader(), PromOptions.STANDARD, pool);
    var toPages = new Redirects(() -> pages.flatMap(listeners::address));
    var prometheus = new PrometheusApi(open.seriesReader(), engine, tenants, slots, version);
    List<Route> prometheusPort = new ArrayList<>(prometheus.routes(""));
    prometheusPort.add(ownMetrics("/metrics"));
    prometheusPort.add(HttpRoute.of("POST|PUT", "/-/reload", this::reload));
    prometheusPort.addAll(toPages.ofPrometheus());
    offer(settings.prometheus(), "Prometheus API", prometheusPort);
    everything.addAll(prometheus.routes("/prometheus"));
    var jaeger = new JaegerApi(open.traceReader(), pool, tenants, slots);
    List<Route> jaegerPort = new ArrayList<>(jaeger.routes(""));
    jaegerPort.addAll(toPages.ofJaeger());
    offer(settings.jaeger(), "Jaeger API", jaegerPort);
    everything.addAll(jaeger.routes("/jaeger"));
    var loki = new LokiApi(open.logReader(), pool, tenants, slots, version);
    offer(settings.loki(), "Loki API", loki.routes(""));
    everything.addAll(loki.routes("/loki"));
    var tempo = new TempoApi(open.traceReader(), pool, tenants, slots, version);
    offer(settings.tempo(), "Tempo API", tempo.routes(""));
    everything.addAll(tempo.routes("/tempo"));
    var insight = new InsightApi(open.summaryReader(), open.traceReader(), pool, tenants, slots);
    everything.addAll(insight.routes("/pharos"));
    everything.addAll(pharos(open, pool, slots));
    offer(settings.metrics(), "own metrics", List.of(ownMetrics("/metrics")));
    List<Route> onePort = new ArrayList<>(spans.around(everything));
    onePort.add(ownMetrics("/own/metrics"));
    Pages.load()
        .ifPresentOrElse(
            built -> onePort.addAll(built.routes()),
            () -> LOG.warn("this program was built without the pages of the UI"));
    pages = claim(settings.endpoint(), "UI, all APIs", Claim.Origin.BUILT_IN_MOVABLE, onePort);
  }

  private List<Route> pharos(Store open, ScanPool pool, QuerySlots slots) {
    List<Route> routes = new ArrayList<>();
    var traces = open.traceReader();
    routes.addAll(new HeatMapApi(traces, pool, tenants, slots).routes("/pharos"));
    routes.addAll(new CompareApi(traces, pool, tenants, slots).routes("/pharos"));
    routes.addAll(new ExceptionsApi(traces, pool, tenants, slots).routes("/pharos"));
    routes.addAll(new StructureApi(traces, pool, tenants, slots).routes("/pharos"));
    routes.addAll(
        new ColorsApi(open.summaryReader(), open.serviceNumbers(), tenants, slots)
            .routes("/pharos"));
    routes.addAll(
        new CountsApi(
                traces,
                open.logReader(),
                open.seriesReader(),
                open.summaryReader(),
                pool,
                tenants,
                slots)
            .routes("/pharos"));
    routes.addAll(new FieldsApi(open.logReader(), pool, tenants, slots).routes("/pharos"));
    routes.addAll(new TraceAnalysisApi(traces, tenants, slots).routes("/pharos"));
    routes.addAll(new TraceSketchApi(traces, tenants, slots).routes("/pharos"));
    routes.addAll(new PipelineApi(pipelines, setup.clock()).routes("/pharos"));
    return routes;
  }

  @Override
  public void stop() {
    // Scans under way end: a query waits for all of its tasks.
    scanPool.ifPresent(ExecutorService::shutdown);
    scanPool = Optional.empty();
    memory.ifPresent(ledger::close);
    memory = Optional.empty();
  }

  private HttpRoute ownMetrics(String path) {
    return HttpRoute.of("GET", path, this::metrics).withCompressedReplies();
  }

  private void metrics(HttpRequest request, HttpReply reply) {
    reply.send(200, TEXT_FORMAT, Body.of(registry.text()));
  }

  /// As Prometheus does it.
  private void reload(HttpRequest request, HttpReply reply) {
    if (!settings.lifecycle()) {
      reply.sendText(403, "Lifecycle API is not enabled.");
      return;
    }
    Optional<String> problem = reload.reload();
    if (problem.isPresent()) {
      reply.sendText(500, "failed to reload config: " + problem.get() + "\n");
    } else {
      reply.send(200, "", Body.EMPTY);
    }
  }

  private void offer(String endpoint, String role, List<Route> routes) {
    claim(endpoint, role, Claim.Origin.BUILT_IN_OPTIONAL, spans.around(routes));
  }

  private Optional<Claim> claim(
      String endpoint, String role, Claim.Origin builtIn, List<Route> routes) {
    if (endpoint.isEmpty()) {
      return Optional.empty();
    }
    List<Route> watched = new ArrayList<>(routes);
    watched.add(new StrayOtlp(registry, setup.id().toString()).at(role));
    Claim.Origin origin = Claim.originOf(setup.id(), builtIn);
    var claim = Claim.of(setup.owner(), role, origin, Address.parse(endpoint), watched);
    listeners.claim(claim);
    return Optional.of(claim);
  }

  /// Makes `query` extensions.
  public static final class Maker implements Factory.OfExtension<QuerySettings> {
    private final Listeners listeners;
    private final Ledger ledger;
    private final Tenants tenants;
    private final Reload reload;
    private final PipelineState.Source pipelines;
    private final SpanTap spans;
    private final String version;

    /// @param pipelines shows what runs
    /// @param spans takes a span for each request to an API
    public Maker(
        Listeners listeners,
        Ledger ledger,
        Tenants tenants,
        Reload reload,
        PipelineState.Source pipelines,
        SpanTap spans,
        String version) {
      this.listeners = listeners;
      this.ledger = ledger;
      this.tenants = tenants;
      this.reload = reload;
      this.pipelines = pipelines;
      this.spans = spans;
      this.version = version;
    }

    @Override
    public ComponentDescriptor<QuerySettings> descriptor() {
      return ComponentDescriptor.of(
          ComponentKind.EXTENSION, "query", QuerySettings.SCHEMA, Stability.ALPHA);
    }

    @Override
    public Extension create(Setup setup, QuerySettings settings) {
      StoreExtension store = setup.extensions().find(StoreExtension.class, settings.store());
      return new QueryExtension(
          setup, settings, store, listeners, tenants, ledger, reload, pipelines, spans, version);
    }
  }
}
