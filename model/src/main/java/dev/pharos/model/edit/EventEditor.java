package dev.pharos.model.edit;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.EventRows;
import dev.pharos.model.SpanBatch;
import java.util.BitSet;

/// A cursor over the events of the span that a [SpanEditor] stands on. One thread.
public final class EventEditor {
  private final SpanEditor spans;
  private final EditedAttributes edited;
  private final Attributes attributes;
  private final BitSet dropped = new BitSet();
  private int row;
  private int end;

  EventEditor(SpanEditor spans, AttributeRows rows) {
    this.spans = spans;
    this.edited = new EditedAttributes(rows);
    this.attributes = new Attributes(spans, edited);
  }

  EditedAttributes edited() {
    return edited;
  }

  EventEditor over(int from, int to) {
    row = from - 1;
    end = to;
    return this;
  }

  /// Goes to the next event that is not dropped; false behind the last.
  public boolean next() {
    row = Math.min(dropped.nextClearBit(row + 1), end);
    return row < end;
  }

  /// Leaves the event out of the result.
  public void drop() {
    spans.edit();
    dropped.set(row);
  }

  public Attributes attributes() {
    return attributes.at(row);
  }

  private EventRows events() {
    return spans.batch().events();
  }

  public long timeNanos() {
    return events().timeNanos()[row];
  }

  public void timeNanos(long time) {
    spans.edit();
    events().timeNanos()[row] = time;
  }

  public String name() {
    return spans.symbols().text(events().name()[row]);
  }

  public void name(String name) {
    int symbol = spans.intern(name);
    events().name()[row] = symbol;
  }

  public int droppedAttributes() {
    return events().droppedAttributes()[row];
  }

  public void droppedAttributes(int count) {
    spans.edit();
    events().droppedAttributes()[row] = count;
  }

  /// Brings attributes back into the draft and closes the gaps of dropped events.
  void pack(SpanBatch draft) {
    edited.pack(dropped);
    if (dropped.isEmpty()) {
      return;
    }
    EventRows events = draft.events();
    int kept = 0;
    int event = 0;
    for (int span = 0; span < draft.rows(); span++) {
      for (; event < draft.eventEnds()[span]; event++) {
        if (!dropped.get(event)) {
          events.timeNanos()[kept] = events.timeNanos()[event];
          events.name()[kept] = events.name()[event];
          events.droppedAttributes()[kept] = events.droppedAttributes()[event];
          kept++;
        }
      }
      draft.eventEnds()[span] = kept;
    }
    events.truncate(kept);
  }
}
