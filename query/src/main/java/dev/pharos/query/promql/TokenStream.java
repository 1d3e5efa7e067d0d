package dev.pharos.query.promql;

import dev.pharos.query.QueryException;

/// The tokens of a query with one token of look-ahead.
final class TokenStream {
  private final String query;
  private final Lexer lexer;
  private Token current;
  private Span last = new Span(0, 0);

  TokenStream(String query) {
    this.query = query;
    this.lexer = new Lexer(query);
    this.current = lexer.next();
  }

  String query() {
    return query;
  }

  Token peek() {
    return current;
  }

  Token take() {
    Token token = current;
    last = token.span();
    current = token.is(TokenKind.EOF) ? token : lexer.next();
    return token;
  }

  /// Whether a left parenthesis follows the current token.
  boolean beforeParenthesis() {
    return lexer.beforeParenthesis();
  }

  /// Where the token taken last stands.
  Span last() {
    return last;
  }

  boolean at(TokenKind kind) {
    return current.is(kind);
  }

  boolean takeIf(TokenKind kind) {
    if (at(kind)) {
      take();
      return true;
    }
    return false;
  }

  boolean takeWord(String word) {
    if (current.isWord(word)) {
      take();
      return true;
    }
    return false;
  }

  Token expect(TokenKind kind, String context, String expected) {
    if (!at(kind)) {
      throw unexpected(context, expected);
    }
    return take();
  }

  QueryException error(Span span, String detail) {
    return ParseErrors.at(query, span, detail);
  }

  /// The error about the current token; empty `context` or `expected` are left out.
  QueryException unexpected(String context, String expected) {
    StringBuilder message = new StringBuilder("unexpected ").append(current.describe());
    if (!context.isEmpty()) {
      message.append(" in ").append(context);
    }
    if (!expected.isEmpty()) {
      message.append(", expected ").append(expected);
    }
    return error(current.span(), message.toString());
  }
}
