package dev.pharos.query.syntax;

/// What parsers ask of a token of any language.
public interface SyntaxToken {
  /// From 1.
  int line();

  /// From 1.
  int column();

  boolean isEnd();

  boolean isSymbol(String symbol);

  boolean isWord(String word);

  /// How a syntax error names the token.
  String described();
}
