package dev.pharos.query.traceql.syntax;

import dev.pharos.query.syntax.SyntaxToken;

/// One token of a TraceQL text and where it stands.
///
/// @param text a word, symbol, number or duration as written, a string's value, an attribute's key, an intrinsic's name
/// @param side of an attribute
/// @param line from 1
/// @param column from 1
/// @param from where it begins in the text
/// @param to where it ends
record Token(
    Kind kind, String text, FieldExpr.AttributeSide side, int line, int column, int from, int to)
    implements SyntaxToken {
  enum Kind {
    IDENTIFIER,
    ATTRIBUTE,
    /// `service.name`: a key without a scope, which is an error with a mend.
    UNSCOPED,
    INTRINSIC,
    STRING,
    INTEGER,
    FLOAT,
    DURATION,
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
    return kind == Kind.IDENTIFIER && text.equals(word);
  }

  @Override
  public String described() {
    return switch (kind) {
      case END -> "$end";
      case SYMBOL -> text;
      case UNSCOPED -> "IDENTIFIER " + text;
      case IDENTIFIER, ATTRIBUTE, INTRINSIC, STRING, INTEGER, FLOAT, DURATION ->
          kind.name() + " " + text;
    };
  }
}
