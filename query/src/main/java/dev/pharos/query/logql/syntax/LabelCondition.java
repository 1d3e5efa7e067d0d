package dev.pharos.query.logql.syntax;

/// A condition on a line's labels.
public sealed interface LabelCondition {
  record Text(Matcher matcher) implements LabelCondition {}

  record Number(String label, Comparison op, double value) implements LabelCondition {}

  record Duration(String label, Comparison op, long nanos) implements LabelCondition {}

  record Bytes(String label, Comparison op, long bytes) implements LabelCondition {}

  record Ip(String label, boolean negated, String pattern) implements LabelCondition {}

  record And(LabelCondition left, LabelCondition right) implements LabelCondition {}

  record Or(LabelCondition left, LabelCondition right) implements LabelCondition {}

  enum Comparison {
    EQ("=="),
    NE("!="),
    GT(">"),
    GE(">="),
    LT("<"),
    LE("<=");

    private final String symbol;

    Comparison(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }

    public boolean test(double left, double right) {
      return switch (this) {
        case EQ -> left == right;
        case NE -> left != right;
        case GT -> left > right;
        case GE -> left >= right;
        case LT -> left < right;
        case LE -> left <= right;
      };
    }

    public boolean test(long left, long right) {
      return switch (this) {
        case EQ -> left == right;
        case NE -> left != right;
        case GT -> left > right;
        case GE -> left >= right;
        case LT -> left < right;
        case LE -> left <= right;
      };
    }
  }
}
