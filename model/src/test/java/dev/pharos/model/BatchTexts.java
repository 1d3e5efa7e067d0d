package dev.pharos.model;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Every item of a batch as one text that holds all of it, however dictionary and tables are laid out: two batches hold
/// the same items if their texts are equal. For tests.
public final class BatchTexts {
  private BatchTexts() {}

  /// The items in their order; metrics without points are items here too.
  public static List<String> of(Batch batch) {
    return switch (batch) {
      case SpanBatch spans -> spans(spans);
      case LogBatch logs -> logs(logs);
      case MetricBatch metrics -> metrics(metrics);
    };
  }

  private static List<String> spans(SpanBatch b) {
    var texts = new ArrayList<String>();
    Symbols s = b.symbols();
    for (int i = 0; i < b.rows(); i++) {
      var out = new StringBuilder();
      out.append(Ids.traceHex(b.traceHi()[i], b.traceLo()[i]))
          .append(' ')
          .append(Ids.spanHex(b.spanId()[i]))
          .append(' ')
          .append(Ids.spanHex(b.parentSpanId()[i]))
          .append(' ')
          .append(b.startNanos()[i])
          .append(' ')
          .append(b.endNanos()[i])
          .append(' ')
          .append(text(s, b.name()[i]))
          .append(' ')
          .append(b.kind()[i])
          .append(' ')
          .append(b.statusCode()[i])
          .append(text(s, b.statusMessage()[i]))
          .append(text(s, b.traceState()[i]))
          .append(' ')
          .append(b.flags()[i])
          .append(' ')
          .append(b.droppedAttributes()[i])
          .append(' ')
          .append(b.droppedEvents()[i])
          .append(' ')
          .append(b.droppedLinks()[i]);
      resource(out, s, b.resources(), b.resource()[i]);
      scope(out, s, b.scopes(), b.scope()[i]);
      attributes(out, s, b.attributes(), i);
      EventRows events = b.events();
      for (int e = i == 0 ? 0 : b.eventEnds()[i - 1]; e < b.eventEnds()[i]; e++) {
        out.append(" event ")
            .append(events.timeNanos()[e])
            .append(text(s, events.name()[e]))
            .append(events.droppedAttributes()[e]);
        attributes(out, s, events.attributes(), e);
      }
      LinkRows links = b.links();
      for (int l = i == 0 ? 0 : b.linkEnds()[i - 1]; l < b.linkEnds()[i]; l++) {
        out.append(" link ")
            .append(links.traceHi()[l])
            .append(' ')
            .append(links.traceLo()[l])
            .append(' ')
            .append(links.spanId()[l])
            .append(text(s, links.traceState()[l]))
            .append(links.flags()[l])
            .append(' ')
            .append(links.droppedAttributes()[l]);
        attributes(out, s, links.attributes(), l);
      }
      texts.add(out.toString());
    }
    return texts;
  }

  private static List<String> logs(LogBatch b) {
    var texts = new ArrayList<String>();
    Symbols s = b.symbols();
    for (int i = 0; i < b.rows(); i++) {
      var out = new StringBuilder();
      out.append(b.timeNanos()[i])
          .append(' ')
          .append(b.observedNanos()[i])
          .append(' ')
          .append(b.severityNumber()[i])
          .append(text(s, b.severityText()[i]))
          .append(" body ")
          .append(value(s, b.bodyType()[i], b.body()[i]))
          .append(text(s, b.eventName()[i]))
          .append(Ids.traceHex(b.traceHi()[i], b.traceLo()[i]))
          .append(' ')
          .append(b.spanId()[i])
          .append(' ')
          .append(b.flags()[i])
          .append(' ')
          .append(b.droppedAttributes()[i]);
      resource(out, s, b.resources(), b.resource()[i]);
      scope(out, s, b.scopes(), b.scope()[i]);
      attributes(out, s, b.attributes(), i);
      texts.add(out.toString());
    }
    return texts;
  }

  private static List<String> metrics(MetricBatch b) {
    var texts = new ArrayList<String>();
    Symbols s = b.symbols();
    int point = 0;
    for (int m = 0; m < b.rows(); m++) {
      var head = new StringBuilder();
      head.append(text(s, b.name()[m]))
          .append(text(s, b.description()[m]))
          .append(text(s, b.unit()[m]))
          .append(b.kind()[m])
          .append(' ')
          .append(b.temporality()[m])
          .append(' ')
          .append(b.monotonic()[m]);
      resource(head, s, b.resources(), b.resource()[m]);
      scope(head, s, b.scopes(), b.scope()[m]);
      attributes(head, s, b.metadata(), m);
      if (point == b.pointEnds()[m]) {
        texts.add(head.toString());
      }
      for (; point < b.pointEnds()[m]; point++) {
        var out = new StringBuilder(head);
        point(out, b, m, point);
        texts.add(out.toString());
      }
    }
    return texts;
  }

