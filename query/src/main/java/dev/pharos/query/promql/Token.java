package dev.pharos.query.promql;

import java.util.Locale;

/// One lexical element: its kind, its text as written and where it stands.
record Token(TokenKind kind, String text, Span span) {

  boolean is(TokenKind other) {
    return kind == other;
  }

  /// Whether this is the keyword, aggregator, operator word or preprocessor `word` (given in lower case).
  boolean isWord(String word) {
    return switch (kind) {
      case KEYWORD, AGGREGATOR, OPERATOR, PREPROCESSOR -> text.equalsIgnoreCase(word);
      default -> false;
    };
  }

  String lower() {
    return text.toLowerCase(Locale.ROOT);
  }

  /// The token as Prometheus names it in "unexpected …" messages.
  String describe() {
    return switch (kind) {
      case EOF -> kind.description();
      case IDENTIFIER, METRIC_IDENTIFIER -> kind.description() + " " + Quoting.quote(text);
      case STRING, NUMBER, DURATION -> kind.description() + " " + shortened();
      case KEYWORD, PREPROCESSOR -> "<" + text + ">";
      case OPERATOR, MATCH_OPERATOR, AT -> "<op:" + text + ">";
      case AGGREGATOR -> "<aggr:" + text + ">";
      case LEFT_PAREN,
          RIGHT_PAREN,
          LEFT_BRACE,
          RIGHT_BRACE,
          LEFT_BRACKET,
          RIGHT_BRACKET,
          COMMA,
          COLON,
          ASSIGN ->
          Quoting.quote(text);
    };
  }

  private String shortened() {
    if (text.length() <= 10) {
      return Quoting.quote(text);
    }
    return Quoting.quote(text.substring(0, 10)) + "...";
  }
}
