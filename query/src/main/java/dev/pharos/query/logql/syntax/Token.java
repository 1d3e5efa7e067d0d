package dev.pharos.query.logql.syntax;

import dev.pharos.query.syntax.Quoting;
import dev.pharos.query.syntax.SyntaxToken;

/// One token of a LogQL text and where it begins.
///
/// @param text an identifier's or symbol's text, a string's value, a number's, duration's or size's text as written
/// @param line from 1
/// @param column from 1
record Token(Kind kind, String text, int line, int column) implements SyntaxToken {
  enum Kind {
    IDENTIFIER,
    STRING,
    NUMBER,
    DURATION,
    BYTES,
    /// A duration between brackets.
    RANGE,
    /// `--strict` or `--keep-empty`.
    FLAG,
    SYMBOL,
    END
  }

  @Override
  public boolean isEnd() {
    return kind == Kind.END;
  }

  @Override
  public boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  @Override
  public boolean isWord(String word) {
    return kind == Kind.IDENTIFIER && text.equalsIgnoreCase(word);
  }

  @Override
  public String described() {
    return switch (kind) {
      case END -> "$end";
      case SYMBOL -> text;
      case IDENTIFIER, STRING, NUMBER, DURATION, BYTES, RANGE, FLAG -> kind.name() + " " + quoted();
    };
  }

  private String quoted() {
    String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
    return kind == Kind.STRING ? Quoting.quote(shown) : shown;
  }
}
