package dev.pharos.query.traceql.syntax;

import dev.pharos.query.syntax.Quoting;
import dev.pharos.query.syntax.Units;
import java.util.Locale;

/// A value written in a query.
public sealed interface Literal {
  Type type();

  record Text(String value) implements Literal {
    @Override
    public Type type() {
      return Type.STRING;
    }

    @Override
    public String toString() {
      return Quoting.quote(value);
    }
  }

  record Int(long value) implements Literal {
    @Override
    public Type type() {
      return Type.INT;
    }

    @Override
    public String toString() {
      return value == Long.MIN_VALUE ? "minInt" : Long.toString(value);
    }
  }

  record Float(double value) implements Literal {
    @Override
    public Type type() {
      return Type.FLOAT;
    }

    @Override
    public String toString() {
      return new java.math.BigDecimal(value).stripTrailingZeros().scale() <= 0
          ? String.format(Locale.ROOT, "%.1f", value)
          : Double.toString(value);
    }
  }

  record Duration(long nanos) implements Literal {
    @Override
    public Type type() {
      return Type.DURATION;
    }

    @Override
    public String toString() {
      return Units.printDuration(nanos);
    }
  }

  record Bool(boolean value) implements Literal {
    @Override
    public Type type() {
      return Type.BOOLEAN;
    }

    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  record Nil() implements Literal {
    @Override
    public Type type() {
      return Type.NIL;
    }

    @Override
    public String toString() {
      return "nil";
    }
  }

  /// A span's status; the ordinal is its number in OTLP.
  enum Status implements Literal {
    UNSET,
    OK,
    ERROR;

    @Override
    public Type type() {
      return Type.STATUS;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// A span's kind; the ordinal is its number in OTLP.
  enum Kind implements Literal {
    UNSPECIFIED,
    INTERNAL,
    SERVER,
    CLIENT,
    PRODUCER,
    CONSUMER;

    @Override
    public Type type() {
      return Type.KIND;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
