package dev.pharos.components.forward;

import dev.pharos.model.Signal;
import dev.pharos.pipeline.component.Connector;
import dev.pharos.pipeline.component.Factory;
import dev.pharos.pipeline.component.Setup;
import dev.pharos.pipeline.component.Sinks;
import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.service.ComponentDescriptor;
import dev.pharos.pipeline.config.service.SignalPair;
import dev.pharos.pipeline.config.service.Stability;
import java.util.Arrays;

/// Makes `forward` connectors: what they take goes to the pipelines behind them as it is.
public final class ForwardFactory implements Factory.OfConnector<ForwardFactory.Config> {
  /// No keys.
  public record Config() {}

  private static final ConfigSchema<Config> SCHEMA = ConfigSchema.empty(new Config());

  @Override
  public ComponentDescriptor<Config> descriptor() {
    SignalPair[] same =
        Arrays.stream(Signal.values())
            .map(signal -> new SignalPair(signal, signal))
            .toArray(SignalPair[]::new);
    return ComponentDescriptor.connector("forward", SCHEMA, Stability.BETA, same);
  }

  @Override
  public Connector create(Setup setup, Config config, Sinks next) {
    return () -> next;
  }
}
