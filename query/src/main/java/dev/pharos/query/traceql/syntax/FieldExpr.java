package dev.pharos.query.traceql.syntax;

/// An expression on one span: literals, intrinsics, attributes and operators between them. `toString` is TraceQL that
/// parses to an equal tree.
public sealed interface FieldExpr {
  Type type();

  record Static(Literal literal) implements FieldExpr {
    @Override
    public Type type() {
      return literal.type();
    }

    @Override
    public String toString() {
      return literal.toString();
    }
  }

  record IntrinsicField(Intrinsic intrinsic) implements FieldExpr {
    @Override
    public Type type() {
      return intrinsic.type();
    }

    @Override
    public String toString() {
      return intrinsic.word();
    }
  }

  /// An attribute by its original key.
  record Attribute(AttributeSide side, String key) implements FieldExpr {
    @Override
    public Type type() {
      return Type.ATTRIBUTE;
    }

    @Override
    public String toString() {
      return side.prefix() + AttributeNames.print(key);
    }
  }

  /// `!` or `-`.
  record Unary(boolean not, FieldExpr inner) implements FieldExpr {
    @Override
    public Type type() {
      return not ? Type.BOOLEAN : inner.type();
    }

    @Override
    public String toString() {
      return (not ? "!" : "-") + "(" + inner + ")";
    }
  }

  record Binary(FieldOp op, FieldExpr left, FieldExpr right) implements FieldExpr {
    @Override
    public Type type() {
      if (!op.isArithmetic()) {
        return Type.BOOLEAN;
      }
      if (left.type() == Type.ATTRIBUTE || right.type() == Type.ATTRIBUTE) {
        return Type.ATTRIBUTE;
      }
      if (left.type() == Type.DURATION || right.type() == Type.DURATION) {
        return Type.DURATION;
      }
      return left.type() == Type.FLOAT ? Type.FLOAT : right.type();
    }

    @Override
    public String toString() {
      return "(" + left + " " + op.symbol() + " " + right + ")";
    }
  }

  /// Where an attribute is looked for.
  enum AttributeSide {
    /// Span, then Resource.
    ANY("."),
    SPAN("span."),
    RESOURCE("resource."),
    EVENT("event."),
    LINK("link."),
    INSTRUMENTATION("instrumentation."),
    PARENT("parent.");

    private final String prefix;

    AttributeSide(String prefix) {
      this.prefix = prefix;
    }

    public String prefix() {
      return prefix;
    }
  }
}
