package dev.pharos.api.pharos;

import dev.pharos.query.traceql.SpanFilter;

/// Reads which spans a request is about: `q`, a filter, and `of`, all of them or roots alone.
final class Spans {
  private Spans() {}

  static SpanFilter filter(PharosParameters parameters) {
    SpanFilter filter = filter(parameters.text("q"));
    String of = parameters.text("of");
    return switch (of) {
      case "", "spans" -> filter;
      case "roots" -> filter.roots();
      default ->
          throw new IllegalArgumentException("of: \"" + of + "\" (expected: spans or roots)");
    };
  }

  /// Of all spans, if there is no text.
  static SpanFilter filter(String traceql) {
    return traceql.isBlank() ? SpanFilter.ALL : SpanFilter.parse(traceql);
  }
}
