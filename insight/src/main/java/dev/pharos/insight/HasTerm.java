package dev.pharos.insight;

import dev.pharos.insight.compare.Scope;
import dev.pharos.insight.compare.Term;
import dev.pharos.model.ValueType;
import dev.pharos.store.read.AttributeScope;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.SpanBlock;
import java.util.function.IntPredicate;

/// Tells which rows of a block have an attribute's value, or a number within its bound. One thread.
final class HasTerm implements IntPredicate {
  private final Column column;
  private final Term term;

  /// By symbol: 0 not known yet, 1 no, 2 yes.
  private final byte[] texts;

  HasTerm(SpanBlock block, Term term) {
    this.term = term;
    String key = term.attribute().key();
    column =
        switch (term.attribute().scope()) {
          case SPAN -> block.attribute(AttributeScope.ITEM, key);
          case RESOURCE -> block.attribute(AttributeScope.RESOURCE, key);
          case INTRINSIC -> intrinsic(block, key);
        };
    texts = new byte[column.symbols().count()];
  }

  private static Column intrinsic(SpanBlock block, String key) {
    return switch (key) {
      case "name" -> block.column(Field.NAME);
      case "kind" -> block.column(Field.KIND);
      case "status" -> block.column(Field.STATUS_CODE);
      default -> Column.absent(block.rows());
    };
  }

  @Override
  public boolean test(int row) {
    return switch (column.type(row)) {
      case ValueType.STRING -> isText((int) column.value(row));
      case ValueType.INT -> isNumber(column.value(row));
      case ValueType.DOUBLE -> isNumber(Double.longBitsToDouble(column.value(row)));
      case ValueType.BOOL -> term.value().equals(Boolean.toString(column.value(row) != 0));
      default -> false;
    };
  }

  private boolean isText(int symbol) {
    if (texts[symbol] == 0) {
      texts[symbol] = (byte) (column.symbols().text(symbol).equals(term.value()) ? 2 : 1);
    }
    return texts[symbol] == 2;
  }

  private boolean isNumber(double value) {
    if (term.attribute().scope() == Scope.INTRINSIC) {
      return false;
    }
    double bound;
    try {
      bound = Double.parseDouble(term.value());
    } catch (NumberFormatException e) {
      return false;
    }
    return switch (term.bound()) {
      case EQUAL -> value == bound;
      case ABOVE -> value > bound;
      case UP_TO -> value <= bound;
    };
  }
}
