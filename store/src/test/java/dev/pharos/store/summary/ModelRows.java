package dev.pharos.store.summary;

import dev.pharos.model.LogBatch;
import dev.pharos.model.ResourceTable;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import java.util.List;

/// Makes batches of the model's rows.
final class ModelRows {
  private ModelRows() {}

  private static int resource(Symbols symbols, ResourceTable resources, String service) {
    resources
        .attributes()
        .add(symbols.intern("service.name"), ValueType.STRING, symbols.intern(service));
    return resources.add(0, 0, 0);
  }

  static SpanBatch spans(List<ModelSpan> spans) {
    var batch = new SpanBatch(spans.size());
    batch.scopes().add(0, 0, 0, 0);
    for (ModelSpan span : spans) {
      int row = batch.addRow();
      batch.resource()[row] = resource(batch.symbols(), batch.resources(), span.service());
      batch.traceHi()[row] = 1;
      batch.traceLo()[row] = span.trace();
      batch.spanId()[row] = span.id();
      batch.parentSpanId()[row] = span.parent();
      batch.name()[row] = batch.symbols().intern(span.name());
      batch.kind()[row] = (byte) span.kind();
      batch.statusCode()[row] = (byte) span.status();
      batch.startNanos()[row] = span.start();
      batch.endNanos()[row] = span.end();
      batch.attributes().endParent();
    }
    return batch;
  }

  static LogBatch logs(List<ModelLog> logs) {
    var batch = new LogBatch(logs.size());
    batch.scopes().add(0, 0, 0, 0);
    for (ModelLog log : logs) {
      int row = batch.addRow();
      batch.resource()[row] = resource(batch.symbols(), batch.resources(), log.service());
      batch.timeNanos()[row] = log.nanos();
      batch.severityNumber()[row] = (byte) log.severity();
      batch.bodyType()[row] = ValueType.STRING;
      batch.body()[row] = batch.symbols().intern(log.body());
      batch.attributes().add(batch.symbols().intern("id"), ValueType.INT, log.id());
      batch.attributes().endParent();
    }
    return batch;
  }
}
