package dev.pharos.app.store;

import dev.pharos.model.Batch;
import dev.pharos.model.Failure;
import dev.pharos.model.Parcel;
import dev.pharos.model.Signal;
import dev.pharos.model.Sink;
import dev.pharos.observe.Cause;
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
import dev.pharos.store.Store;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// Makes `store` exporters: what they take is acknowledged once it is durable and can be queried.
public final class StoreExporter implements Factory.OfExporter<StoreExporter.Settings> {
  /// @param extension the `store` extension to write to; empty for the only one
  public record Settings(Optional<ComponentId> extension) {}

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

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
            parcel -> put(extension, Store::traces, parcel),
            parcel -> put(extension, Store::metrics, parcel),
            parcel -> put(extension, Store::logs, parcel));
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

  /// While another configuration is taken up the store may be closed for a moment.
  private static <B extends Batch> void put(
      StoreExtension extension, Function<Store, Sink<B>> sink, Parcel<B> parcel) {
    Optional<Store> open = extension.ifOpen();
    if (open.isPresent()) {
      sink.apply(open.get()).accept(parcel);
    } else {
      parcel
          .acknowledgement()
          .fail(Failure.retryable(Cause.SHUTDOWN, "the store is not open", RETRY_AFTER));
    }
  }
}
