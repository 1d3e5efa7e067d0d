package dev.pharos.components.forward;

import dev.pharos.model.Signal;
import dev.pharos.pipeline.component.Connector;
import dev.pharos.pipeline.component.Factory;
import dev.pharos.pipeline.component.Setup;
import dev.pharos.pipeline.component.Sinks;
import dev.pharos.pipeline.config.schema.ConfigSchema;
import java.util.EnumSet;
import java.util.Set;

/// Makes `forward` connectors: what they take goes to the pipelines behind them as it is.
public final class ForwardFactory implements Factory.OfConnector<ForwardFactory.Config> {
  /// No keys.
  public record Config() {}

  private static final ConfigSchema<Config> SCHEMA = ConfigSchema.empty(new Config());

  @Override
  public String type() {
    return "forward";
  }

  @Override
  public Set<Signal> signals() {
    return EnumSet.allOf(Signal.class);
  }

  @Override
  public Set<Signal> gives(Signal taken) {
    return EnumSet.of(taken);
  }

  @Override
  public ConfigSchema<Config> schema() {
    return SCHEMA;
  }

  @Override
  public Connector create(Setup setup, Config config, Sinks next) {
    return () -> next;
  }
}
