package dev.pharos.app.store;

import dev.pharos.model.Signal;
import dev.pharos.pipeline.component.Durability;
import dev.pharos.pipeline.component.Exporter;
import dev.pharos.pipeline.component.Factory;
import dev.pharos.pipeline.component.Setup;
import dev.pharos.pipeline.component.Sinks;
import dev.pharos.pipeline.config.ComponentId;
import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.schema.ConfigTypes;
import dev.pharos.pipeline.config.service.ComponentDescriptor;
import dev.pharos.pipeline.config.service.ComponentKind;
import dev.pharos.pipeline.config.service.Stability;
import java.util.Optional;

/// Makes `store` exporters: what they take is acknowledged once it is durable and can be queried.
public final class StoreExporter implements Factory.OfExporter<StoreExporter.Settings> {
  /// @param extension the `store` extension to write to; empty for the only one
  public record Settings(Optional<ComponentId> extension) {}

  private static final ConfigSchema<Settings> SCHEMA =
      ConfigSchema.of(
          keys ->
              new Settings(
                  keys.optional(
                      "extension",
                      ConfigTypes.componentId(),
                      "the store extension to write to; the only one if not set")));

  @Override
  public ComponentDescriptor<Settings> descriptor() {
    return ComponentDescriptor.of(
        ComponentKind.EXPORTER, "store", SCHEMA, Stability.ALPHA, Signal.values());
  }

  @Override
  public Exporter create(Setup setup, Settings settings) {
    StoreExtension extension = setup.extensions().find(StoreExtension.class, settings.extension());
    Sinks sinks =
        Sinks.of(
            parcel -> extension.store().traces().accept(parcel),
            parcel -> extension.store().metrics().accept(parcel),
            parcel -> extension.store().logs().accept(parcel));
    return new Exporter() {
      @Override
      public Sinks sinks() {
        return sinks;
      }

      @Override
      public Durability durability() {
        return Durability.DURABLE;
      }
    };
  }
}
