package dev.pharos.model.edit;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.LinkRows;

/// A cursor over the links of the span that a [SpanEditor] stands on. One thread.
public final class LinkEditor {
  private final SpanEditor spans;
  private final EditedAttributes edited;
  private final Attributes attributes;
  private int row;
  private int end;

  LinkEditor(SpanEditor spans, AttributeRows rows) {
    this.spans = spans;
    this.edited = new EditedAttributes(rows);
    this.attributes = new Attributes(spans, edited);
  }

  EditedAttributes edited() {
    return edited;
  }

  LinkEditor over(int from, int to) {
    row = from - 1;
    end = to;
    return this;
  }

  /// Goes to the next link; false behind the last.
  public boolean next() {
    row = Math.min(row + 1, end);
    return row < end;
  }

  public Attributes attributes() {
    return attributes.at(row);
  }

  private LinkRows links() {
    return spans.batch().links();
  }

  public long traceHi() {
    return links().traceHi()[row];
  }

  public long traceLo() {
    return links().traceLo()[row];
  }

  public long spanId() {
    return links().spanId()[row];
  }

  public String traceState() {
    return spans.symbols().text(links().traceState()[row]);
  }

  public void traceState(String state) {
    int symbol = spans.intern(state);
    links().traceState()[row] = symbol;
  }
}
