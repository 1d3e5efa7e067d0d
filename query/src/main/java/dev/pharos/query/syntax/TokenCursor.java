package dev.pharos.query.syntax;

import dev.pharos.query.QueryException;
import java.util.List;

/// A place in the tokens of one text, with the questions that the parsers of every language ask of it. One thread.
public abstract class TokenCursor<T extends SyntaxToken> {
  private static final int MAX_DEPTH = 200;

  private final List<T> tokens;
  private int at;
  private int depth;

  /// @param tokens the last of which is the end
  protected TokenCursor(List<T> tokens) {
    this.tokens = tokens;
  }

  public final T peek() {
    return tokens.get(at);
  }

  public final T peek(int ahead) {
    return tokens.get(Math.min(at + ahead, tokens.size() - 1));
  }

  public final T next() {
    T token = peek();
    if (!token.isEnd()) {
      at++;
    }
    return token;
  }

  public final boolean accept(String symbol) {
    if (peek().isSymbol(symbol)) {
      at++;
      return true;
    }
    return false;
  }

  public final void expect(String symbol) {
    if (!accept(symbol)) {
      throw unexpected(symbol);
    }
  }

  public final boolean isWordBefore(String word, String symbol) {
    return peek().isWord(word) && peek(1).isSymbol(symbol);
  }

  /// Where the parser stands, to come back to.
  public final int mark() {
    return at;
  }

  public final void reset(int mark) {
    at = mark;
  }

  /// Counts one level of nesting, so that a hostile text cannot exhaust the stack.
  public final void enter() {
    if (++depth > MAX_DEPTH) {
      throw error("query is nested more than " + MAX_DEPTH + " deep", peek());
    }
  }

  public final void leave() {
    depth--;
  }

  public final QueryException unexpected(String... expected) {
    String tail = expected.length == 0 ? "" : ", expecting " + String.join(" or ", expected);
    return error("syntax error: unexpected " + peek().described() + tail, peek());
  }

  public final QueryException error(String detail, T where) {
    return TextCursor.error(detail, where.line(), where.column());
  }
}
