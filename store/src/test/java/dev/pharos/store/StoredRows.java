package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.LogBatch;
import dev.pharos.model.ResourceTable;
import dev.pharos.model.Signal;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Symbols;
import dev.pharos.model.Tenant;
import dev.pharos.model.ValueType;
import dev.pharos.store.read.BlockRef;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.LogBlock;
import dev.pharos.store.read.SpanBlock;
import dev.pharos.store.read.SummaryRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/// Small batches of rows with ids, and a look at all ids that queries see, for tests of crashes.
final class StoredRows {
  private static final long HOUR_NANOS = 3_600_000_000_000L;

  private StoredRows() {}

  private static int resource(Symbols symbols, ResourceTable resources) {
    resources
        .attributes()
        .add(symbols.intern("service.name"), ValueType.STRING, symbols.intern("s"));
    return resources.add(0, 0, 0);
  }

  private static void user(Symbols symbols, AttributeRows attributes, String user) {
    attributes.add(symbols.intern("user"), ValueType.STRING, symbols.intern(user));
    attributes.endParent();
  }

  static SpanBatch spans(Collection<Long> ids, String user, long nanos) {
    var batch = new SpanBatch(ids.size());
    batch.scopes().add(0, 0, 0, 0);
    resource(batch.symbols(), batch.resources());
    for (long id : ids) {
      int row = batch.addRow();
      batch.traceHi()[row] = 1;
      batch.traceLo()[row] = 1 + id / 3;
      batch.spanId()[row] = id;
      batch.startNanos()[row] = nanos + id;
      batch.endNanos()[row] = nanos + 1000 * id;
      batch.kind()[row] = 2;
      batch.name()[row] = batch.symbols().intern("GET /" + id % 4);
      user(batch.symbols(), batch.attributes(), user);
    }
    return batch;
  }

  static LogBatch logs(Collection<Long> ids, String user, long nanos) {
    var batch = new LogBatch(ids.size());
    batch.scopes().add(0, 0, 0, 0);
    resource(batch.symbols(), batch.resources());
    for (long id : ids) {
      int row = batch.addRow();
      batch.spanId()[row] = id;
      batch.timeNanos()[row] = nanos + id;
      batch.severityNumber()[row] = (byte) (id % 25);
      batch.bodyType()[row] = ValueType.STRING;
      batch.body()[row] = batch.symbols().intern("line " + id + " of " + user);
      user(batch.symbols(), batch.attributes(), user);
    }
    return batch;
  }

  /// In no order. The id of a sample is its value.
  static List<Long> ids(Store store, Signal signal) {
    var ids = new ArrayList<Long>();
    switch (signal) {
      case TRACES -> {
        try (var plan = store.traceReader().plan(StoreOnDisk.ALL)) {
          for (BlockRef<SpanBlock> ref : plan.blocks()) {
            ref.open()
                .ifPresent(
                    block ->
                        add(
                            store.traceEngine().earliestNanos(),
                            block.column(Field.TIME),
                            block.column(Field.SPAN_ID),
                            ids));
          }
        }
      }
      case LOGS -> {
        try (var plan = store.logReader().plan(StoreOnDisk.ALL)) {
          for (BlockRef<LogBlock> ref : plan.blocks()) {
            ref.open()
                .ifPresent(
                    block ->
                        add(
                            store.logEngine().earliestNanos(),
                            block.column(Field.TIME),
                            block.column(Field.SPAN_ID),
                            ids));
          }
        }
      }
      case METRICS ->
          Gauges.forEach(store, Tenant.DEFAULT, "g", (user, value) -> ids.add((long) value));
    }
    return ids;
  }

  /// A block may have rows that are past retention.
  private static void add(long earliest, Column time, Column id, List<Long> into) {
    for (int row = 0; row < id.rows(); row++) {
      if (time.value(row) >= earliest) {
        into.add(id.value(row));
      }
    }
  }

  /// Summaries count as many rows as there are.
  static void checkSummaries(Store store, long nowNanos) {
    SummaryRange range =
        SummaryRange.around(
            Tenant.DEFAULT, nowNanos - 100 * HOUR_NANOS, nowNanos + HOUR_NANOS, HOUR_NANOS);
    long requests =
        store.summaryReader().services(range).stream()
            .mapToLong(service -> Arrays.stream(service.requests().calls()).sum())
            .sum();
    assertThat(requests).as("requests").isEqualTo(ids(store, Signal.TRACES).size());
    long records =
        store.summaryReader().logs(range).stream()
            .mapToLong(stream -> Arrays.stream(stream.records()).sum())
            .sum();
    assertThat(records).as("records").isEqualTo(ids(store, Signal.LOGS).size());
  }
}
