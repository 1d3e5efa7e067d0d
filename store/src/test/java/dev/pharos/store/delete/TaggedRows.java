package dev.pharos.store.delete;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.LogBatch;
import dev.pharos.model.ResourceTable;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.store.Store;
import dev.pharos.store.StoreOnDisk;
import dev.pharos.store.read.BlockRef;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.LogBlock;
import dev.pharos.store.read.SpanBlock;
import java.util.ArrayList;
import java.util.List;

/// Makes spans and log records of rows, for tests of deletion, and gives the ids that queries see.
final class TaggedRows {
  private TaggedRows() {}

  private static int resource(Symbols symbols, ResourceTable resources, String service) {
    resources
        .attributes()
        .add(symbols.intern("service.name"), ValueType.STRING, symbols.intern(service));
    return resources.add(0, 0, 0);
  }

  private static void attributes(Symbols symbols, AttributeRows attributes, TaggedRow row) {
    attributes.add(symbols.intern("user.id"), ValueType.STRING, symbols.intern(row.user()));
    attributes.add(symbols.intern("count"), ValueType.INT, row.id() % 3);
    attributes.endParent();
  }

  static SpanBatch spans(List<TaggedRow> rows) {
    var batch = new SpanBatch(rows.size());
    batch.scopes().add(0, 0, 0, 0);
    for (TaggedRow tagged : rows) {
      int row = batch.addRow();
      batch.resource()[row] = resource(batch.symbols(), batch.resources(), tagged.service());
      batch.traceHi()[row] = 1;
      batch.traceLo()[row] = 1 + tagged.id() / 4;
      batch.spanId()[row] = tagged.id();
      batch.startNanos()[row] = tagged.nanos();
      batch.endNanos()[row] = tagged.nanos() + 10;
      batch.name()[row] = batch.symbols().intern("op " + tagged.id() % 2);
      attributes(batch.symbols(), batch.attributes(), tagged);
    }
    return batch;
  }

  static LogBatch logs(List<TaggedRow> rows) {
    var batch = new LogBatch(rows.size());
    batch.scopes().add(0, 0, 0, 0);
    for (TaggedRow tagged : rows) {
      int row = batch.addRow();
      batch.resource()[row] = resource(batch.symbols(), batch.resources(), tagged.service());
      batch.spanId()[row] = tagged.id();
      batch.timeNanos()[row] = tagged.nanos();
      batch.bodyType()[row] = ValueType.STRING;
      batch.body()[row] = batch.symbols().intern("hello " + tagged.user());
      attributes(batch.symbols(), batch.attributes(), tagged);
    }
    return batch;
  }

  /// The ids of all rows that queries see, in no order.
  static List<Long> spanIds(Store store) {
    var ids = new ArrayList<Long>();
    try (var plan = store.traceReader().plan(StoreOnDisk.ALL)) {
      for (BlockRef<SpanBlock> ref : plan.blocks()) {
        ref.open().ifPresent(block -> add(block.column(Field.SPAN_ID), ids));
      }
    }
    return ids;
  }

  static List<Long> logIds(Store store) {
    var ids = new ArrayList<Long>();
    try (var plan = store.logReader().plan(StoreOnDisk.ALL)) {
      for (BlockRef<LogBlock> ref : plan.blocks()) {
        ref.open().ifPresent(block -> add(block.column(Field.SPAN_ID), ids));
      }
    }
    return ids;
  }

  private static void add(Column column, List<Long> into) {
    for (int row = 0; row < column.rows(); row++) {
      into.add(column.value(row));
    }
  }
}
