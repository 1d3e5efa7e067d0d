package dev.pharos.query.logql.syntax;

import dev.pharos.query.QueryException;
import java.util.List;
import java.util.OptionalLong;

/// A place in the tokens of one text, with the questions that the parsers ask of it. One thread.
final class Tokens {
  private static final int MAX_DEPTH = 200;

  private final List<Token> tokens;
  private int at;
  private int depth;

  Tokens(String text) {
    this.tokens = Lexer.tokens(text);
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

  boolean acceptWord(String word) {
    if (peek().isWord(word)) {
      at++;
      return true;
    }
    return false;
  }

  boolean isWordBefore(String word, String symbol) {
    return peek().isWord(word) && peek(1).isSymbol(symbol);
  }

  void expect(String symbol) {
    if (!accept(symbol)) {
      throw unexpected(symbol);
    }
  }

  String expect(Token.Kind kind) {
    if (peek().kind() != kind) {
      throw unexpected(kind.name());
    }
    return next().text();
  }

  double number() {
    Token token = peek();
    expect(Token.Kind.NUMBER);
    try {
      return Double.parseDouble(token.text());
    } catch (NumberFormatException e) {
      throw error("invalid number: " + token.text() + " cannot be read as a float", token);
    }
  }

  long duration() {
    Token token = peek();
    boolean negative = accept("-");
    String text = expect(Token.Kind.DURATION);
    OptionalLong nanos = Units.queryDuration(text);
    if (nanos.isEmpty()) {
      throw error("not a valid duration string: \"" + text + "\"", token);
    }
    return negative ? -nanos.getAsLong() : nanos.getAsLong();
  }

  /// Counts one level of nesting, so that a hostile text cannot exhaust the stack.
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
}
