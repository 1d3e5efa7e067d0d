package dev.pharos.components.healthcheck;

import dev.pharos.components.listener.Claim;
import dev.pharos.components.listener.Listeners;
import dev.pharos.pipeline.component.Extension;
import dev.pharos.pipeline.component.Factory;
import dev.pharos.pipeline.component.Setup;
import dev.pharos.pipeline.config.service.ComponentDescriptor;
import dev.pharos.pipeline.config.service.ComponentKind;
import dev.pharos.pipeline.config.service.Stability;

/// Makes `health_check` extensions.
public final class HealthCheckFactory implements Factory.OfExtension<HealthCheckConfig> {
  private final Listeners listeners;

  public HealthCheckFactory(Listeners listeners) {
    this.listeners = listeners;
  }

  @Override
  public ComponentDescriptor<HealthCheckConfig> descriptor() {
    return ComponentDescriptor.of(
        ComponentKind.EXTENSION, "health_check", HealthCheckConfig.SCHEMA, Stability.BETA);
  }

  @Override
  public Extension create(Setup setup, HealthCheckConfig config) {
    var health = new HealthCheck(config, setup.clock());
    listeners.claim(
        health.claim(setup.owner(), Claim.originOf(setup.id(), Claim.Origin.BUILT_IN_OPTIONAL)));
    return health;
  }
}
