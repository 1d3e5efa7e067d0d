package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.log.Disk;
import dev.pharos.model.Batch;
import dev.pharos.model.Outcome;
import dev.pharos.model.Parcel;
import dev.pharos.model.Pending;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Sink;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Ledger;
import dev.pharos.observe.Registry;
import dev.pharos.store.engine.TestClock;
import dev.pharos.store.read.Scan;
import dev.pharos.store.segment.LogFormat;
import dev.pharos.store.segment.SpanFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/// The whole store with its own formats and without background threads, for tests.
public final class StoreOnDisk {
  /// All rows of the default tenant.
  public static final Scan ALL =
      new Scan(Tenant.DEFAULT, Long.MIN_VALUE, Long.MAX_VALUE, Scan.Order.OLDEST_FIRST, List.of());

  private StoreOnDisk() {}

  /// The defaults, but nothing happens by itself.
  public static StoreConfig manual() {
    StoreConfig d = StoreConfig.DEFAULT;
    return new StoreConfig(
        d.tracesRetention(),
        d.logsRetention(),
        d.metricsRetention(),
        0,
        d.resendWindow(),
        d.maxItemBytes(),
        0,
        d.cutRows(),
        d.shares(),
        false);
  }

  public static Store open(Disk disk, TestClock clock) {
    return Store.open(manual(), disk, clock, new Registry(), new Ledger(512 << 20));
  }

  /// As [#open], with all random choices of the store made by the seed.
  public static Store open(Disk disk, TestClock clock, StoreConfig config, long seed) {
    return Store.open(
        config,
        disk,
        clock,
        new Registry(),
        new Ledger(512 << 20),
        new Random(seed),
        new Store.Formats(new SpanFormat(), new LogFormat()));
  }

  /// Hands a request in and waits for the outcome.
  public static <B extends Batch> Outcome send(
      Sink<B> sink, B batch, Tenant tenant, RequestKey key) {
    var outcome = new CompletableFuture<Outcome>();
    sink.accept(Parcel.of(batch, tenant, key, new Pending(outcome::complete)));
    return outcome.join();
  }

  /// Hands in a request that must be taken whole.
  public static <B extends Batch> void store(Sink<B> sink, B batch) {
    assertThat(send(sink, batch, Tenant.DEFAULT, RequestKey.NONE)).isEqualTo(Outcome.ACCEPTED);
  }
}
