package dev.pharos.query.traceql.syntax;

import dev.pharos.query.QueryException;
import java.util.List;

/// A place in the tokens of one text, with the questions that the parsers ask of it. One thread.
final class Tokens {
  private static final int MAX_DEPTH = 200;

  private final String text;
  private final List<Token> tokens;
  private int at;
  private int depth;

  Tokens(String text) {
    this.text = text;
    this.tokens = Lexer.tokens(text);
    Scopes.refuseUnscoped(text, tokens);
  }

  Token peek() {
    return tokens.get(at);
  }

  Token peek(int ahead) {
    return tokens.get(Math.min(at + ahead, tokens.size() - 1));
  }

  Token next() {
    Token token = peek();
    if (token.kind() != Token.Kind.END) {
      at++;
    }
    return token;
  }

  boolean accept(String symbol) {
    if (peek().isSymbol(symbol)) {
      at++;
      return true;
    }
    return false;
  }

  void expect(String symbol) {
    if (!accept(symbol)) {
      throw unexpected(symbol);
    }
  }

  boolean isCall(String word) {
    return peek().isWord(word) && peek(1).isSymbol("(");
  }

  /// Where the parser stands, to come back to.
  int mark() {
    return at;
  }

  void reset(int mark) {
    at = mark;
  }

  void enter() {
    if (++depth > MAX_DEPTH) {
      throw error("query is nested more than " + MAX_DEPTH + " deep", peek());
    }
  }

  void leave() {
    depth--;
  }

  QueryException unexpected(String... expected) {
    String tail = expected.length == 0 ? "" : ", expecting " + String.join(" or ", expected);
    return error("syntax error: unexpected " + peek().described() + tail, peek());
  }

  QueryException error(String detail, Token where) {
    return Lexer.error(detail, where.line(), where.column());
  }

  String text() {
    return text;
  }
}
