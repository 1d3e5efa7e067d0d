package dev.pharos.store.engine;

import dev.pharos.log.Disk;
import dev.pharos.log.LogOptions;
import dev.pharos.model.Acknowledgement;
import dev.pharos.model.Outcome;
import dev.pharos.model.Parcel;
import dev.pharos.model.Pending;
import dev.pharos.model.RequestKey;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Tenant;
import dev.pharos.model.binary.Batches;
import dev.pharos.observe.Ledger;
import dev.pharos.observe.Registry;
import dev.pharos.store.blocks.BlockData;
import dev.pharos.store.blocks.BlockKind;
import dev.pharos.store.blocks.PlainSpanFormat;
import dev.pharos.store.blocks.StoredTraces;
import dev.pharos.store.read.Scan;
import dev.pharos.store.segment.LocalStorage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/// The engine with spans in the plainest format, without background threads, for tests.
public final class SpanStore implements AutoCloseable {
  public static final EngineConfig CONFIG =
      new EngineConfig(
          1_000_000,
          Duration.ofSeconds(30),
          Duration.ofMinutes(10),
          Duration.ofDays(3),
          Duration.ofMinutes(10),
          1 << 20,
          1000,
          0,
          false);

  public final TestClock clock;
  public final Registry registry = new Registry();
  public final Ledger ledger;
  public final SignalEngine<SpanBatch> engine;
  public final StoredTraces reader;
  private final LocalStorage storage;

  public SpanStore(Disk disk, TestClock clock) {
    this(disk, clock, CONFIG, 64 << 20);
  }

  public SpanStore(Disk disk, TestClock clock, EngineConfig config, long ledgerBytes) {
    this.clock = clock;
    ledger = new Ledger(ledgerBytes);
    storage = new LocalStorage(disk);
    storage.removeUnfinished("");
    var head = ledger.open("head", 0.4);
    var data = new BlockData<>(BlockKind.spans(new PlainSpanFormat()), storage, head);
    var parts =
        new SignalEngine.Parts(
            disk,
            "traces",
            storage,
            clock,
            new Random(1),
            registry,
            ledger.open("in flight", 0.4),
            head,
            ledger.open("resends", 0.1),
            new LogOptions(4000, 700, 1, new Random(2)));
    engine = SignalEngine.open(config, parts, data);
    reader = new StoredTraces(data, engine::earliestNanos);
  }

  /// Hands a request in; the outcome comes later.
  public CompletableFuture<Outcome> send(SpanBatch batch, Tenant tenant, RequestKey key) {
    var outcome = new CompletableFuture<Outcome>();
    engine.sink().accept(Parcel.of(batch, tenant, key, new Pending(outcome::complete)));
    return outcome;
  }

  /// Hands a request in that was taken apart, each part answered alone.
  ///
  /// @param ends numbers of the first row behind each part, rising
  public List<CompletableFuture<Outcome>> sendParts(
      SpanBatch batch, Tenant tenant, RequestKey key, List<Integer> ends) {
    var pieces = new ArrayList<SpanBatch>();
    int from = 0;
    for (int end : ends) {
      SpanBatch piece = Batches.room(List.of(batch));
      Batches.append(piece, batch, from, end);
      pieces.add(piece);
      from = end;
    }
    var outcomes = new ArrayList<CompletableFuture<Outcome>>();
    for (Parcel<SpanBatch> part :
        Parcel.of(batch, tenant, key, Acknowledgement.NOBODY).cut(pieces)) {
      var outcome = new CompletableFuture<Outcome>();
      engine.sink().accept(part.with(new Pending(outcome::complete)));
      outcomes.add(outcome);
    }
    return outcomes;
  }

  /// Hands a request in and waits for the outcome.
  public Outcome store(SpanBatch batch, Tenant tenant, RequestKey key) {
    return send(batch, tenant, key).join();
  }

  /// The ids of all spans of a tenant that queries see, in no order.
  public List<Long> spanIds(Tenant tenant) {
    var ids = new ArrayList<Long>();
    var scan = new Scan(tenant, Long.MIN_VALUE, Long.MAX_VALUE, Scan.Order.OLDEST_FIRST, List.of());
    for (SpanBatch batch : PlainSpanFormat.all(reader, scan)) {
      for (int row = 0; row < batch.rows(); row++) {
        ids.add(batch.spanId()[row]);
      }
    }
    return ids;
  }

  public long counter(String name, String... labels) {
    return registry.counter(name, "", labels).value();
  }

  @Override
  public void close() {
    engine.close();
    storage.close();
  }
}
