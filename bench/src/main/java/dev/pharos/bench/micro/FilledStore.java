package dev.pharos.bench.micro;

import dev.pharos.log.LocalDisk;
import dev.pharos.model.Batch;
import dev.pharos.model.Outcome;
import dev.pharos.model.Parcel;
import dev.pharos.model.Pending;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Sink;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Account;
import dev.pharos.observe.Ledger;
import dev.pharos.observe.Registry;
import dev.pharos.query.QueryContext;
import dev.pharos.store.Store;
import dev.pharos.store.StoreConfig;
import dev.pharos.store.engine.SignalEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;

/// A store in a scratch folder that benchmarks fill and then ask. It cuts and merges only when told; its clock stands.
final class FilledStore implements AutoCloseable {
  private final Path folder;
  private final LocalDisk disk;
  private final Store store;
  private final Clock clock =
      Clock.fixed(Instant.ofEpochSecond(0, Requests.NOW_NANOS), ZoneOffset.UTC);
  private final Account queries = new Ledger(4L << 30).open("queries", 0.5);

  FilledStore() throws IOException {
    folder = Files.createTempDirectory(Path.of(System.getProperty("bench.folder", ".")), "store");
    disk = LocalDisk.open(folder);
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
    store = Store.open(config, disk, clock, new Registry(), new Ledger(4L << 30));
  }

  Store store() {
    return store;
  }

  /// Puts a batch in and waits until it is durable.
  <B extends Batch> void put(Sink<B> sink, B batch) {
    var outcome = new CompletableFuture<Outcome>();
    sink.accept(Parcel.of(batch, Tenant.DEFAULT, RequestKey.NONE, new Pending(outcome::complete)));
    Outcome said = outcome.join();
    if (!said.equals(Outcome.ACCEPTED)) {
      throw new IllegalStateException("the store said " + said);
    }
  }

  /// Writes what is in memory as segments, and merges until nothing is to be merged.
  static void settle(SignalEngine<?> engine) {
    engine.cut();
    while (engine.merge()) {
      engine.tidy();
    }
  }

  /// What bounds one query.
  QueryContext context() {
    return new QueryContext(
        "default", Clock.systemUTC(), Duration.ofMinutes(1), queries, 512L << 20);
  }

  @Override
  public void close() throws IOException {
    store.close();
    Folders.delete(folder);
  }
}
