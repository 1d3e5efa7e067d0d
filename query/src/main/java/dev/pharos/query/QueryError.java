package dev.pharos.query;

/// Why a query has no answer; each API maps a case once to its own status code.
public sealed interface QueryError {
  /// What a client reads, in the wording of the language's own programs.
  String message();

  /// The text is not of the language.
  ///
  /// @param message whole, position included as the language prints it
  /// @param line from 1
  /// @param column from 1, in code points
  record Syntax(String message, int line, int column) implements QueryError {}

  /// The text is of the language, but asks for what has no meaning or is not allowed.
  record Invalid(String message) implements QueryError {}

  /// A construct of the language that this version cannot run.
  record Unsupported(String construct) implements QueryError {
    @Override
    public String message() {
      return construct + " is not supported yet";
    }
  }

  /// A stated limit of series, points, bytes or rows was passed.
  record Limit(String message) implements QueryError {}

  /// The data made the query fail while it ran.
  record Execution(String message) implements QueryError {}

  /// The deadline passed.
  record Timeout(String message) implements QueryError {}

  /// The client went away or the process is stopping.
  record Cancelled(String message) implements QueryError {}
}
