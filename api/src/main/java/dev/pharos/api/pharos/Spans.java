package dev.pharos.api.pharos;

import dev.pharos.query.QueryError;
import dev.pharos.query.QueryException;
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

  /// A filter that must be there; what is wrong with it is told with the parameter's name.
  static SpanFilter required(PharosParameters parameters, String name) {
    String text = parameters.text(name);
    if (text.isBlank()) {
      throw new IllegalArgumentException(
          name + ": \"" + text + "\" (expected: a TraceQL filter of spans, { … })");
    }
    try {
      return SpanFilter.parse(text);
    } catch (QueryException e) {
      throw e.error() instanceof QueryError.Syntax(String message, int line, int column)
          ? new QueryException(new QueryError.Syntax(name + ": " + message, line, column))
          : new IllegalArgumentException(name + ": " + e.error().message(), e);
    }
  }

  /// Of all spans, if there is no text.
  static SpanFilter filter(String traceql) {
    return traceql.isBlank() ? SpanFilter.ALL : SpanFilter.parse(traceql);
  }
}
