package dev.pharos.query.traceql.syntax;

import com.google.re2j.PatternSyntaxException;
import dev.pharos.query.regex.Regex;

/// Which operators go with which operands.
final class TypeChecks {
  private TypeChecks() {}

  static FieldExpr.Binary binary(FieldExpr.Binary binary, Tokens tokens, Token at) {
    Type left = binary.left().type();
    Type right = binary.right().type();
    if (left == Type.NIL || right == Type.NIL) {
      nil(binary, tokens, at);
      return binary;
    }
    if (!left.comparesWith(right)) {
      throw tokens.error("binary operations must operate on the same type: " + plain(binary), at);
    }
    if (!allowed(binary.op(), left) || !allowed(binary.op(), right)) {
      throw tokens.error("illegal operation for the given types: " + plain(binary), at);
    }
    if (binary.op().isRegex()
        && binary.right() instanceof FieldExpr.Static(Literal.Text(String expression))) {
      try {
        var unused = Regex.anchored(expression, true);
      } catch (PatternSyntaxException e) {
        throw tokens.error(
            "invalid regex: error parsing regexp: "
                + e.getDescription()
                + ": `"
                + e.getPattern()
                + "`",
            at);
      }
    }
    return binary;
  }

  private static String plain(FieldExpr.Binary binary) {
    return binary.left() + " " + binary.op().symbol() + " " + binary.right();
  }

  private static boolean allowed(FieldOp op, Type type) {
    return switch (type) {
      case ATTRIBUTE -> true;
      case STRING -> op.isComparison();
      case INT, FLOAT, DURATION -> op.isArithmetic() || (op.isComparison() && !op.isRegex());
      case BOOLEAN -> op.isLogic() || op == FieldOp.EQ || op == FieldOp.NE;
      case STATUS, KIND, NIL -> op == FieldOp.EQ || op == FieldOp.NE;
    };
  }

  /// Only an attribute can be missing, and of those not the service name, which every Resource is given.
  private static void nil(FieldExpr.Binary binary, Tokens tokens, Token at) {
    if (binary.op() != FieldOp.EQ && binary.op() != FieldOp.NE) {
      throw tokens.error("illegal operation for the given types: " + plain(binary), at);
    }
    for (FieldExpr side : new FieldExpr[] {binary.left(), binary.right()}) {
      boolean serviceName =
          side instanceof FieldExpr.Attribute(FieldExpr.AttributeSide where, String key)
              && where == FieldExpr.AttributeSide.RESOURCE
              && key.equals("service.name");
      boolean intrinsic =
          side instanceof FieldExpr.IntrinsicField f && f.intrinsic() != Intrinsic.PARENT;
      if (intrinsic || serviceName) {
        throw tokens.error(side + " cannot be compared with nil: it is always there", at);
      }
    }
  }

  static FieldExpr.Unary unary(FieldExpr.Unary unary, Tokens tokens, Token at) {
    Type type = unary.inner().type();
    if (unary.not() ? !type.isBoolean() : !type.isNumeric()) {
      throw tokens.error(
          "illegal operation for the given type: " + (unary.not() ? "!" : "-") + unary.inner(), at);
    }
    return unary;
  }

  /// Whether an expression asks anything of the span.
  static boolean referencesSpan(FieldExpr expr) {
    return switch (expr) {
      case FieldExpr.Static s -> false;
      case FieldExpr.IntrinsicField i -> true;
      case FieldExpr.Attribute a -> true;
      case FieldExpr.Unary u -> referencesSpan(u.inner());
      case FieldExpr.Binary b -> referencesSpan(b.left()) || referencesSpan(b.right());
    };
  }
}
