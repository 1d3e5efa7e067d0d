package dev.pharos.store.segment;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.LogBatch;
import dev.pharos.model.ResourceTable;
import dev.pharos.model.ScopeTable;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Rows of batches as texts that have everything a row holds, to compare rows by.
final class Rendered {
  private Rendered() {}

  static List<String> rows(SpanBatch batch) {
    var rows = new ArrayList<String>();
    for (int row = 0; row < batch.rows(); row++) {
      rows.add(row(batch, row));
    }
    return rows;
  }

  static List<String> rows(LogBatch batch) {
    var rows = new ArrayList<String>();
    for (int row = 0; row < batch.rows(); row++) {
      rows.add(row(batch, row));
    }
    return rows;
  }

  static String row(SpanBatch b, int row) {
    Symbols s = b.symbols();
    var text =
        new StringBuilder()
            .append(b.traceHi()[row])
            .append(':')
            .append(b.traceLo()[row])
            .append(':')
            .append(b.spanId()[row])
            .append(" parent ")
            .append(b.parentSpanId()[row])
            .append(" time ")
            .append(b.startNanos()[row])
            .append('-')
            .append(b.endNanos()[row])
            .append(" name ")
            .append(hex(s, b.name()[row]))
            .append(" kind ")
            .append(b.kind()[row])
            .append(" status ")
            .append(b.statusCode()[row])
            .append(' ')
            .append(hex(s, b.statusMessage()[row]))
            .append(" state ")
            .append(hex(s, b.traceState()[row]))
            .append(" flags ")
            .append(b.flags()[row])
            .append(" dropped ")
            .append(b.droppedAttributes()[row])
            .append(' ')
            .append(b.droppedEvents()[row])
            .append(' ')
            .append(b.droppedLinks()[row]);
    text.append(resource(b.resources(), b.resource()[row], s))
        .append(scope(b.scopes(), b.scope()[row], s));
    text.append(attributes(b.attributes(), row, s));
    for (int i = row == 0 ? 0 : b.eventEnds()[row - 1]; i < b.eventEnds()[row]; i++) {
      text.append(" event ")
          .append(b.events().timeNanos()[i])
          .append(' ')
          .append(hex(s, b.events().name()[i]))
          .append(' ')
          .append(b.events().droppedAttributes()[i])
          .append(attributes(b.events().attributes(), i, s));
    }
    for (int i = row == 0 ? 0 : b.linkEnds()[row - 1]; i < b.linkEnds()[row]; i++) {
      text.append(" link ")
          .append(b.links().traceHi()[i])
          .append(':')
          .append(b.links().traceLo()[i])
          .append(':')
          .append(b.links().spanId()[i])
          .append(' ')
          .append(hex(s, b.links().traceState()[i]))
          .append(' ')
          .append(b.links().flags()[i])
          .append(' ')
          .append(b.links().droppedAttributes()[i])
          .append(attributes(b.links().attributes(), i, s));
    }
    return text.toString();
  }

  static String row(LogBatch b, int row) {
    Symbols s = b.symbols();
    long time = b.timeNanos()[row] != 0 ? b.timeNanos()[row] : b.observedNanos()[row];
    return "time "
        + time
        + " observed "
        + b.observedNanos()[row]
        + " severity "
        + b.severityNumber()[row]
        + " "
        + hex(s, b.severityText()[row])
        + " body "
        + value(b.bodyType()[row], b.body()[row], s)
        + " event "
        + hex(s, b.eventName()[row])
        + " trace "
        + b.traceHi()[row]
        + ":"
        + b.traceLo()[row]
        + ":"
        + b.spanId()[row]
        + " flags "
        + b.flags()[row]
        + " dropped "
        + b.droppedAttributes()[row]
        + resource(b.resources(), b.resource()[row], s)
        + scope(b.scopes(), b.scope()[row], s)
        + attributes(b.attributes(), row, s);
  }

  static String resource(ResourceTable table, int row, Symbols s) {
    return " resource "
        + table.droppedAttributes(row)
        + " "
        + hex(s, table.schemaUrl(row))
        + " "
        + hex(s, table.entityRefs(row))
        + attributes(table.attributes(), row, s);
  }

  private static String scope(ScopeTable table, int row, Symbols s) {
    return " scope "
        + hex(s, table.name(row))
        + " "
        + hex(s, table.version(row))
        + " "
        + table.droppedAttributes(row)
        + " "
        + hex(s, table.schemaUrl(row))
        + attributes(table.attributes(), row, s);
  }

  private static String attributes(AttributeRows rows, int parent, Symbols s) {
    var text = new StringBuilder(" [");
    for (int i = rows.from(parent); i < rows.to(parent); i++) {
      text.append(hex(s, rows.key(i)))
          .append('=')
          .append(value(rows.type(i), rows.value(i), s))
          .append(',');
    }
    return text.append(']').toString();
  }

  static String value(byte type, long value, Symbols s) {
    return type + "/" + (ValueType.isSymbol(type) ? hex(s, (int) value) : String.valueOf(value));
  }

  private static String hex(Symbols symbols, int id) {
    return "'"
        + HexFormat.of()
            .formatHex(symbols.bytes(), symbols.offset(id), symbols.offset(id) + symbols.length(id))
        + "'";
  }
}
