package dev.pharos.query.promql;

/// What a token is. `description` is the word that error messages use for kinds that are not printed by their text.
enum TokenKind {
  EOF("end of input"),
  IDENTIFIER("identifier"),
  METRIC_IDENTIFIER("metric identifier"),
  STRING("string"),
  NUMBER("number"),
  DURATION("duration"),
  LEFT_PAREN(""),
  RIGHT_PAREN(""),
  LEFT_BRACE(""),
  RIGHT_BRACE(""),
  LEFT_BRACKET(""),
  RIGHT_BRACKET(""),
  COMMA(""),
  COLON(""),
  ASSIGN(""),
  OPERATOR(""),
  MATCH_OPERATOR(""),
  AT(""),
  AGGREGATOR(""),
  KEYWORD(""),
  PREPROCESSOR("");

  private final String description;

  TokenKind(String description) {
    this.description = description;
  }

  String description() {
    return description;
  }
}
