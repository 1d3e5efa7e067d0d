package dev.pharos.wire.otlp;

import dev.pharos.model.EventRows;
import dev.pharos.model.LinkRows;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Symbols;

/// Reads ExportTraceServiceRequest (or TracesData) into a span batch.
final class SpanReader extends GroupReader<SpanBatch> {
  private static final String NO_TRACE_ID = IdReader.missing("trace id", 0, 16);
  private static final String NO_SPAN_ID = IdReader.missing("span id", 0, 8);

  private final IdReader ids;

  SpanReader(byte[] bytes, int from, int to, boolean hexIds) {
    super(
        new SpanBatch(
            guess(from, to, 400),
            guess(from, to, 42),
            new Symbols(guess(from, to, 6), guess(from, to, 150))),
        bytes,
        from,
        to);
    ids = new IdReader(hexIds);
  }

  // One case a field, in one place: longer than a screen, but a table.
  @Override
  void item() {
    SpanBatch spans = batch;
    int row = spans.addRow();
    String traceProblem = NO_TRACE_ID;
    String spanProblem = NO_SPAN_ID;
    boolean keysFine = true;
    attributes.startParent();
    while (!in.atEnd()) {
      int tag = in.tag();
      switch (tag) {
        case 1 << 3 | 2 -> {
          traceProblem = ids.read(in, 16) ? "" : ids.problem("trace id", 16);
          spans.traceHi()[row] = ids.hi();
          spans.traceLo()[row] = ids.lo();
        }
        case 2 << 3 | 2 -> {
          spanProblem = ids.read(in, 8) ? "" : ids.problem("span id", 8);
          spans.spanId()[row] = ids.lo();
        }
        case 3 << 3 | 2 -> spans.traceState()[row] = text(in);
        case 4 << 3 | 2 -> parent(row);
        case 5 << 3 | 2 -> spans.name()[row] = text(in);
        case 6 << 3 -> spans.kind()[row] = enumNumber(in.varint());
        case 7 << 3 | 1 -> spans.startNanos()[row] = in.fixed64();
        case 8 << 3 | 1 -> spans.endNanos()[row] = in.fixed64();
        case 9 << 3 | 2 -> keysFine &= attributes.readRun(in, tag, spans.attributes());
        case 10 << 3 -> spans.droppedAttributes()[row] = (int) in.varint();
        case 11 << 3 | 2 -> keysFine &= event();
        case 12 << 3 -> spans.droppedEvents()[row] = (int) in.varint();
        case 13 << 3 | 2 -> keysFine &= link();
        case 14 << 3 -> spans.droppedLinks()[row] = (int) in.varint();
        case 15 << 3 | 2 -> status(row);
        case 16 << 3 | 5 -> spans.flags()[row] = in.fixed32();
        default -> in.skip(tag);
      }
    }
    if (!traceProblem.isEmpty() || !spanProblem.isEmpty()) {
      findings.invalidId(traceProblem.isEmpty() ? spanProblem : traceProblem);
      spans.truncate(row);
    } else if (!keysFine) {
      findings.invalidKeys(1);
      spans.truncate(row);
    } else {
      spans.attributes().endParent();
      spans.eventEnds()[row] = spans.events().rows();
      spans.linkEnds()[row] = spans.links().rows();
    }
  }

  private void parent(int row) {
    if (!ids.read(in, 8) && !ids.isEmpty() && !ids.hasLength(8)) {
      findings.droppedId();
    }
    batch.parentSpanId()[row] = ids.lo();
  }

  private void status(int row) {
    int outer = in.enter();
    while (!in.atEnd()) {
      int tag = in.tag();
      switch (tag) {
        case 2 << 3 | 2 -> batch.statusMessage()[row] = text(in);
        case 3 << 3 -> batch.statusCode()[row] = enumNumber(in.varint());
        default -> in.skip(tag);
      }
    }
    in.leave(outer);
  }

  /// Adds the event at the reader's position; false if a key is not UTF-8.
  private boolean event() {
    EventRows events = batch.events();
    int row = events.addRow();
    rowAdded();
    boolean fine = true;
    attributes.startParent();
    int outer = in.enter();
    while (!in.atEnd()) {
      int tag = in.tag();
      switch (tag) {
        case 1 << 3 | 1 -> events.timeNanos()[row] = in.fixed64();
        case 2 << 3 | 2 -> events.name()[row] = text(in);
        case 3 << 3 | 2 -> fine &= attributes.readRun(in, tag, events.attributes());
        case 4 << 3 -> events.droppedAttributes()[row] = (int) in.varint();
        default -> in.skip(tag);
      }
    }
    in.leave(outer);
    events.attributes().endParent();
    return fine;
  }

  /// Adds the link at the reader's position; false if a key is not UTF-8.
  private boolean link() {
    LinkRows links = batch.links();
    int row = links.addRow();
    rowAdded();
    boolean fine = true;
    boolean traceValid = false;
    boolean spanValid = false;
    attributes.startParent();
    int outer = in.enter();
    while (!in.atEnd()) {
      int tag = in.tag();
      switch (tag) {
        case 1 << 3 | 2 -> {
          traceValid = ids.read(in, 16);
          links.traceHi()[row] = ids.hi();
          links.traceLo()[row] = ids.lo();
        }
        case 2 << 3 | 2 -> {
          spanValid = ids.read(in, 8);
          links.spanId()[row] = ids.lo();
        }
        case 3 << 3 | 2 -> links.traceState()[row] = text(in);
        case 4 << 3 | 2 -> fine &= attributes.readRun(in, tag, links.attributes());
        case 5 << 3 -> links.droppedAttributes()[row] = (int) in.varint();
        case 6 << 3 | 5 -> links.flags()[row] = in.fixed32();
        default -> in.skip(tag);
      }
    }
    in.leave(outer);
    links.attributes().endParent();
    if (!traceValid) {
      findings.droppedId();
    }
    if (!spanValid) {
      findings.droppedId();
    }
    return fine;
  }
}
