package dev.pharos.query;

/// Carries a [QueryError] out of a parser or a running query; made without a stack trace, since it reports on the query
/// and not on this program.
public final class QueryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient QueryError error;

  public QueryException(QueryError error) {
    super(error.message(), null, false, false);
    this.error = error;
  }

  public QueryError error() {
    return error;
  }
}
