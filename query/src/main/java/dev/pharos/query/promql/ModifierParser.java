package dev.pharos.query.promql;

import java.util.Optional;

/// Parses what follows a selector or a parenthesis: `[range]`, `[range:step]`, `offset`, `@`, `anchored`, `smoothed`.
final class ModifierParser {
  private final TokenStream tokens;
  private final ParserOptions options;
  private final DurationParser durations;

  ModifierParser(TokenStream tokens, ParserOptions options) {
    this.tokens = tokens;
    this.options = options;
    this.durations = new DurationParser(tokens);
  }

  Expr postfix(Expr primary) {
    Expr expr = primary;
    while (true) {
      if (tokens.at(TokenKind.LEFT_BRACKET)) {
        expr = brackets(expr);
      } else if (tokens.peek().isWord("offset")) {
        tokens.take();
        expr = offset(expr);
      } else if (tokens.at(TokenKind.AT)) {
        tokens.take();
        expr = at(expr);
      } else if (tokens.peek().isWord("anchored") || tokens.peek().isWord("smoothed")) {
        expr = edges(expr, tokens.take());
      } else {
        return expr;
      }
    }
  }

  private Expr brackets(Expr expr) {
    Token open = tokens.take();
    DurationExpr range = durations.range("subquery or range selector");
    if (tokens.takeIf(TokenKind.COLON)) {
      Optional<DurationExpr> step = Optional.empty();
      if (!tokens.at(TokenKind.RIGHT_BRACKET)) {
        step = Optional.of(durations.range("subquery selector"));
      }
      tokens.expect(TokenKind.RIGHT_BRACKET, "subquery selector", "\"]\"");
      return new Expr.Subquery(
          expr,
          range,
          step,
          Optional.empty(),
          Optional.empty(),
          Span.merge(expr.span(), tokens.last()));
    }
    tokens.expect(TokenKind.RIGHT_BRACKET, "subquery or range", "\":\" or \"]\"");
    Span brackets = Span.merge(open.span(), tokens.last());
    if (!(expr instanceof Expr.VectorSelector selector)) {
      throw tokens.error(brackets, "ranges only allowed for vector selectors");
    }
    if (selector.offset().isPresent()) {
      throw tokens.error(brackets, "no offset modifiers allowed before range");
    }
    if (selector.at().isPresent()) {
      throw tokens.error(brackets, "no @ modifiers allowed before range");
    }
    return new Expr.MatrixSelector(selector, range, Span.merge(expr.span(), tokens.last()));
  }

  private Expr offset(Expr expr) {
    Optional<DurationExpr> offset = Optional.of(durations.offset());
    return switch (expr) {
      case Expr.VectorSelector v -> {
        checkOnce(v.offset().isPresent(), v, "offset may not be set multiple times");
        yield new Expr.VectorSelector(
            v.name(), v.matchers(), offset, v.at(), v.edges(), extended(v));
      }
      case Expr.MatrixSelector m -> {
        Expr.VectorSelector v = m.selector();
        checkOnce(v.offset().isPresent(), m, "offset may not be set multiple times");
        yield new Expr.MatrixSelector(
            new Expr.VectorSelector(v.name(), v.matchers(), offset, v.at(), v.edges(), v.span()),
            m.range(),
            extended(m));
      }
      case Expr.Subquery s -> {
        checkOnce(s.offset().isPresent(), s, "offset may not be set multiple times");
        yield new Expr.Subquery(s.inner(), s.range(), s.step(), offset, s.at(), extended(s));
      }
      default ->
          throw tokens.error(
              expr.span(),
              "offset modifier must be preceded by an instant vector selector or "
                  + "range vector selector or a subquery");
    };
  }

