package dev.pharos.query.traceql.syntax;

/// An operator between two field expressions.
public enum FieldOp {
  AND("&&", 1),
  OR("||", 1),
  EQ("=", 2),
  NE("!=", 2),
  LT("<", 2),
  LE("<=", 2),
  GT(">", 2),
  GE(">=", 2),
  MATCH("=~", 2),
  NOT_MATCH("!~", 2),
  ADD("+", 3),
  SUB("-", 3),
  MUL("*", 5),
  DIV("/", 5),
  MOD("%", 5),
  POW("^", 6);

  static final int UNARY_NOT = 5;
  static final int UNARY_MINUS = 4;

  private final String symbol;
  private final int precedence;

  FieldOp(String symbol, int precedence) {
    this.symbol = symbol;
    this.precedence = precedence;
  }

  public String symbol() {
    return symbol;
  }

  int precedence() {
    return precedence;
  }

  public boolean isComparison() {
    return precedence == 2;
  }

  public boolean isLogic() {
    return precedence == 1;
  }

  public boolean isArithmetic() {
    return precedence > 2;
  }

  public boolean isRegex() {
    return this == MATCH || this == NOT_MATCH;
  }
}
