package dev.pharos.query.memory;

import dev.pharos.model.ValueType;
import dev.pharos.query.regex.Bytes;
import dev.pharos.store.read.AttributeScope;
import dev.pharos.store.read.Block;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.Condition;
import dev.pharos.store.read.Field;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Whether one row satisfies a scan's conditions, to the letter of their contract.
final class RowConditions {
  private RowConditions() {}

  static boolean all(Block block, int row, List<Condition> conditions) {
    return conditions.stream().allMatch(c -> one(block, row, c));
  }

  private static boolean one(Block block, int row, Condition condition) {
    return switch (condition) {
      case Condition.AttributeIn c ->
          any(
              block,
              c.scopes(),
              c.key(),
              col ->
                  col.type(row) == ValueType.ARRAY
                      || (col.type(row) == ValueType.STRING && c.values().contains(col.text(row))));
      case Condition.AttributeExists c ->
          any(block, c.scopes(), c.key(), col -> col.type(row) != ValueType.ABSENT);
      case Condition.AttributeBetween c ->
          any(
              block,
              c.scopes(),
              c.key(),
              col -> {
                byte type = col.type(row);
                double value =
                    type == ValueType.INT
                        ? col.value(row)
                        : type == ValueType.DOUBLE
                            ? Double.longBitsToDouble(col.value(row))
                            : Double.NaN;
                return type == ValueType.ARRAY || (value >= c.min() && value <= c.max());
              });
      case Condition.FieldIn c -> c.values().contains(block.column(c.field()).text(row));
      case Condition.FieldBetween c -> {
        long value = block.column(c.field()).value(row);
        yield value >= c.min() && value <= c.max();
      }
      case Condition.DurationBetween c -> {
        long duration = block.column(Field.END).value(row) - block.column(Field.TIME).value(row);
        yield duration >= c.minNanos() && duration <= c.maxNanos();
      }
      case Condition.OfTrace c ->
          block.column(Field.TRACE_HI).value(row) == c.traceHi()
              && block.column(Field.TRACE_LO).value(row) == c.traceLo();
      case Condition.BodyContains c -> {
        Column body = block.column(Field.BODY);
        if (body.type(row) != ValueType.STRING) {
          yield true;
        }
        byte[] text = body.text(row).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        yield c.needles().stream().allMatch(n -> Bytes.indexOf(text, 0, text.length, n) >= 0);
      }
      case Condition.AnyOf c -> c.conditions().stream().anyMatch(inner -> one(block, row, inner));
    };
  }

  private static boolean any(
      Block block, Set<AttributeScope> scopes, String key, Predicate<Column> test) {
    return scopes.stream().map(s -> block.attribute(s, key)).anyMatch(test);
  }
}
