package dev.pharos.components.prometheus;

import dev.pharos.components.listener.Claim;
import dev.pharos.components.listener.Listeners;
import dev.pharos.components.listener.ServerSettings;
import dev.pharos.model.Signal;
import dev.pharos.pipeline.component.ComponentException;
import dev.pharos.pipeline.component.Exporter;
import dev.pharos.pipeline.component.Factory;
import dev.pharos.pipeline.component.Setup;
import dev.pharos.pipeline.config.service.ComponentDescriptor;
import dev.pharos.pipeline.config.service.ComponentKind;
import dev.pharos.pipeline.config.service.Stability;
import java.util.List;

/// Makes `prometheus` exporters.
public final class PrometheusFactory implements Factory.OfExporter<PrometheusConfig> {
  private final Listeners listeners;

  public PrometheusFactory(Listeners listeners) {
    this.listeners = listeners;
  }

  @Override
  public ComponentDescriptor<PrometheusConfig> descriptor() {
    return ComponentDescriptor.of(
        ComponentKind.EXPORTER,
        "prometheus",
        PrometheusConfig.SCHEMA,
        Stability.BETA,
        Signal.METRICS);
  }

  @Override
  public Exporter create(Setup setup, PrometheusConfig config) {
    if (config.server().endpoint().isEmpty()) {
      throw new ComponentException(
          setup.owner() + ": endpoint is missing (expected: host:port to be scraped at)");
    }
    var exporter = new PrometheusExporter(setup.owner(), config, setup.clock());
    Claim.Origin origin = Claim.originOf(setup.id(), Claim.Origin.BUILT_IN_OPTIONAL);
    listeners.claim(
        ServerSettings.http(
            setup.owner(),
            "metrics to scrape",
            origin,
            config.server(),
            List.of(exporter.route())));
    return exporter;
  }
}
