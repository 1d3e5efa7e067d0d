package dev.pharos.model.binary;

import dev.pharos.model.LogBatch;
import dev.pharos.model.ValueType;

/// Appends log records.
final class LogAppender extends BatchAppender<LogBatch> {
  LogAppender(LogBatch target) {
    super(target);
  }

  @Override
  void copy(LogBatch source, int from, int to, Remap symbols) {
    int count = to - from;
    LogBatch target = target();
    int at = target.addRows(count);
    System.arraycopy(source.timeNanos(), from, target.timeNanos(), at, count);
    System.arraycopy(source.observedNanos(), from, target.observedNanos(), at, count);
    System.arraycopy(source.severityNumber(), from, target.severityNumber(), at, count);
    System.arraycopy(source.bodyType(), from, target.bodyType(), at, count);
    System.arraycopy(source.traceHi(), from, target.traceHi(), at, count);
    System.arraycopy(source.traceLo(), from, target.traceLo(), at, count);
    System.arraycopy(source.spanId(), from, target.spanId(), at, count);
    System.arraycopy(source.flags(), from, target.flags(), at, count);
    System.arraycopy(source.droppedAttributes(), from, target.droppedAttributes(), at, count);
    symbols.symbols(source.severityText(), target.severityText(), from, at, count);
    symbols.symbols(source.eventName(), target.eventName(), from, at, count);
    resources(source.resources(), source.resource(), target.resource(), from, at, count);
    scopes(source.scopes(), source.scope(), target.scope(), from, at, count);
    symbols.attributes(source.attributes(), target.attributes(), from, to);
    byte[] types = source.bodyType();
    long[] bodies = source.body();
    long[] into = target.body();
    for (int i = 0; i < count; i++) {
      long body = bodies[from + i];
      into[at + i] = ValueType.isSymbol(types[from + i]) ? symbols.body((int) body) : body;
    }
  }
}
