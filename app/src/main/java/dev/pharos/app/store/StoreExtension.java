package dev.pharos.app.store;

import dev.pharos.log.LocalDisk;
import dev.pharos.observe.Ledger;
import dev.pharos.observe.Registry;
import dev.pharos.pipeline.component.ComponentException;
import dev.pharos.pipeline.component.Extension;
import dev.pharos.pipeline.component.Factory;
import dev.pharos.pipeline.component.Setup;
import dev.pharos.pipeline.config.service.ComponentDescriptor;
import dev.pharos.pipeline.config.service.ComponentKind;
import dev.pharos.pipeline.config.service.Stability;
import dev.pharos.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/// The database as an extension: opened, with its recovery, when the extension starts, before any exporter does.
public final class StoreExtension implements Extension {
  private final StoreSettings settings;
  private final Path directory;
  private final Clock clock;
  private final Registry registry;
  private final Ledger ledger;
  private volatile Optional<Store> store = Optional.empty();

  private StoreExtension(
      StoreSettings settings, Path directory, Clock clock, Registry registry, Ledger ledger) {
    this.settings = settings;
    this.directory = directory;
    this.clock = clock;
    this.registry = registry;
    this.ledger = ledger;
  }

  @Override
  public void start() {
    try {
      store =
          Optional.of(
              Store.open(settings.config(), LocalDisk.open(directory), clock, registry, ledger));
    } catch (RuntimeException e) {
      throw new ComponentException(
          "the store in " + directory.toAbsolutePath() + " cannot be opened: " + e.getMessage(), e);
    }
  }

  @Override
  public void stop() {
    store.ifPresent(Store::close);
    store = Optional.empty();
  }

  /// The open store.
  ///
  /// @throws ComponentException before the extension has started and after it has stopped
  public Store store() {
    return store.orElseThrow(
        () -> new ComponentException("the store in " + directory + " is not open"));
  }

  Optional<Store> ifOpen() {
    return store;
  }

  /// Makes `store` extensions.
  public static final class Maker implements Factory.OfExtension<StoreSettings> {
    private final Path directory;
    private final Ledger ledger;

    /// @param directory of a store whose configuration names none
    public Maker(Path directory, Ledger ledger) {
      this.directory = directory;
      this.ledger = ledger;
    }

    @Override
    public ComponentDescriptor<StoreSettings> descriptor() {
      return ComponentDescriptor.of(
          ComponentKind.EXTENSION, "store", StoreSettings.SCHEMA, Stability.ALPHA);
    }

    @Override
    public Extension create(Setup setup, StoreSettings settings) {
      Path where = settings.directory().isEmpty() ? directory : Path.of(settings.directory());
      return new StoreExtension(settings, where, setup.clock(), setup.registry(), ledger);
    }
  }
}
