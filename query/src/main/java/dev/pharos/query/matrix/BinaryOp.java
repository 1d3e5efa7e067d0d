package dev.pharos.query.matrix;

import java.util.Optional;

/// The operators between two operands, with their binding strength (higher binds tighter).
public enum BinaryOp {
  OR("or", 1, Kind.SET),
  AND("and", 2, Kind.SET),
  UNLESS("unless", 2, Kind.SET),
  EQUAL("==", 3, Kind.COMPARISON),
  NOT_EQUAL("!=", 3, Kind.COMPARISON),
  LESS("<", 3, Kind.COMPARISON),
  LESS_EQUAL("<=", 3, Kind.COMPARISON),
  GREATER(">", 3, Kind.COMPARISON),
  GREATER_EQUAL(">=", 3, Kind.COMPARISON),
  /// Drops what a histogram holds above the right side.
  TRIM_UPPER("</", 3, Kind.ARITHMETIC),
  /// Drops what a histogram holds below the right side.
  TRIM_LOWER(">/", 3, Kind.ARITHMETIC),
  ADD("+", 4, Kind.ARITHMETIC),
  SUBTRACT("-", 4, Kind.ARITHMETIC),
  MULTIPLY("*", 5, Kind.ARITHMETIC),
  DIVIDE("/", 5, Kind.ARITHMETIC),
  MODULO("%", 5, Kind.ARITHMETIC),
  ATAN2("atan2", 5, Kind.ARITHMETIC),
  POWER("^", 6, Kind.ARITHMETIC);

  /// The three families of operators.
  public enum Kind {
    SET,
    COMPARISON,
    ARITHMETIC
  }

  private final String symbol;
  private final int precedence;
  private final Kind kind;

  BinaryOp(String symbol, int precedence, Kind kind) {
    this.symbol = symbol;
    this.precedence = precedence;
    this.kind = kind;
  }

  /// The operator as written.
  public String symbol() {
    return symbol;
  }

  public int precedence() {
    return precedence;
  }

  /// Whether `a op b op c` is `a op (b op c)`.
  public boolean rightAssociative() {
    return this == POWER;
  }

  public boolean isSet() {
    return kind == Kind.SET;
  }

  public boolean isComparison() {
    return kind == Kind.COMPARISON;
  }

  /// Whether the result is no longer the metric that went in, so that its name is dropped.
  public boolean changesMeaning() {
    return kind == Kind.ARITHMETIC && this != TRIM_UPPER && this != TRIM_LOWER;
  }

  /// The operator written as `symbol` (words in lower case), if there is one.
  public static Optional<BinaryOp> of(String symbol) {
    for (BinaryOp op : values()) {
      if (op.symbol.equals(symbol)) {
        return Optional.of(op);
      }
    }
    return Optional.empty();
  }
}
