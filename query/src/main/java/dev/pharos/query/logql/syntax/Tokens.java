package dev.pharos.query.logql.syntax;

import dev.pharos.query.syntax.TokenCursor;
import dev.pharos.query.syntax.Units;
import java.util.OptionalLong;

/// A place in the tokens of one LogQL text. One thread.
final class Tokens extends TokenCursor<Token> {
  Tokens(String text) {
    super(Lexer.tokens(text));
  }

  boolean acceptWord(String word) {
    boolean accepted = peek().isWord(word);
    if (accepted) {
      next();
    }
    return accepted;
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
}
