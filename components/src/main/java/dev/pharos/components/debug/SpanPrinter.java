package dev.pharos.components.debug;

import dev.pharos.model.EventRows;
import dev.pharos.model.LinkRows;
import dev.pharos.model.SpanBatch;
import java.util.List;

/// Prints spans.
final class SpanPrinter extends BatchPrinter {
  private static final List<String> KINDS =
      List.of("Unspecified", "Internal", "Server", "Client", "Producer", "Consumer");
  private static final List<String> CODES = List.of("Unset", "Ok", "Error");

  private final SpanBatch spans;

  SpanPrinter(SpanBatch spans, StringBuilder out) {
    super(spans, "Spans", "Traces", out);
    this.spans = spans;
  }

  @Override
  Grouping grouping() {
    return Grouping.of(spans.rows(), spans.resource(), spans.scope());
  }

  @Override
  String counts(int resources) {
    return "\"resource spans\": " + resources + ", \"spans\": " + spans.rows();
  }

  @Override
  void brief(int row) {
    out.append(text(spans.name()[row]));
    out.append(' ').append(traceId(spans.traceHi()[row], spans.traceLo()[row]));
    out.append(' ').append(spanId(spans.spanId()[row]));
    pairs(" ", spans.attributes(), row);
    out.append('\n');
  }

  @Override
  void full(int row, int index) {
    line("Span #" + index);
    field("Trace ID", traceId(spans.traceHi()[row], spans.traceLo()[row]));
    field("Parent ID", spanId(spans.parentSpanId()[row]));
    field("ID", spanId(spans.spanId()[row]));
    field("Name", text(spans.name()[row]));
    field("Kind", word(KINDS, spans.kind()[row]));
    if (spans.traceState()[row] != 0) {
      field("TraceState", text(spans.traceState()[row]));
    }
    field("Start time", time(spans.startNanos()[row]));
    field("End time", time(spans.endNanos()[row]));
    field("Status code", word(CODES, spans.statusCode()[row]));
    field("Status message", text(spans.statusMessage()[row]));
    if (spans.flags()[row] != 0) {
      field("Flags", Integer.toUnsignedString(spans.flags()[row]));
    }
    dropped("DroppedAttributesCount", spans.droppedAttributes()[row]);
    dropped("DroppedEventsCount", spans.droppedEvents()[row]);
    dropped("DroppedLinksCount", spans.droppedLinks()[row]);
    attributes("Attributes:", spans.attributes(), row, "     ");
    events(row);
    links(row);
  }

  private void field(String name, String value) {
    line("    %-15s: %s".formatted(name, value));
  }

  private void dropped(String name, int count) {
    if (count != 0) {
      line(name + ": " + Integer.toUnsignedString(count));
    }
  }

  private static String word(List<String> words, byte number) {
    return number < words.size() ? words.get(number) : "";
  }

  private void events(int row) {
    EventRows events = spans.events();
    int from = row == 0 ? 0 : spans.eventEnds()[row - 1];
    int to = spans.eventEnds()[row];
    if (from < to) {
      line("Events:");
    }
    for (int event = from; event < to; event++) {
      line("SpanEvent #" + (event - from));
      line("     -> Name: " + text(events.name()[event]));
      line("     -> Timestamp: " + time(events.timeNanos()[event]));
      line(
          "     -> DroppedAttributesCount: "
              + Integer.toUnsignedString(events.droppedAttributes()[event]));
      attributes("     -> Attributes::", events.attributes(), event, "          ");
    }
  }

  private void links(int row) {
    LinkRows links = spans.links();
    int from = row == 0 ? 0 : spans.linkEnds()[row - 1];
    int to = spans.linkEnds()[row];
    if (from < to) {
      line("Links:");
    }
    for (int link = from; link < to; link++) {
      line("SpanLink #" + (link - from));
      line("     -> Trace ID: " + traceId(links.traceHi()[link], links.traceLo()[link]));
      line("     -> ID: " + spanId(links.spanId()[link]));
      line("     -> TraceState: " + text(links.traceState()[link]));
      line(
          "     -> DroppedAttributesCount: "
              + Integer.toUnsignedString(links.droppedAttributes()[link]));
      attributes("     -> Attributes::", links.attributes(), link, "          ");
    }
  }
}
