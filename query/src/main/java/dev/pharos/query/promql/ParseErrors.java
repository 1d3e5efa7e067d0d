package dev.pharos.query.promql;

import dev.pharos.query.QueryError;
import dev.pharos.query.QueryException;

/// Makes syntax errors in Prometheus' wording: `line:column: parse error: …`.
final class ParseErrors {
  private ParseErrors() {}

  static QueryException at(String query, Span span, String detail) {
    String position = span.position(query);
    int colon = position.indexOf(':');
    return new QueryException(
        new QueryError.Syntax(
            position + ": parse error: " + detail,
            Integer.parseInt(position.substring(0, colon)),
            Integer.parseInt(position.substring(colon + 1))));
  }
}