  private Expr at(Expr expr) {
    Optional<Expr.At> at = Optional.of(timestamp(expr));
    String twice = "@ <timestamp> may not be set multiple times";
    return switch (expr) {
      case Expr.VectorSelector v -> {
        checkOnce(v.at().isPresent(), v, twice);
        yield new Expr.VectorSelector(
            v.name(), v.matchers(), v.offset(), at, v.edges(), extended(v));
      }
      case Expr.MatrixSelector m -> {
        Expr.VectorSelector v = m.selector();
        checkOnce(v.at().isPresent(), m, twice);
        yield new Expr.MatrixSelector(
            new Expr.VectorSelector(v.name(), v.matchers(), v.offset(), at, v.edges(), v.span()),
            m.range(),
            extended(m));
      }
      case Expr.Subquery s -> {
        checkOnce(s.at().isPresent(), s, twice);
        yield new Expr.Subquery(s.inner(), s.range(), s.step(), s.offset(), at, extended(s));
      }
      default ->
          throw tokens.error(
              expr.span(),
              "@ modifier must be preceded by an instant vector selector or "
                  + "range vector selector or a subquery");
    };
  }

  private Expr.At timestamp(Expr expr) {
    Token token = tokens.peek();
    if (token.isWord("start") || token.isWord("end")) {
      tokens.take();
      tokens.expect(TokenKind.LEFT_PAREN, "@", "timestamp");
      tokens.expect(TokenKind.RIGHT_PAREN, "@", "timestamp");
      return token.isWord("start") ? new Expr.At.Start() : new Expr.At.End();
    }
    double sign = 1;
    if (token.is(TokenKind.OPERATOR) && (token.text().equals("-") || token.text().equals("+"))) {
      sign = tokens.take().text().equals("-") ? -1 : 1;
    }
    Token number = tokens.peek();
    double seconds;
    if (number.is(TokenKind.DURATION)) {
      seconds = sign * NumberSyntax.durationMillis(number.text()) / 1000.0;
    } else if (number.is(TokenKind.NUMBER)) {
      seconds = sign * NumberSyntax.number(number.text());
    } else {
      throw tokens.unexpected("@", "timestamp");
    }
    tokens.take();
    if (!(Math.abs(seconds) < Long.MAX_VALUE)) {
      throw tokens.error(
          expr.span(), "timestamp out of bounds for @ modifier: " + goFixed(seconds));
    }
    return new Expr.At.Timestamp(Math.round(seconds * 1000));
  }

  private static String goFixed(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return new java.math.BigDecimal(value)
        .setScale(6, java.math.RoundingMode.HALF_EVEN)
        .toPlainString();
  }

  private Expr edges(Expr expr, Token word) {
    String name = word.lower();
    if (!options.extendedRangeSelectors()) {
      throw tokens.error(expr.span(), name + " modifier is experimental and not enabled");
    }
    Expr.Edges edges = name.equals("anchored") ? Expr.Edges.ANCHORED : Expr.Edges.SMOOTHED;
    return switch (expr) {
      case Expr.VectorSelector v -> with(v, edges, v);
      case Expr.MatrixSelector m ->
          new Expr.MatrixSelector(with(m.selector(), edges, m), m.range(), extended(m));
      case Expr.Subquery s ->
          throw tokens.error(s.span(), name + " modifier is not supported for subqueries");
      default -> throw tokens.error(expr.span(), name + " modifier not implemented");
    };
  }

  private Expr.VectorSelector with(Expr.VectorSelector v, Expr.Edges edges, Expr whole) {
    if (v.edges() != Expr.Edges.NONE && v.edges() != edges) {
      throw tokens.error(whole.span(), "anchored and smoothed modifiers cannot be used together");
    }
    return new Expr.VectorSelector(v.name(), v.matchers(), v.offset(), v.at(), edges, v.span());
  }

  private void checkOnce(boolean already, Expr expr, String message) {
    if (already) {
      throw tokens.error(expr.span(), message);
    }
  }

  private Span extended(Expr expr) {
    return Span.merge(expr.span(), tokens.last());
  }
}
