package dev.pharos.query.traceql;

import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.model.proto.DecodeException;
import dev.pharos.model.text.NestedMembers;
import dev.pharos.model.text.ValueText;
import dev.pharos.query.QueryError;
import dev.pharos.query.QueryException;
import dev.pharos.query.regex.Regex;
import dev.pharos.query.traceql.syntax.FieldOp;
import dev.pharos.query.traceql.syntax.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// Compares and computes with single values. Numbers compare by value whatever their kind; values of other kinds that
/// differ compare as unequal and in no order. Stateless.
final class Values {
  private Values() {}

  /// The values of an attribute: one, the elements of an array, or none for what queries cannot compare.
  static List<Literal> of(byte type, long value, Symbols symbols) {
    return switch (type) {
      case ValueType.STRING -> List.of(new Literal.Text(symbols.text((int) value)));
      case ValueType.BOOL -> List.of(new Literal.Bool(value != 0));
      case ValueType.INT -> List.of(new Literal.Int(value));
      case ValueType.DOUBLE -> List.of(new Literal.Float(Double.longBitsToDouble(value)));
      case ValueType.ARRAY -> elements(symbols, (int) value);
      default -> List.of();
    };
  }

  private static List<Literal> elements(Symbols symbols, int symbol) {
    var list = new ArrayList<Literal>();
    byte[] bytes = symbols.bytes();
    int from = symbols.offset(symbol);
    try {
      NestedMembers.forEach(
          ValueType.ARRAY,
          bytes,
          from,
          from + symbols.length(symbol),
          (key, type, number, start, end) -> {
            switch (type) {
              case ValueType.STRING ->
                  list.add(new Literal.Text(ValueText.of(type, number, bytes, start, end)));
              case ValueType.BOOL -> list.add(new Literal.Bool(number != 0));
              case ValueType.INT -> list.add(new Literal.Int(number));
              case ValueType.DOUBLE -> list.add(new Literal.Float(Double.longBitsToDouble(number)));
              default -> {}
            }
          });
    } catch (DecodeException e) {
      return List.of();
    }
    return list;
  }

  static OptionalDouble number(Literal literal) {
    return switch (literal) {
      case Literal.Int i -> OptionalDouble.of(i.value());
      case Literal.Float f -> OptionalDouble.of(f.value());
      case Literal.Duration d -> OptionalDouble.of(d.nanos());
      case Literal.Text t -> OptionalDouble.empty();
      case Literal.Bool b -> OptionalDouble.empty();
      case Literal.Nil n -> OptionalDouble.empty();
      case Literal.Status s -> OptionalDouble.empty();
      case Literal.Kind k -> OptionalDouble.empty();
    };
  }

  /// The whole number that a literal holds exactly, for integers and durations.
  private static boolean isWhole(Literal literal) {
    return literal instanceof Literal.Int || literal instanceof Literal.Duration;
  }

  private static long whole(Literal literal) {
    return literal instanceof Literal.Int(long value)
        ? value
        : ((Literal.Duration) literal).nanos();
  }

  static boolean compare(FieldOp op, Literal left, Literal right) {
    OptionalDouble a = number(left);
    OptionalDouble b = number(right);
    if (a.isPresent() && b.isPresent()) {
      return isWhole(left) && isWhole(right)
          ? ordered(op, Long.compare(whole(left), whole(right)))
          : numbers(op, a.getAsDouble(), b.getAsDouble());
    }
    if (left instanceof Literal.Text(String x) && right instanceof Literal.Text(String y)) {
      return switch (op) {
        case MATCH -> Regex.anchored(y, true).matches(x);
        case NOT_MATCH -> !Regex.anchored(y, true).matches(x);
        case EQ, NE, LT, LE, GT, GE, AND, OR, ADD, SUB, MUL, DIV, MOD, POW ->
            ordered(op, x.compareTo(y));
      };
    }
    boolean sameKind = left.type() == right.type();
    return switch (op) {
      case EQ -> sameKind && left.equals(right);
      case NE -> sameKind && !left.equals(right);
      case LT, LE, GT, GE, MATCH, NOT_MATCH, AND, OR, ADD, SUB, MUL, DIV, MOD, POW -> false;
    };
  }

  private static boolean numbers(FieldOp op, double a, double b) {
    return switch (op) {
      case EQ -> a == b;
      case NE -> a != b;
      case LT -> a < b;
      case LE -> a <= b;
      case GT -> a > b;
      case GE -> a >= b;
      case MATCH, NOT_MATCH, AND, OR, ADD, SUB, MUL, DIV, MOD, POW -> false;
    };
  }

  static boolean ordered(FieldOp op, int order) {
    return switch (op) {
      case EQ -> order == 0;
      case NE -> order != 0;
      case LT -> order < 0;
      case LE -> order <= 0;
      case GT -> order > 0;
      case GE -> order >= 0;
      case MATCH, NOT_MATCH, AND, OR, ADD, SUB, MUL, DIV, MOD, POW -> false;
    };
  }

  /// Arithmetic; empty where an operand is no number.
  ///
  /// @throws QueryException for a whole division by zero
  static List<Literal> compute(FieldOp op, Literal left, Literal right) {
    OptionalDouble a = number(left);
    OptionalDouble b = number(right);
    if (a.isEmpty() || b.isEmpty()) {
      return List.of();
    }
    boolean duration = left instanceof Literal.Duration || right instanceof Literal.Duration;
    if (isWhole(left) && isWhole(right)) {
      long result = whole(op, whole(left), whole(right));
      return List.of(duration ? new Literal.Duration(result) : new Literal.Int(result));
    }
    double result = real(op, a.getAsDouble(), b.getAsDouble());
    return List.of(duration ? new Literal.Duration((long) result) : new Literal.Float(result));
  }

  private static long whole(FieldOp op, long a, long b) {
    if (b == 0 && (op == FieldOp.DIV || op == FieldOp.MOD)) {
      throw new QueryException(
          new QueryError.Execution("division by zero: " + a + " " + op.symbol() + " 0"));
    }
    return switch (op) {
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case DIV -> a / b;
      case MOD -> a % b;
      case POW -> (long) Math.pow(a, b);
      case AND, OR, EQ, NE, LT, LE, GT, GE, MATCH, NOT_MATCH ->
          throw new IllegalStateException(op + " computes nothing");
    };
  }

  static double real(FieldOp op, double a, double b) {
    return switch (op) {
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case DIV -> a / b;
      case MOD -> a % b;
      case POW -> Math.pow(a, b);
      case AND, OR, EQ, NE, LT, LE, GT, GE, MATCH, NOT_MATCH ->
          throw new IllegalStateException(op + " computes nothing");
    };
  }
}
