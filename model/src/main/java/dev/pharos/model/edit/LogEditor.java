package dev.pharos.model.edit;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.LogBatch;
import dev.pharos.model.ValueType;
import dev.pharos.model.binary.Batches;
import java.util.BitSet;

/// A cursor over log records. Fields have a method to read and one of the same name to write; see [LogBatch] for their
/// meaning.
public final class LogEditor extends BatchEditor<LogBatch> {
  private LogBatch logs;

  private LogEditor(LogBatch batch) {
    super(batch, batch.attributes());
    logs = batch;
  }

  public static LogEditor over(LogBatch batch) {
    return new LogEditor(batch);
  }

  @Override
  int resourceRow() {
    return logs.resource()[item];
  }

  @Override
  int scopeRow() {
    return logs.scope()[item];
  }

  @Override
  AttributeRows attributesOf(LogBatch batch) {
    return batch.attributes();
  }

  @Override
  void drafted(LogBatch draft) {
    logs = draft;
  }

  @Override
  void pack() {
    attributes.pack(new BitSet());
  }

  @Override
  LogBatch compact(LogBatch edited) {
    return Batches.kept(edited, dropped);
  }

  public long timeNanos() {
    return logs.timeNanos()[item];
  }

  public void timeNanos(long time) {
    edit().timeNanos()[item] = time;
  }

  public long observedNanos() {
    return logs.observedNanos()[item];
  }

  public void observedNanos(long time) {
    edit().observedNanos()[item] = time;
  }

  public byte severityNumber() {
    return logs.severityNumber()[item];
  }

  public void severityNumber(byte number) {
    edit().severityNumber()[item] = number;
  }

  public String severityText() {
    return symbols().text(logs.severityText()[item]);
  }

  public void severityText(String text) {
    int symbol = intern(text);
    logs.severityText()[item] = symbol;
  }

  /// As in [ValueType].
  public byte bodyType() {
    return logs.bodyType()[item];
  }

  /// As in [ValueType].
  public long body() {
    return logs.body()[item];
  }

  /// The text of a body that is one; else empty.
  public String bodyText() {
    return bodyType() == ValueType.STRING ? symbols().text((int) body()) : "";
  }

  public void bodyText(String text) {
    body(ValueType.STRING, addText(text));
  }

  public void body(byte type, long value) {
    edit().bodyType()[item] = type;
    logs.body()[item] = value;
  }

  public String eventName() {
    return symbols().text(logs.eventName()[item]);
  }

  public void eventName(String name) {
    int symbol = intern(name);
    logs.eventName()[item] = symbol;
  }

  public long traceHi() {
    return logs.traceHi()[item];
  }

  public long traceLo() {
    return logs.traceLo()[item];
  }

  public void traceId(long hi, long lo) {
    edit().traceHi()[item] = hi;
    logs.traceLo()[item] = lo;
  }

  public long spanId() {
    return logs.spanId()[item];
  }

  public void spanId(long id) {
    edit().spanId()[item] = id;
  }

  public int flags() {
    return logs.flags()[item];
  }

  public void flags(int flags) {
    edit().flags()[item] = flags;
  }

  public int droppedAttributes() {
    return logs.droppedAttributes()[item];
  }

  public void droppedAttributes(int count) {
    edit().droppedAttributes()[item] = count;
  }
}
