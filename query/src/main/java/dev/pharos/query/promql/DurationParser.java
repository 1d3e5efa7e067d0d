package dev.pharos.query.promql;

/// Parses the durations of `[ ]` and `offset`, which are arithmetic of their own.
final class DurationParser {
  static final String EXPECTED = "number, duration, step(), or range()";

  /// How many operands the durations of a query may have, which bounds how deep they nest.
  private static final int MAX_SIZE = 1000;

  private final TokenStream tokens;
  private int size;

  DurationParser(TokenStream tokens) {
    this.tokens = tokens;
  }

  /// The whole expression up to `]` or `:`.
  DurationExpr range(String context) {
    return positive(binary(context, 0));
  }

  /// The operand of `offset`: a sign and one term; arithmetic needs parentheses.
  DurationExpr offset() {
    return unary("offset");
  }

  private DurationExpr positive(DurationExpr expr) {
    if (expr instanceof DurationExpr.Literal l && !(l.seconds() > 0)) {
      throw tokens.error(expr.span(), "duration must be greater than 0");
    }
    return expr;
  }

  private DurationExpr binary(String context, int minimum) {
    if (++size > MAX_SIZE) {
      throw tokens.error(tokens.peek().span(), "duration of more than " + MAX_SIZE + " parts");
    }
    DurationExpr left = signed(context);
    while (tokens.at(TokenKind.OPERATOR)) {
      String symbol = tokens.peek().text();
      int precedence = precedence(symbol);
      if (precedence == 0 || precedence < minimum) {
        return left;
      }
      tokens.take();
      DurationExpr right = binary(context, symbol.equals("^") ? precedence : precedence + 1);
      left =
          new DurationExpr.Arithmetic(
              symbol.charAt(0), left, right, Span.merge(left.span(), right.span()));
    }
    return left;
  }

  private static int precedence(String symbol) {
    return switch (symbol) {
      case "+", "-" -> 1;
      case "*", "/", "%" -> 2;
      case "^" -> 4;
      default -> 0;
    };
  }

  /// A sign binds weaker than `^`.
  private DurationExpr signed(String context) {
    if (!isSign()) {
      return term(context);
    }
    Token sign = tokens.take();
    return sign(sign, binary(context, 3));
  }

  private DurationExpr unary(String context) {
    if (!isSign()) {
      return term(context);
    }
    Token sign = tokens.take();
    return sign(sign, term(context));
  }

  private boolean isSign() {
    return tokens.at(TokenKind.OPERATOR)
        && (tokens.peek().text().equals("-") || tokens.peek().text().equals("+"));
  }

  private static DurationExpr sign(Token sign, DurationExpr operand) {
    Span span = Span.merge(sign.span(), operand.span());
    boolean negative = sign.text().equals("-");
    if (operand instanceof DurationExpr.Literal l) {
      return new DurationExpr.Literal(negative ? -l.seconds() : l.seconds(), l.duration(), span);
    }
    return new DurationExpr.Signed(negative, operand, span);
  }

  private DurationExpr term(String context) {
    Token token = tokens.peek();
    switch (token.kind()) {
      case NUMBER, DURATION -> {
        tokens.take();
        return literal(token);
      }
      case LEFT_PAREN -> {
        tokens.take();
        DurationExpr inner = binary(context, 0);
        tokens.expect(TokenKind.RIGHT_PAREN, context, "\")\"");
        return new DurationExpr.Paren(inner, Span.merge(token.span(), tokens.last()));
      }
      case PREPROCESSOR -> {
        return call(token, context);
      }
      default -> throw tokens.unexpected(context, EXPECTED);
    }
  }

  private DurationExpr call(Token word, String context) {
    String name = word.lower();
    if (name.equals("start") || name.equals("end")) {
      throw tokens.unexpected(context, EXPECTED);
    }
    tokens.take();
    tokens.expect(TokenKind.LEFT_PAREN, context, "\"(\"");
    if (name.equals("step") || name.equals("range")) {
      tokens.expect(TokenKind.RIGHT_PAREN, context, "\")\"");
      Span span = Span.merge(word.span(), tokens.last());
      return name.equals("step") ? new DurationExpr.Step(span) : new DurationExpr.Range(span);
    }
    DurationExpr left = binary(context, 0);
    tokens.expect(TokenKind.COMMA, context, "\",\"");
    DurationExpr right = binary(context, 0);
    tokens.expect(TokenKind.RIGHT_PAREN, context, "\")\"");
    return new DurationExpr.Extremum(
        name.equals("max_of"), left, right, Span.merge(word.span(), tokens.last()));
  }

  private DurationExpr literal(Token token) {
    double seconds;
    boolean duration = token.is(TokenKind.DURATION);
    try {
      seconds =
          duration
              ? NumberSyntax.durationMillis(token.text()) / 1000.0
              : NumberSyntax.number(token.text());
    } catch (ArithmeticException e) {
      throw tokens.error(token.span(), "duration out of range");
    }
    if (!(Math.abs(seconds) <= Long.MAX_VALUE / 1e9)) {
      throw tokens.error(token.span(), "duration out of range");
    }
    return new DurationExpr.Literal(seconds, duration, token.span());
  }
}
