package dev.pharos.query.traceql;

import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.query.regex.Regex;
import dev.pharos.query.traceql.syntax.FieldOp;
import dev.pharos.query.traceql.syntax.Literal;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// One comparison with a literal, on values as columns hold them. One thread.
final class ValueTest {
  private final FieldOp op;
  private final Literal literal;
  private final OptionalDouble number;
  private final boolean whole;
  private final byte[] text;
  private final @Nullable Regex regex;

  ValueTest(FieldOp op, Literal literal) {
    this.op = op;
    this.literal = literal;
    this.number = Values.number(literal);
    this.whole = literal instanceof Literal.Int || literal instanceof Literal.Duration;
    String value = literal instanceof Literal.Text(String t) ? t : "";
    this.text = value.getBytes(StandardCharsets.UTF_8);
    this.regex = op.isRegex() ? Regex.anchored(value, true) : null;
  }

  /// Whether a missing value satisfies it: `= nil` alone.
  boolean onAbsent() {
    return literal instanceof Literal.Nil && op == FieldOp.EQ;
  }

  boolean of(Literal value) {
    return literal instanceof Literal.Nil ? op == FieldOp.NE : Values.compare(op, value, literal);
  }

  boolean ofDuration(long nanos) {
    if (literal instanceof Literal.Duration(long limit)) {
      return Values.ordered(op, Long.compare(nanos, limit));
    }
    return of(new Literal.Duration(nanos));
  }

  /// Whether it is `< 0`, which among nested-set parents only roots satisfy.
  boolean isBelowZero() {
    return (op == FieldOp.LT && literal.equals(new Literal.Int(0)))
        || (op == FieldOp.EQ && literal.equals(new Literal.Int(-1)));
  }

  /// The test over values whose symbols are of one dictionary.
  Memo over(Symbols symbols) {
    return new Memo(symbols);
  }

  /// Remembers the verdict of each symbol, so that a text is compared once however often it occurs.
  final class Memo {
    private final Symbols symbols;
    private final byte[] known;

    private Memo(Symbols symbols) {
      this.symbols = symbols;
      this.known = new byte[symbols.count()];
    }

    boolean test(byte type, long value) {
      if (type == ValueType.ABSENT) {
        return onAbsent();
      }
      if (literal instanceof Literal.Nil) {
        return Values.of(type, value, symbols).isEmpty() == (op == FieldOp.EQ);
      }
      return switch (type) {
        case ValueType.STRING -> {
          int id = (int) value;
          if (known[id] == 0) {
            known[id] = (byte) (ofText(id) ? 1 : 2);
          }
          yield known[id] == 1;
        }
        case ValueType.INT -> number.isPresent() && ofWhole(value);
        case ValueType.DOUBLE ->
            number.isPresent() && of(new Literal.Float(Double.longBitsToDouble(value)));
        case ValueType.BOOL -> of(new Literal.Bool(value != 0));
        case ValueType.ARRAY ->
            Values.of(type, value, symbols).stream().anyMatch(ValueTest.this::of);
        default -> false;
      };
    }

    private boolean ofWhole(long value) {
      if (!whole) {
        return of(new Literal.Int(value));
      }
      long limit =
          literal instanceof Literal.Int(long i) ? i : ((Literal.Duration) literal).nanos();
      return Values.ordered(op, Long.compare(value, limit));
    }

    private boolean ofText(int id) {
      if (!(literal instanceof Literal.Text)) {
        return false;
      }
      int from = symbols.offset(id);
      return switch (op) {
        case EQ -> symbols.same(id, text);
        case NE -> !symbols.same(id, text);
        case MATCH ->
            regex != null && regex.matches(symbols.bytes(), from, from + symbols.length(id));
        case NOT_MATCH ->
            regex != null && !regex.matches(symbols.bytes(), from, from + symbols.length(id));
        case LT, LE, GT, GE -> of(new Literal.Text(symbols.text(id)));
        case AND, OR, ADD, SUB, MUL, DIV, MOD, POW -> false;
      };
    }
  }
}
