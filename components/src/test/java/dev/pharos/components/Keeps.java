package dev.pharos.components;

import dev.pharos.model.Batch;
import dev.pharos.model.Failure;
import dev.pharos.model.Parcel;
import dev.pharos.model.Signal;
import dev.pharos.observe.Cause;
import dev.pharos.pipeline.component.Durability;
import dev.pharos.pipeline.component.Exporter;
import dev.pharos.pipeline.component.Factory;
import dev.pharos.pipeline.component.Setup;
import dev.pharos.pipeline.component.Sinks;
import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.service.ComponentDescriptor;
import dev.pharos.pipeline.config.service.ComponentKind;
import dev.pharos.pipeline.config.service.Stability;
import java.util.concurrent.atomic.AtomicLong;

/// Exporter `keeps`, which counts what it gets, durable as the store is.
final class Keeps implements Factory.OfExporter<Keeps.Config> {
  record Config() {}

  final AtomicLong kept = new AtomicLong();

  /// Whether it refuses all.
  volatile boolean full;

  /// Whether it rejects one item of each parcel.
  volatile boolean picky;

  @Override
  public ComponentDescriptor<Config> descriptor() {
    return ComponentDescriptor.of(
        ComponentKind.EXPORTER,
        "keeps",
        ConfigSchema.empty(new Config()),
        Stability.STABLE,
        Signal.values());
  }

  @Override
  public Exporter create(Setup setup, Config config) {
    return new Exporter() {
      @Override
      public Sinks sinks() {
        return Sinks.of(this::keep, this::keep, this::keep);
      }

      private void keep(Parcel<? extends Batch> parcel) {
        if (full) {
          parcel.acknowledgement().fail(Failure.retryable(Cause.DISK_FULL, "the disk is full"));
          return;
        }
        int items = parcel.batch().items();
        if (picky) {
          parcel.acknowledgement().rejected(parcel.source(0), 1, Cause.PAST_RETENTION, "old");
          items--;
        }
        kept.addAndGet(items);
        parcel.acknowledgement().done();
      }

      @Override
      public Durability durability() {
        return Durability.DURABLE;
      }
    };
  }
}