  private static void point(StringBuilder out, MetricBatch b, int metric, int p) {
    PointRows points = b.points();
    Symbols s = b.symbols();
    out.append(" point ")
        .append(points.startNanos()[p])
        .append(' ')
        .append(points.timeNanos()[p])
        .append(' ')
        .append(points.flags()[p])
        .append(value(s, points.valueType()[p], points.value()[p]));
    int d = points.detail()[p];
    if (d < 0) {
      out.append(" number");
    } else {
      switch (b.kind()[metric]) {
        case MetricBatch.HISTOGRAM -> {
          HistogramRows t = b.histograms();
          out.append(t.count()[d])
              .append(' ')
              .append(t.sum()[d])
              .append(' ')
              .append(t.min()[d])
              .append(' ')
              .append(t.max()[d])
              .append(' ')
              .append(t.has()[d]);
          longs(out, t.buckets(), t.bucketEnds(), d);
          longs(out, t.bounds(), t.boundEnds(), d);
        }
        case MetricBatch.EXPONENTIAL_HISTOGRAM -> {
          ExponentialRows t = b.exponentials();
          out.append(t.count()[d])
              .append(' ')
              .append(t.sum()[d])
              .append(' ')
              .append(t.min()[d])
              .append(' ')
              .append(t.max()[d])
              .append(' ')
              .append(t.has()[d])
              .append(' ')
              .append(t.scale()[d])
              .append(' ')
              .append(t.zeroCount()[d])
              .append(' ')
              .append(t.zeroThreshold()[d])
              .append(' ')
              .append(t.positiveOffset()[d])
              .append(' ')
              .append(t.negativeOffset()[d]);
          longs(out, t.positive(), t.positiveEnds(), d);
          longs(out, t.negative(), t.negativeEnds(), d);
        }
        default -> {
          SummaryRows t = b.summaries();
          out.append(t.count()[d]).append(' ').append(t.sum()[d]);
          longs(out, t.quantiles(), t.quantileEnds(), d);
          longs(out, t.quantileValues(), t.quantileEnds(), d);
        }
      }
    }
    attributes(out, s, points.attributes(), p);
    ExemplarRows exemplars = points.exemplars();
    for (int e = p == 0 ? 0 : points.exemplarEnds()[p - 1]; e < points.exemplarEnds()[p]; e++) {
      out.append(" exemplar ")
          .append(exemplars.timeNanos()[e])
          .append(value(s, exemplars.valueType()[e], exemplars.value()[e]))
          .append(exemplars.traceHi()[e])
          .append(' ')
          .append(exemplars.traceLo()[e])
          .append(' ')
          .append(exemplars.spanId()[e]);
      attributes(out, s, exemplars.attributes(), e);
    }
  }

  private static void longs(StringBuilder out, LongRows rows, int[] ends, int row) {
    out.append(" [");
    for (int i = row == 0 ? 0 : ends[row - 1]; i < ends[row]; i++) {
      out.append(rows.get(i)).append(' ');
    }
    out.append(']');
  }

  private static void resource(StringBuilder out, Symbols s, ResourceTable table, int row) {
    out.append(" resource ")
        .append(table.droppedAttributes(row))
        .append(text(s, table.schemaUrl(row)))
        .append(text(s, table.entityRefs(row)));
    attributes(out, s, table.attributes(), row);
  }

  private static void scope(StringBuilder out, Symbols s, ScopeTable table, int row) {
    out.append(" scope ")
        .append(text(s, table.name(row)))
        .append(text(s, table.version(row)))
        .append(table.droppedAttributes(row))
        .append(text(s, table.schemaUrl(row)));
    attributes(out, s, table.attributes(), row);
  }

  private static void attributes(StringBuilder out, Symbols s, AttributeRows rows, int parent) {
    out.append(" {");
    for (int i = rows.from(parent); i < rows.to(parent); i++) {
      out.append(text(s, rows.key(i))).append('=').append(value(s, rows.type(i), rows.value(i)));
    }
    out.append('}');
  }

  private static String value(Symbols s, byte type, long value) {
    return type
        + ":"
        + (ValueType.isSymbol(type) ? text(s, (int) value) : Long.toString(value))
        + " ";
  }

  private static String text(Symbols s, int id) {
    return "<"
        + HexFormat.of().formatHex(s.bytes(), s.offset(id), s.offset(id) + s.length(id))
        + ">";
  }
}
