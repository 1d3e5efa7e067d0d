package dev.pharos.model.binary;

import dev.pharos.model.EventRows;
import dev.pharos.model.LinkRows;
import dev.pharos.model.SpanBatch;

/// Appends spans.
final class SpanAppender extends BatchAppender<SpanBatch> {
  SpanAppender(SpanBatch target) {
    super(target);
  }

  @Override
  void copy(SpanBatch source, int from, int to, Remap symbols) {
    int count = to - from;
    if (count == 0) {
      return;
    }
    SpanBatch target = target();
    int at = target.addRows(count);
    System.arraycopy(source.traceHi(), from, target.traceHi(), at, count);
    System.arraycopy(source.traceLo(), from, target.traceLo(), at, count);
    System.arraycopy(source.spanId(), from, target.spanId(), at, count);
    System.arraycopy(source.parentSpanId(), from, target.parentSpanId(), at, count);
    System.arraycopy(source.startNanos(), from, target.startNanos(), at, count);
    System.arraycopy(source.endNanos(), from, target.endNanos(), at, count);
    System.arraycopy(source.kind(), from, target.kind(), at, count);
    System.arraycopy(source.statusCode(), from, target.statusCode(), at, count);
    System.arraycopy(source.flags(), from, target.flags(), at, count);
    System.arraycopy(source.droppedAttributes(), from, target.droppedAttributes(), at, count);
    System.arraycopy(source.droppedEvents(), from, target.droppedEvents(), at, count);
    System.arraycopy(source.droppedLinks(), from, target.droppedLinks(), at, count);
    symbols.symbols(source.name(), target.name(), from, at, count);
    symbols.symbols(source.statusMessage(), target.statusMessage(), from, at, count);
    symbols.symbols(source.traceState(), target.traceState(), from, at, count);
    resources(source.resources(), source.resource(), target.resource(), from, at, count);
    scopes(source.scopes(), source.scope(), target.scope(), from, at, count);
    symbols.attributes(source.attributes(), target.attributes(), from, to);
    ends(source.eventEnds(), target.eventEnds(), from, at, count, target.events().rows());
    ends(source.linkEnds(), target.linkEnds(), from, at, count, target.links().rows());
    events(
        source.events(),
        childrenFrom(source.eventEnds(), from),
        source.eventEnds()[to - 1],
        symbols);
    links(
        source.links(), childrenFrom(source.linkEnds(), from), source.linkEnds()[to - 1], symbols);
  }

  private void events(EventRows source, int from, int to, Remap symbols) {
    EventRows target = target().events();
    int count = to - from;
    int at = target.addRows(count);
    System.arraycopy(source.timeNanos(), from, target.timeNanos(), at, count);
    System.arraycopy(source.droppedAttributes(), from, target.droppedAttributes(), at, count);
    symbols.symbols(source.name(), target.name(), from, at, count);
    symbols.attributes(source.attributes(), target.attributes(), from, to);
  }

  private void links(LinkRows source, int from, int to, Remap symbols) {
    LinkRows target = target().links();
    int count = to - from;
    int at = target.addRows(count);
    System.arraycopy(source.traceHi(), from, target.traceHi(), at, count);
    System.arraycopy(source.traceLo(), from, target.traceLo(), at, count);
    System.arraycopy(source.spanId(), from, target.spanId(), at, count);
    System.arraycopy(source.flags(), from, target.flags(), at, count);
    System.arraycopy(source.droppedAttributes(), from, target.droppedAttributes(), at, count);
    symbols.symbols(source.traceState(), target.traceState(), from, at, count);
    symbols.attributes(source.attributes(), target.attributes(), from, to);
  }
}
