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
  private int row = -1;

  private LogEditor(LogBatch batch) {
    super(batch, batch.attributes());
    logs = batch;
  }

  public static LogEditor over(LogBatch batch) {
    return new LogEditor(batch);
  }

  @Override
  public boolean next() {
    if (row >= logs.rows()) {
      return false;
    }
    row = dropped.nextClearBit(row + 1);
    return row < logs.rows();
  }

  @Override
  public void rewind() {
    row = -1;
  }

  @Override
  public int item() {
    return row;
  }

  @Override
  public void drop() {
    dropped.set(row);
  }

  @Override
  int resourceRow() {
    return logs.resource()[row];
  }

  @Override
  int scopeRow() {
    return logs.scope()[row];
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
    return logs.timeNanos()[row];
  }

  public void timeNanos(long time) {
    edit().timeNanos()[row] = time;
  }

  public long observedNanos() {
    return logs.observedNanos()[row];
  }

  public void observedNanos(long time) {
    edit().observedNanos()[row] = time;
  }

  public byte severityNumber() {
    return logs.severityNumber()[row];
  }

  public void severityNumber(byte number) {
    edit().severityNumber()[row] = number;
  }

  public String severityText() {
    return symbols().text(logs.severityText()[row]);
  }

  public void severityText(String text) {
    int symbol = intern(text);
    logs.severityText()[row] = symbol;
  }

  /// As in [ValueType].
  public byte bodyType() {
    return logs.bodyType()[row];
  }

  /// As in [ValueType].
  public long body() {
    return logs.body()[row];
  }

  /// The text of a body that is one; else empty.
  public String bodyText() {
    return bodyType() == ValueType.STRING ? symbols().text((int) body()) : "";
  }

  public void bodyText(String text) {
    body(ValueType.STRING, addText(text));
  }

  public void body(byte type, long value) {
    edit().bodyType()[row] = type;
    logs.body()[row] = value;
  }

  public String eventName() {
    return symbols().text(logs.eventName()[row]);
  }

  public void eventName(String name) {
    int symbol = intern(name);
    logs.eventName()[row] = symbol;
  }

  public long traceHi() {
    return logs.traceHi()[row];
  }

  public long traceLo() {
    return logs.traceLo()[row];
  }

  public void traceId(long hi, long lo) {
    edit().traceHi()[row] = hi;
    logs.traceLo()[row] = lo;
  }

  public long spanId() {
    return logs.spanId()[row];
  }

  public void spanId(long id) {
    edit().spanId()[row] = id;
  }

  public int flags() {
    return logs.flags()[row];
  }

  public void flags(int flags) {
    edit().flags()[row] = flags;
  }

  public int droppedAttributes() {
    return logs.droppedAttributes()[row];
  }

  public void droppedAttributes(int count) {
    edit().droppedAttributes()[row] = count;
  }
}
