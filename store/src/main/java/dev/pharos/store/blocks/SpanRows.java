package dev.pharos.store.blocks;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.EventRows;
import dev.pharos.model.LinkRows;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.binary.BatchAppender;
import dev.pharos.model.binary.Batches;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Puts the spans of one trace in order and leaves out those that are there twice. Stateless.
///
/// Takes batches whose symbols, Resources and scopes are each there once, as [BatchAppender] makes them: equal rows
/// have equal numbers.
final class SpanRows {
  private SpanRows() {}

  /// The spans by start, then span id (unsigned), identical ones once.
  static SpanBatch orderedOnce(SpanBatch spans) {
    if (spans.rows() == 0) {
      return spans;
    }
    Integer[] order = IntStream.range(0, spans.rows()).boxed().toArray(Integer[]::new);
    Arrays.sort(
        order,
        Comparator.<Integer>comparingLong(row -> spans.startNanos()[row])
            .thenComparing((a, b) -> Long.compareUnsigned(spans.spanId()[a], spans.spanId()[b])));
    BatchAppender<SpanBatch> ordered = Batches.appender(Batches.room(List.of(spans)));
    for (int i = 0; i < order.length; i++) {
      if (!repeats(spans, order, i)) {
        ordered.append(spans, order[i], order[i] + 1);
      }
    }
    return ordered.target();
  }

  /// Whether an identical span stands before among those of the same start and id.
  private static boolean repeats(SpanBatch spans, Integer[] order, int i) {
    int row = order[i];
    for (int j = i - 1; j >= 0; j--) {
      int other = order[j];
      if (spans.startNanos()[other] != spans.startNanos()[row]
          || spans.spanId()[other] != spans.spanId()[row]) {
        return false;
      }
      if (same(spans, row, other)) {
        return true;
      }
    }
    return false;
  }

  static boolean same(SpanBatch s, int a, int b) {
    return s.traceHi()[a] == s.traceHi()[b]
        && s.traceLo()[a] == s.traceLo()[b]
        && s.spanId()[a] == s.spanId()[b]
        && s.parentSpanId()[a] == s.parentSpanId()[b]
        && s.startNanos()[a] == s.startNanos()[b]
        && s.endNanos()[a] == s.endNanos()[b]
        && s.name()[a] == s.name()[b]
        && s.kind()[a] == s.kind()[b]
        && s.statusCode()[a] == s.statusCode()[b]
        && s.statusMessage()[a] == s.statusMessage()[b]
        && s.traceState()[a] == s.traceState()[b]
        && s.flags()[a] == s.flags()[b]
        && s.droppedAttributes()[a] == s.droppedAttributes()[b]
        && s.droppedEvents()[a] == s.droppedEvents()[b]
        && s.droppedLinks()[a] == s.droppedLinks()[b]
        && s.resource()[a] == s.resource()[b]
        && s.scope()[a] == s.scope()[b]
        && sameAttributes(s.attributes(), a, b)
        && sameEvents(s, a, b)
        && sameLinks(s, a, b);
  }

  private static boolean sameAttributes(AttributeRows rows, int a, int b) {
    return Arrays.equals(
            rows.keys(), rows.from(a), rows.to(a), rows.keys(), rows.from(b), rows.to(b))
        && Arrays.equals(
            rows.types(), rows.from(a), rows.to(a), rows.types(), rows.from(b), rows.to(b))
        && Arrays.equals(
            rows.values(), rows.from(a), rows.to(a), rows.values(), rows.from(b), rows.to(b));
  }

  private static int from(int[] ends, int row) {
    return row == 0 ? 0 : ends[row - 1];
  }

  private static boolean sameEvents(SpanBatch s, int a, int b) {
    EventRows events = s.events();
    int count = s.eventEnds()[a] - from(s.eventEnds(), a);
    if (s.eventEnds()[b] - from(s.eventEnds(), b) != count) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      int x = from(s.eventEnds(), a) + i;
      int y = from(s.eventEnds(), b) + i;
      if (events.timeNanos()[x] != events.timeNanos()[y]
          || events.name()[x] != events.name()[y]
          || events.droppedAttributes()[x] != events.droppedAttributes()[y]
          || !sameAttributes(events.attributes(), x, y)) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameLinks(SpanBatch s, int a, int b) {
    LinkRows links = s.links();
    int count = s.linkEnds()[a] - from(s.linkEnds(), a);
    if (s.linkEnds()[b] - from(s.linkEnds(), b) != count) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      int x = from(s.linkEnds(), a) + i;
      int y = from(s.linkEnds(), b) + i;
      if (links.traceHi()[x] != links.traceHi()[y]
          || links.traceLo()[x] != links.traceLo()[y]
          || links.spanId()[x] != links.spanId()[y]
          || links.traceState()[x] != links.traceState()[y]
          || links.flags()[x] != links.flags()[y]
          || links.droppedAttributes()[x] != links.droppedAttributes()[y]
          || !sameAttributes(links.attributes(), x, y)) {
        return false;
      }
    }
    return true;
  }
}
