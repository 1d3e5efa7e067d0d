package dev.pharos.app.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.log.LocalDisk;
import dev.pharos.model.Batch;
import dev.pharos.model.Outcome;
import dev.pharos.model.Parcel;
import dev.pharos.model.Pending;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Sink;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Ledger;
import dev.pharos.observe.Registry;
import dev.pharos.store.Store;
import dev.pharos.store.StoreConfig;
import dev.pharos.store.engine.SignalEngine;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;

/// A store on the local disk whose clock stands still and that cuts and merges only when told, so that what it makes of
/// given data is the same each time.
final class BudgetStore implements AutoCloseable {
  /// In the middle of a day, so that data of the hours before lies in one.
  static final long NOW_NANOS =
      Instant.parse("2026-01-15T12:00:00Z").getEpochSecond() * 1_000_000_000L;

  private final Store store;

  BudgetStore(Path folder) {
    StoreConfig usual = StoreConfig.DEFAULT;
    var config =
        new StoreConfig(
            usual.tracesRetention(),
            usual.logsRetention(),
            usual.metricsRetention(),
            0,
            usual.resendWindow(),
            usual.maxItemBytes(),
            0,
            usual.cutRows(),
            usual.shares(),
            false);
    store =
        Store.open(
            config,
            LocalDisk.open(folder),
            Clock.fixed(Instant.ofEpochSecond(0, NOW_NANOS), ZoneOffset.UTC),
            new Registry(),
            new Ledger(2L << 30));
  }

  Store store() {
    return store;
  }

  /// Puts a batch in and waits until it is durable; all of it must be taken.
  static <B extends Batch> void put(Sink<B> sink, B batch) {
    var outcome = new CompletableFuture<Outcome>();
    sink.accept(Parcel.of(batch, Tenant.DEFAULT, RequestKey.NONE, new Pending(outcome::complete)));
    assertThat(outcome.join()).isEqualTo(Outcome.ACCEPTED);
  }

  static long segmentBytes(SignalEngine<?> engine) {
    return engine.segments().stream().mapToLong(entry -> entry.meta().sizeBytes()).sum();
  }

  static int segmentCount(SignalEngine<?> engine) {
    return engine.segments().size();
  }

  @Override
  public void close() {
    store.close();
  }
}
