package dev.pharos.store.summary;

import dev.pharos.model.AttributeRows;
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
    return resource(symbols, resources, service, "");
  }

  private static int resource(
      Symbols symbols, ResourceTable resources, String service, String version) {
    text(symbols, resources.attributes(), "service.name", service);
    text(symbols, resources.attributes(), "service.version", version);
    return resources.add(0, 0, 0);
  }

  private static void text(Symbols symbols, AttributeRows into, String key, String value) {
    if (!value.isEmpty()) {
      into.add(symbols.intern(key), ValueType.STRING, symbols.intern(value));
    }
  }

  private static void called(Symbols symbols, AttributeRows into, ModelCall called) {
    into.add(symbols.intern("thread.id"), ValueType.INT, 7);
    text(symbols, into, called.old() ? "net.peer.name" : "server.address", called.address());
    if (called.port() > 0) {
      String key = called.old() ? "net.peer.port" : "server.port";
      into.add(symbols.intern(key), ValueType.INT, called.port());
    }
    text(symbols, into, called.old() ? "db.system" : "db.system.name", called.system());
    text(symbols, into, "peer.service", called.service());
  }

  static SpanBatch spans(List<ModelSpan> spans) {
    var batch = new SpanBatch(spans.size());
    batch.scopes().add(0, 0, 0, 0);
    for (ModelSpan span : spans) {
      int row = batch.addRow();
      batch.resource()[row] =
          resource(batch.symbols(), batch.resources(), span.service(), span.version());
      batch.traceHi()[row] = 1;
      batch.traceLo()[row] = span.trace();
      batch.spanId()[row] = span.id();
      batch.parentSpanId()[row] = span.parent();
      batch.name()[row] = batch.symbols().intern(span.name());
      batch.kind()[row] = (byte) span.kind();
      batch.statusCode()[row] = (byte) span.status();
      batch.startNanos()[row] = span.start();
      batch.endNanos()[row] = span.end();
      called(batch.symbols(), batch.attributes(), span.called());
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
