package dev.pharos.api;

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
import dev.pharos.store.read.LogReader;
import dev.pharos.store.read.SeriesReader;
import dev.pharos.store.read.ServiceNumbers;
import dev.pharos.store.read.SummaryReader;
import dev.pharos.store.read.TraceReader;
import dev.pharos.wire.otlp.OtlpCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/// A store on the local disk that takes OTLP as JSON.
public final class StoredTelemetry implements AutoCloseable {
  private final Store store;

  public StoredTelemetry(Path directory) {
    store =
        Store.open(
            StoreConfig.DEFAULT,
            LocalDisk.open(directory),
            ApiServer.CLOCK,
            new Registry(),
            new Ledger(512 << 20));
  }

  public StoredTelemetry spans(String otlp) {
    put(store.traces(), OtlpCodec.TRACES.decodeJson(otlp.getBytes(StandardCharsets.UTF_8)).batch());
    return this;
  }

  public StoredTelemetry logs(String otlp) {
    put(store.logs(), OtlpCodec.LOGS.decodeJson(otlp.getBytes(StandardCharsets.UTF_8)).batch());
    return this;
  }

  private static <B extends Batch> void put(Sink<B> sink, B batch) {
    var outcome = new CompletableFuture<Outcome>();
    sink.accept(Parcel.of(batch, Tenant.DEFAULT, RequestKey.NONE, new Pending(outcome::complete)));
    if (!outcome.join().equals(Outcome.ACCEPTED)) {
      throw new IllegalStateException("not stored: " + outcome.join());
    }
  }

  public TraceReader traces() {
    return store.traceReader();
  }

  public LogReader logs() {
    return store.logReader();
  }

  public SummaryReader summaries() {
    return store.summaryReader();
  }

  public SeriesReader series() {
    return store.seriesReader();
  }

  public ServiceNumbers serviceNumbers() {
    return store.serviceNumbers();
  }

  @Override
  public void close() {
    store.close();
  }
}
