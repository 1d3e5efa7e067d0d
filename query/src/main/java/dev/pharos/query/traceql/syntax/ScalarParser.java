package dev.pharos.query.traceql.syntax;

import dev.pharos.query.traceql.syntax.TraceqlQuery.ScalarExpr;
import dev.pharos.query.traceql.syntax.TraceqlQuery.Stage;
import java.util.Optional;
import java.util.Set;

/// Reads comparisons of aggregates, such as `count() > 2`.
final class ScalarParser {
  private static final Set<String> AGGREGATES = Set.of("count", "min", "max", "avg", "sum");

  private final Tokens tokens;
  private final FieldParser fields;

  ScalarParser(Tokens tokens, FieldParser fields) {
    this.tokens = tokens;
    this.fields = fields;
  }

  /// Whether what begins here, behind any parentheses or a number and an operator, is an aggregate.
  boolean startsScalarFilter() {
    int i = 0;
    while (true) {
      Token token = tokens.peek(i);
      boolean passed =
          switch (token.kind()) {
            case INTEGER, FLOAT, DURATION -> true;
            case SYMBOL -> !token.text().equals("{") && !token.text().equals("|");
            case IDENTIFIER, ATTRIBUTE, UNSCOPED, INTRINSIC, STRING, END -> false;
          };
      if (!passed) {
        return token.kind() == Token.Kind.IDENTIFIER && AGGREGATES.contains(token.text());
      }
      i++;
    }
  }

  Stage filter() {
    Token start = tokens.peek();
    ScalarExpr left = expression(3);
    Optional<FieldOp> op = comparison();
    if (op.isEmpty()) {
      throw tokens.unexpected("=", "!=", ">", ">=", "<", "<=");
    }
    tokens.next();
    ScalarExpr right = expression(3);
    Type leftType = type(left);
    Type rightType = type(right);
    if (!leftType.comparesWith(rightType) || !leftType.isNumeric()) {
      throw tokens.error(
          "scalar filters must compare numbers: " + left + " " + op.get().symbol() + " " + right,
          start);
    }
    if (!referencesSpan(left) && !referencesSpan(right)) {
      throw tokens.error(
          "scalar expressions must reference the span: "
              + left
              + " "
              + op.get().symbol()
              + " "
              + right,
          start);
    }
    return new Stage.ScalarFilter(op.get(), left, right);
  }

  private Optional<FieldOp> comparison() {
    for (FieldOp op : FieldOp.values()) {
      if (op.isComparison() && !op.isRegex() && tokens.peek().isSymbol(op.symbol())) {
        return Optional.of(op);
      }
    }
    return Optional.empty();
  }

  private ScalarExpr expression(int least) {
    tokens.enter();
    ScalarExpr left = atom();
    while (true) {
      Optional<FieldOp> op = Optional.empty();
      for (FieldOp each : FieldOp.values()) {
        if (each.isArithmetic() && tokens.peek().isSymbol(each.symbol())) {
          op = Optional.of(each);
        }
      }
      if (op.isEmpty() || op.get().precedence() < least) {
        tokens.leave();
        return left;
      }
      tokens.next();
      int next = op.get() == FieldOp.POW ? op.get().precedence() : op.get().precedence() + 1;
      left = new ScalarExpr.Arithmetic(op.get(), left, expression(next));
    }
  }

  private ScalarExpr atom() {
    Token token = tokens.peek();
    if (tokens.accept("(")) {
      ScalarExpr inner = expression(3);
      tokens.expect(")");
      return inner;
    }
    if (token.kind() != Token.Kind.IDENTIFIER) {
      return new ScalarExpr.Number(fields.signedLiteral());
    }
    if (!AGGREGATES.contains(token.text()) || !tokens.peek(1).isSymbol("(")) {
      throw tokens.unexpected();
    }
    tokens.next();
    tokens.expect("(");
    if (token.isWord("count")) {
      tokens.expect(")");
      return new ScalarExpr.Aggregate("count", Optional.empty());
    }
    FieldExpr argument = fields.expression();
    tokens.expect(")");
    if (!TypeChecks.referencesSpan(argument)) {
      throw tokens.error(
          "aggregate field expressions must reference the span: "
              + token.text()
              + "("
              + argument
              + ")",
          token);
    }
    if (!argument.type().isNumeric()) {
      throw tokens.error(
          "aggregate field expressions must resolve to a number type: "
              + token.text()
              + "("
              + argument
              + ")",
          token);
    }
    return new ScalarExpr.Aggregate(token.text(), Optional.of(argument));
  }

  private static Type type(ScalarExpr expr) {
    return switch (expr) {
      case ScalarExpr.Number n -> n.value().type();
      case ScalarExpr.Aggregate a -> a.argument().map(FieldExpr::type).orElse(Type.INT);
      case ScalarExpr.Arithmetic a -> type(a.left());
    };
  }

  private static boolean referencesSpan(ScalarExpr expr) {
    return switch (expr) {
      case ScalarExpr.Number n -> false;
      case ScalarExpr.Aggregate a -> true;
      case ScalarExpr.Arithmetic a -> referencesSpan(a.left()) || referencesSpan(a.right());
    };
  }
}
