package dev.pharos.query.traceql.syntax;

import dev.pharos.query.syntax.TokenCursor;
import java.util.List;

/// A place in the tokens of one TraceQL text. One thread.
final class Tokens extends TokenCursor<Token> {
  private final String text;

  Tokens(String text) {
    super(scoped(text));
    this.text = text;
  }

  private static List<Token> scoped(String text) {
    List<Token> tokens = Lexer.tokens(text);
    Scopes.refuseUnscoped(text, tokens);
    return tokens;
  }

  boolean isCall(String word) {
    return isWordBefore(word, "(");
  }

  String text() {
    return text;
  }
}
