package dev.pharos.store;

import dev.pharos.model.Labels;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.Tenant;
import dev.pharos.model.ValueType;
import dev.pharos.store.read.Matcher;
import dev.pharos.store.read.Series;
import java.util.List;
import java.util.function.ObjDoubleConsumer;

/// Batches of one sample of a gauge, and a look at all samples of one, for tests.
public final class Gauges {
  private Gauges() {}

  /// A sample of the series `name{user="…"}` of a service.
  public static MetricBatch of(
      String name, String user, String service, long millis, double value) {
    var batch = new MetricBatch(1);
    var symbols = batch.symbols();
    batch
        .resources()
        .attributes()
        .add(symbols.intern("service.name"), ValueType.STRING, symbols.intern(service));
    batch.resources().add(0, 0, 0);
    batch.scopes().add(0, 0, 0, 0);
    int metric = batch.addRow();
    batch.name()[metric] = symbols.intern(name);
    batch.kind()[metric] = MetricBatch.GAUGE;
    batch.metadata().endParent();
    int point = batch.points().addRow();
    batch.points().timeNanos()[point] = millis * 1_000_000;
    batch.points().detail()[point] = -1;
    batch.points().valueType()[point] = ValueType.DOUBLE;
    batch.points().value()[point] = Double.doubleToRawLongBits(value);
    batch.points().attributes().add(symbols.intern("user"), ValueType.STRING, symbols.intern(user));
    batch.points().attributes().endParent();
    batch.pointEnds()[metric] = 1;
    return batch;
  }

  /// Hands over all samples of the gauge, with their user.
  public static void forEach(
      Store store, Tenant tenant, String name, ObjDoubleConsumer<String> each) {
    for (Series series :
        store
            .seriesReader()
            .select(
                tenant,
                List.of(Matcher.equal(Labels.NAME, name)),
                Long.MIN_VALUE,
                Long.MAX_VALUE)) {
      var samples = series.samples();
      for (int i = 0; i < samples.count(); i++) {
        each.accept(series.labels().get("user"), samples.values()[i]);
      }
    }
  }
}
