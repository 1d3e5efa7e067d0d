package dev.pharos.store.metrics;

import dev.pharos.log.Disk;
import dev.pharos.log.LogOptions;
import dev.pharos.model.Labels;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.Outcome;
import dev.pharos.model.Parcel;
import dev.pharos.model.Pending;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Account;
import dev.pharos.observe.Ledger;
import dev.pharos.observe.Registry;
import dev.pharos.store.engine.EngineConfig;
import dev.pharos.store.engine.SignalEngine;
import dev.pharos.store.engine.TestClock;
import dev.pharos.store.read.Matcher;
import dev.pharos.store.read.Samples;
import dev.pharos.store.read.Series;
import dev.pharos.store.segment.LocalStorage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/// The engine with metrics, without background threads, for tests.
final class MetricStore implements AutoCloseable {
  static final EngineConfig CONFIG =
      new EngineConfig(
          1_000_000,
          Duration.ofSeconds(30),
          Duration.ofMinutes(10),
          Duration.ofDays(30),
          Duration.ofMinutes(10),
          1 << 20,
          1000,
          0,
          false);

  final Registry registry = new Registry();
  final SignalEngine<MetricBatch> engine;
  final MetricData data;
  final StoredMetrics reader;
  final Account head;
  private final LocalStorage storage;

  MetricStore(Disk disk, TestClock clock) {
    var ledger = new Ledger(256 << 20);
    storage = new LocalStorage(disk);
    storage.removeUnfinished("");
    head = ledger.open("head", 0.4);
    data = new MetricData(storage, head, clock, 42);
    var parts =
        new SignalEngine.Parts(
            disk,
            "metrics",
            storage,
            clock,
            new Random(1),
            registry,
            ledger.open("in flight", 0.4),
            head,
            ledger.open("resends", 0.1),
            LogOptions.standard(new Random(2)));
    engine = SignalEngine.open(CONFIG, parts, data);
    reader = new StoredMetrics(data, engine::earliestNanos);
  }

  Outcome store(TestMetrics metrics) {
    return store(metrics.batch, Tenant.DEFAULT);
  }

  Outcome store(MetricBatch batch, Tenant tenant) {
    var outcome = new CompletableFuture<Outcome>();
    engine.sink().accept(Parcel.of(batch, tenant, RequestKey.NONE, new Pending(outcome::complete)));
    return outcome.join();
  }

  List<Series> select(Matcher... matchers) {
    return reader.select(Tenant.DEFAULT, List.of(matchers), Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /// All samples as texts with the raw bits of values, by series.
  Map<String, List<String>> samples(long fromMillis, long toMillis, Matcher... matchers) {
    Map<String, List<String>> all = new TreeMap<>();
    for (Series series : reader.select(Tenant.DEFAULT, List.of(matchers), fromMillis, toMillis)) {
      all.put(series.labels().toString(), texts(series.samples()));
    }
    return all;
  }

  Map<String, List<String>> samples(Matcher... matchers) {
    return samples(Long.MIN_VALUE, Long.MAX_VALUE, matchers);
  }

  static List<String> texts(Samples samples) {
    var texts = new ArrayList<String>();
    for (int i = 0; i < samples.count(); i++) {
      texts.add(text(samples.millis()[i], samples.values()[i]));
    }
    return texts;
  }

  static String text(long millis, double value) {
    return millis
        + "="
        + (Double.isNaN(value) ? Long.toHexString(Double.doubleToRawLongBits(value)) : value);
  }

  /// The samples of the series of this name and these labels alone.
  Samples only(String name, String... namesAndValues) {
    var labels = Labels.of(namesAndValues).toBuilder().set(Labels.NAME, name).build();
    for (Series series : select(Matcher.equal(Labels.NAME, name))) {
      if (series.labels().equals(labels)) {
        return series.samples();
      }
    }
    throw new AssertionError("no series " + labels + " among " + samples());
  }

  @Override
  public void close() {
    engine.close();
    storage.close();
  }
}
