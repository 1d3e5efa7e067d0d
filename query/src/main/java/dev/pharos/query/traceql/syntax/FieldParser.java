package dev.pharos.query.traceql.syntax;

import dev.pharos.query.syntax.Units;
import java.util.Optional;

/// Reads field expressions and checks the types of their operands as it goes.
final class FieldParser {
  private final Tokens tokens;

  FieldParser(Tokens tokens) {
    this.tokens = tokens;
  }

  FieldExpr expression() {
    return expression(1);
  }

  /// Operators of at least a precedence; `&&` and `||` bind alike, the power operator to the right.
  private FieldExpr expression(int least) {
    tokens.enter();
    FieldExpr left = unary();
    while (true) {
      Optional<FieldOp> op = peekOperator();
      if (op.isEmpty() || op.get().precedence() < least) {
        tokens.leave();
        return left;
      }
      Token at = tokens.next();
      int next = op.get() == FieldOp.POW ? op.get().precedence() : op.get().precedence() + 1;
      FieldExpr right = expression(next);
      left = TypeChecks.binary(new FieldExpr.Binary(op.get(), left, right), tokens, at);
    }
  }

  private Optional<FieldOp> peekOperator() {
    for (FieldOp op : FieldOp.values()) {
      if (tokens.peek().isSymbol(op.symbol())) {
        return Optional.of(op);
      }
    }
    return Optional.empty();
  }

  private FieldExpr unary() {
    Token at = tokens.peek();
    if (tokens.accept("!")) {
      FieldExpr inner = expression(FieldOp.UNARY_NOT);
      return TypeChecks.unary(new FieldExpr.Unary(true, inner), tokens, at);
    }
    if (tokens.accept("-")) {
      FieldExpr inner = expression(FieldOp.UNARY_MINUS);
      return negative(TypeChecks.unary(new FieldExpr.Unary(false, inner), tokens, at));
    }
    return atom();
  }

  private static FieldExpr negative(FieldExpr.Unary unary) {
    if (unary.inner() instanceof FieldExpr.Static(Literal literal)) {
      return switch (literal) {
        case Literal.Int i -> new FieldExpr.Static(new Literal.Int(-i.value()));
        case Literal.Float f -> new FieldExpr.Static(new Literal.Float(-f.value()));
        case Literal.Duration d -> new FieldExpr.Static(new Literal.Duration(-d.nanos()));
        case Literal.Text t -> unary;
        case Literal.Bool b -> unary;
        case Literal.Nil n -> unary;
        case Literal.Status s -> unary;
        case Literal.Kind k -> unary;
      };
    }
    return unary;
  }

  private FieldExpr atom() {
    Token token = tokens.peek();
    return switch (token.kind()) {
      case ATTRIBUTE -> {
        tokens.next();
        yield new FieldExpr.Attribute(token.side(), token.text());
      }
      case INTRINSIC -> {
        tokens.next();
        yield new FieldExpr.IntrinsicField(Intrinsic.find(token.text()).orElseThrow());
      }
      case IDENTIFIER -> {
        Optional<Intrinsic> intrinsic = Intrinsic.find(token.text());
        if (intrinsic.isEmpty()) {
          yield new FieldExpr.Static(literal());
        }
        tokens.next();
        yield new FieldExpr.IntrinsicField(intrinsic.get());
      }
      case STRING, INTEGER, FLOAT, DURATION -> new FieldExpr.Static(literal());
      case SYMBOL -> {
        tokens.expect("(");
        FieldExpr inner = expression();
        tokens.expect(")");
        yield inner;
      }
      case UNSCOPED, END -> throw tokens.unexpected();
    };
  }

  /// A literal without a sign.
  Literal literal() {
    Token token = tokens.peek();
    Literal literal =
        switch (token.kind()) {
          case STRING -> new Literal.Text(token.text());
          case INTEGER -> integer(token);
          case FLOAT -> real(token);
          case DURATION -> new Literal.Duration(Units.goDuration(token.text()).orElseThrow());
          case IDENTIFIER -> word(token);
          case ATTRIBUTE, UNSCOPED, INTRINSIC, SYMBOL, END -> throw tokens.unexpected("a value");
        };
    tokens.next();
    return literal;
  }

  /// A number or duration, with a sign or without.
  Literal signedLiteral() {
    if (!tokens.accept("-")) {
      return literal();
    }
    return switch (literal()) {
      case Literal.Int i -> new Literal.Int(-i.value());
      case Literal.Float f -> new Literal.Float(-f.value());
      case Literal.Duration d -> new Literal.Duration(-d.nanos());
      case Literal.Text t -> throw tokens.unexpected("a number");
      case Literal.Bool b -> throw tokens.unexpected("a number");
      case Literal.Nil n -> throw tokens.unexpected("a number");
      case Literal.Status s -> throw tokens.unexpected("a number");
      case Literal.Kind k -> throw tokens.unexpected("a number");
    };
  }

  private Literal integer(Token token) {
    try {
      return new Literal.Int(Long.parseLong(token.text()));
    } catch (NumberFormatException e) {
      throw tokens.error("integer out of range: " + token.text(), token);
    }
  }

  private Literal real(Token token) {
    try {
      return new Literal.Float(Double.parseDouble(token.text()));
    } catch (NumberFormatException e) {
      throw tokens.error("invalid number: " + token.text(), token);
    }
  }

  private Literal word(Token token) {
    switch (token.text()) {
      case "true":
        return new Literal.Bool(true);
      case "false":
        return new Literal.Bool(false);
      case "nil":
        return new Literal.Nil();
      case "minInt":
        return new Literal.Int(Long.MIN_VALUE);
      case "maxInt":
        return new Literal.Int(Long.MAX_VALUE);
      default:
        break;
    }
    for (Literal.Status status : Literal.Status.values()) {
      if (status.toString().equals(token.text())) {
        return status;
      }
    }
    for (Literal.Kind kind : Literal.Kind.values()) {
      if (kind.toString().equals(token.text())) {
        return kind;
      }
    }
    throw tokens.error(
        "syntax error: unexpected IDENTIFIER "
            + token.text()
            + ": an attribute needs a scope, as in span."
            + token.text()
            + " or ."
            + token.text(),
        token);
  }
}
