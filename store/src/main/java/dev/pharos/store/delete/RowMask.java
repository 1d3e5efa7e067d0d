package dev.pharos.store.delete;

import dev.pharos.model.Ids;
import dev.pharos.model.ValueType;
import dev.pharos.store.read.AttributeScope;
import dev.pharos.store.read.Block;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.Field;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

/// Which rows of a block deletions hide. Stateless.
public final class RowMask {
  private RowMask() {}

  /// The rows that some of the deletions hide.
  public static BitSet of(Block block, List<Deletion> deletions) {
    var hidden = new BitSet(block.rows());
    for (Deletion deletion : deletions) {
      hidden.or(of(block, deletion));
    }
    return hidden;
  }

  private static BitSet of(Block block, Deletion deletion) {
    Column time = block.column(Field.TIME);
    var rows = new BitSet(block.rows());
    for (int row = 0; row < block.rows(); row++) {
      rows.set(
          row, time.value(row) >= deletion.fromNanos() && time.value(row) < deletion.toNanos());
    }
    for (RowMatcher matcher : deletion.matchers()) {
      if (rows.isEmpty()) {
        return rows;
      }
      keep(rows, block, matcher);
    }
    return rows;
  }

  private static void keep(BitSet rows, Block block, RowMatcher matcher) {
    if (matcher.subject() == RowMatcher.Subject.FIELD
        && matcher.name().equals(FieldNames.TRACE_ID)) {
      keepTraces(rows, block, matcher.test());
      return;
    }
    boolean id =
        matcher.subject() == RowMatcher.Subject.FIELD
            && FieldNames.isId(FieldNames.of(matcher.name()));
    Column column = column(block, matcher);
    Predicate<String> test = matcher.test();
    boolean absent = test.test("");
    // Of each symbol: not looked at yet, satisfies, does not.
    var known = new byte[column.symbols().count()];
    for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
      long value = column.isAbsent() ? 0 : column.value(row);
      boolean keeps =
          switch (column.type(row)) {
            case ValueType.ABSENT, ValueType.EMPTY -> absent;
            case ValueType.STRING -> {
              int symbol = (int) value;
              if (known[symbol] == 0) {
                known[symbol] = (byte) (test.test(column.symbols().text(symbol)) ? 1 : 2);
              }
              yield known[symbol] == 1;
            }
            case ValueType.BOOL -> test.test(value == 0 ? "false" : "true");
            case ValueType.INT ->
                test.test(id ? value == 0 ? "" : Ids.spanHex(value) : Long.toString(value));
            case ValueType.DOUBLE -> test.test(Double.toString(Double.longBitsToDouble(value)));
            default -> false;
          };
      rows.set(row, keeps);
    }
  }

  private static void keepTraces(BitSet rows, Block block, Predicate<String> test) {
    Column hi = block.column(Field.TRACE_HI);
    Column lo = block.column(Field.TRACE_LO);
    for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
      boolean none = (hi.value(row) | lo.value(row)) == 0;
      rows.set(row, test.test(none ? "" : Ids.traceHex(hi.value(row), lo.value(row))));
    }
  }

  private static Column column(Block block, RowMatcher matcher) {
    return switch (matcher.subject()) {
      case RESOURCE -> block.attribute(AttributeScope.RESOURCE, matcher.name());
      case SCOPE -> block.attribute(AttributeScope.SCOPE, matcher.name());
      case ATTRIBUTE -> block.attribute(AttributeScope.ITEM, matcher.name());
      case FIELD -> block.column(FieldNames.of(matcher.name()));
      case LABEL ->
          throw new IllegalArgumentException(
              "a deletion by the label " + matcher.name() + " reached rows without labels");
    };
  }
}
