package dev.pharos.query.traceql.syntax;

/// What a field expression gives. An attribute may give anything until the data are seen.
public enum Type {
  ATTRIBUTE,
  STRING,
  INT,
  FLOAT,
  DURATION,
  BOOLEAN,
  STATUS,
  KIND,
  NIL;

  boolean isNumeric() {
    return this == INT || this == FLOAT || this == DURATION || this == ATTRIBUTE;
  }

  boolean isBoolean() {
    return this == BOOLEAN || this == ATTRIBUTE;
  }

  boolean comparesWith(Type other) {
    return this == other
        || this == ATTRIBUTE
        || other == ATTRIBUTE
        || (isNumeric() && other.isNumeric());
  }
}
