package dev.pharos.components.self;

import dev.pharos.model.SpanBatch;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.observe.SpanTap;
import java.util.List;

/// Spans of the process as spans of OTLP. Stateless.
final class SelfSpans {
  /// OTLP's Status.StatusCode.
  private static final byte ERROR = 2;

  private SelfSpans() {}

  static SpanBatch batch(Identity identity, List<SpanTap.Span> finished) {
    var spans = new SpanBatch(finished.size());
    Symbols symbols = spans.symbols();
    identity.describe(symbols, spans.resources(), spans.scopes());
    for (SpanTap.Span span : finished) {
      int row = spans.addRow();
      spans.traceHi()[row] = span.traceHi();
      spans.traceLo()[row] = span.traceLo();
      spans.spanId()[row] = span.spanId();
      spans.parentSpanId()[row] = span.parentSpanId();
      spans.name()[row] = symbols.intern(span.name());
      spans.kind()[row] = (byte) span.kind();
      spans.startNanos()[row] = span.startNanos();
      spans.endNanos()[row] = span.endNanos();
      if (!span.error().isEmpty()) {
        spans.statusCode()[row] = ERROR;
        spans.statusMessage()[row] = symbols.intern(span.error());
      }
      attributes(symbols, spans, span.attributes());
      spans.eventEnds()[row] = 0;
      spans.linkEnds()[row] = 0;
    }
    return spans;
  }

  private static void attributes(Symbols symbols, SpanBatch spans, List<Object> pairs) {
    for (int i = 0; i < pairs.size(); i += 2) {
      int key = symbols.intern((String) pairs.get(i));
      if (pairs.get(i + 1) instanceof Long number) {
        spans.attributes().add(key, ValueType.INT, number);
      } else {
        spans.attributes().add(key, ValueType.STRING, symbols.intern((String) pairs.get(i + 1)));
      }
    }
    spans.attributes().endParent();
  }
}
