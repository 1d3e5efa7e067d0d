package dev.pharos.query.promql;

/// One condition on a label in a selector, as written.
///
/// @param name the label's name
/// @param op how it compares
/// @param value the text or regular expression compared with
public record LabelMatch(String name, Op op, String value) {
  /// The four comparisons.
  public enum Op {
    EQUAL("="),
    NOT_EQUAL("!="),
    REGEX("=~"),
    NOT_REGEX("!~");

    private final String symbol;

    Op(String symbol) {
      this.symbol = symbol;
    }

    /// The operator as written in a query.
    public String symbol() {
      return symbol;
    }

    static Op of(String symbol) {
      for (Op op : values()) {
        if (op.symbol.equals(symbol)) {
          return op;
        }
      }
      throw new IllegalArgumentException("no matching operator " + symbol);
    }
  }
}
