package dev.pharos.store.segment;

import dev.pharos.model.EventRows;
import dev.pharos.model.LinkRows;
import dev.pharos.model.SpanBatch;

/// Copies spans, with their events and links, from one batch into others.
final class SpanCopy extends RowCopy {
  private final SpanBatch from;

  /// @param staged whether the targets are only encoded, so that equal texts may have several symbols
  SpanCopy(SpanBatch from, int[] resourceRows, int[] scopeRows, boolean staged) {
    super(new SymbolMap(from.symbols(), staged), resourceRows, scopeRows);
    this.from = from;
  }

  SpanBatch from() {
    return from;
  }

  /// Whole spans of these rows, whose Resources and scopes are rows of `tables`.
  static SpanBatch materialize(SpanBatch from, SegmentTables tables, int[] rows, int count) {
    var copy =
        new SpanCopy(from, unknown(tables.resources.size()), unknown(tables.scopes.size()), false);
    var target = new SpanBatch(count);
    var targetTables = new SegmentTables(target.symbols(), target.resources(), target.scopes());
    for (int i = 0; i < count; i++) {
      int resource = from.resource()[rows[i]];
      if (copy.resourceRows[resource] < 0) {
        copy.resourceRows[resource] =
            targetTables.addResource(tables.resources, resource, tables.symbols);
      }
      int scope = from.scope()[rows[i]];
      if (copy.scopeRows[scope] < 0) {
        copy.scopeRows[scope] = targetTables.addScope(tables.scopes, scope, tables.symbols);
      }
      copy.copy(rows[i], target);
    }
    return target;
  }

  /// Appends one span to the target.
  void copy(int row, SpanBatch to) {
    symbols.target(to.symbols());
    int at = to.addRow();
    to.traceHi()[at] = from.traceHi()[row];
    to.traceLo()[at] = from.traceLo()[row];
    to.spanId()[at] = from.spanId()[row];
    to.parentSpanId()[at] = from.parentSpanId()[row];
    to.startNanos()[at] = from.startNanos()[row];
    to.endNanos()[at] = from.endNanos()[row];
    to.name()[at] = symbols.map(from.name()[row]);
    to.kind()[at] = from.kind()[row];
    to.statusCode()[at] = from.statusCode()[row];
    to.statusMessage()[at] = symbols.map(from.statusMessage()[row]);
    to.traceState()[at] = symbols.map(from.traceState()[row]);
    to.flags()[at] = from.flags()[row];
    to.droppedAttributes()[at] = from.droppedAttributes()[row];
    to.droppedEvents()[at] = from.droppedEvents()[row];
    to.droppedLinks()[at] = from.droppedLinks()[row];
    to.resource()[at] = resourceRows[from.resource()[row]];
    to.scope()[at] = scopeRows[from.scope()[row]];
    attributes(from.attributes(), row, to.attributes());
    for (int i = row == 0 ? 0 : from.eventEnds()[row - 1]; i < from.eventEnds()[row]; i++) {
      event(i, to.events());
    }
    to.eventEnds()[at] = to.events().rows();
    for (int i = row == 0 ? 0 : from.linkEnds()[row - 1]; i < from.linkEnds()[row]; i++) {
      link(i, to.links());
    }
    to.linkEnds()[at] = to.links().rows();
  }

  private void event(int row, EventRows to) {
    EventRows events = from.events();
    int at = to.addRow();
    to.timeNanos()[at] = events.timeNanos()[row];
    to.name()[at] = symbols.map(events.name()[row]);
    to.droppedAttributes()[at] = events.droppedAttributes()[row];
    attributes(events.attributes(), row, to.attributes());
  }

  private void link(int row, LinkRows to) {
    LinkRows links = from.links();
    int at = to.addRow();
    to.traceHi()[at] = links.traceHi()[row];
    to.traceLo()[at] = links.traceLo()[row];
    to.spanId()[at] = links.spanId()[row];
    to.traceState()[at] = symbols.map(links.traceState()[row]);
    to.flags()[at] = links.flags()[row];
    to.droppedAttributes()[at] = links.droppedAttributes()[row];
    attributes(links.attributes(), row, to.attributes());
  }
}
