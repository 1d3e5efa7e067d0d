package dev.pharos.query.promql;

import dev.pharos.query.QueryError;
import dev.pharos.query.QueryException;
import dev.pharos.query.matrix.BinaryOp;
import dev.pharos.query.matrix.VectorMatching;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Parses PromQL by precedence climbing and checks the types; errors are [QueryError.Syntax] in Prometheus' wording.
public final class PromParser {
  /// How deep expressions may nest before the parser refuses, to keep its stack bounded.
  private static final int MAX_DEPTH = 500;

  /// How many operators of one level may follow each other; the tree leans by one for each.
  private static final int MAX_CHAIN = 500;

  /// Binding strength of a unary sign: as `*`, so its operand takes only what binds tighter.
  private static final int UNARY_OPERAND = BinaryOp.MULTIPLY.precedence() + 1;

  private final TokenStream tokens;
  private final ParserOptions options;
  private final SelectorParser selectors;
  private final ModifierParser modifiers;
  private int depth;

  private PromParser(String query, ParserOptions options) {
    this.tokens = new TokenStream(query);
    this.options = options;
    this.selectors = new SelectorParser(tokens);
    this.modifiers = new ModifierParser(tokens, options);
  }

  /// The expression that `query` is, with Prometheus' default features.
  public static Expr parse(String query) {
    return parse(query, ParserOptions.STANDARD);
  }

  /// The expression that `query` is.
  public static Expr parse(String query, ParserOptions options) {
    PromParser parser = new PromParser(query, options);
    if (parser.tokens.at(TokenKind.EOF)) {
      throw new QueryException(
          new QueryError.Syntax(
              "unknown position: parse error: no expression found in input", 1, 1));
    }
    Expr expr = parser.expression(0);
    if (!parser.tokens.at(TokenKind.EOF)) {
      throw parser.tokens.unexpected("", "");
    }
    new TypeChecker(query).check(expr);
    return expr;
  }

  /// The matchers of a selector such as `up{job="x"}`, for the `match[]` parameters.
  public static List<LabelMatch> parseSelector(String query) {
    PromParser parser = new PromParser(query, ParserOptions.STANDARD);
    Token first = parser.tokens.peek();
    if (!first.is(TokenKind.LEFT_BRACE) && !isMetricName(first)) {
      throw parser.tokens.unexpected("", "");
    }
    Expr.VectorSelector selector = parser.selectors.selector();
    if (!parser.tokens.at(TokenKind.EOF)) {
      throw parser.tokens.unexpected("", "");
    }
    new TypeChecker(query).check(selector);
    return selector.matchers();
  }

  private Expr expression(int minimum) {
    if (++depth > MAX_DEPTH) {
      throw tokens.error(tokens.peek().span(), "expression nested deeper than " + MAX_DEPTH);
    }
    Expr left = unary();
    for (int chained = 0; ; chained++) {
      if (chained > MAX_CHAIN) {
        throw tokens.error(tokens.peek().span(), "more than " + MAX_CHAIN + " operators in a row");
      }
      Optional<BinaryOp> op = operator();
      if (op.isEmpty() || op.get().precedence() < minimum) {
        depth--;
        return left;
      }
      left = binary(left, op.get());
    }
  }

  private Optional<BinaryOp> operator() {
    return tokens.at(TokenKind.OPERATOR) ? BinaryOp.of(tokens.peek().lower()) : Optional.empty();
  }

  private Expr binary(Expr left, BinaryOp op) {
    Token token = tokens.take();
    boolean bool = tokens.takeWord("bool");
    VectorMatching matching = matching();
    OptionalDouble fillLeft = OptionalDouble.empty();
    OptionalDouble fillRight = OptionalDouble.empty();
    while (isFill()) {
      String word = tokens.take().lower();
      if (!options.fillModifiers()) {
        throw tokens.error(
            Span.merge(left.span(), tokens.last()),
            "binop fill modifiers are experimental and not enabled");
      }
      double value = fillValue();
      if (!word.equals("fill_right")) {
        fillLeft = OptionalDouble.of(value);
      }
      if (!word.equals("fill_left")) {
        fillRight = OptionalDouble.of(value);
      }
    }
    Span operatorSpan = Span.merge(token.span(), tokens.last());
    Expr right = expression(op.rightAssociative() ? op.precedence() : op.precedence() + 1);
    return new Expr.Binary(op, left, right, bool, matching, fillLeft, fillRight, operatorSpan);
  }

  private boolean isFill() {
    Token token = tokens.peek();
    boolean word = token.isWord("fill") || token.isWord("fill_left") || token.isWord("fill_right");
    return word && tokens.beforeParenthesis();
  }

  private double fillValue() {
    tokens.expect(TokenKind.LEFT_PAREN, "fill modifier", "\"(\"");
    double sign = 1;
    if (tokens.at(TokenKind.OPERATOR)
        && (tokens.peek().text().equals("-") || tokens.peek().text().equals("+"))) {
      sign = tokens.take().text().equals("-") ? -1 : 1;
    }
    Token number = tokens.expect(TokenKind.NUMBER, "fill modifier", "number");
    tokens.expect(TokenKind.RIGHT_PAREN, "fill modifier", "\")\"");
    return sign * NumberSyntax.number(number.text());
  }

  private VectorMatching matching() {
    boolean on = tokens.peek().isWord("on");
    if (!on && !tokens.peek().isWord("ignoring")) {
      return VectorMatching.ONE_TO_ONE;
    }
    tokens.take();
    List<String> labels = grouping();
    boolean left = tokens.peek().isWord("group_left");
    if (!left && !tokens.peek().isWord("group_right")) {
      return new VectorMatching(VectorMatching.Cardinality.ONE_TO_ONE, on, labels, List.of());
    }
    tokens.take();
    List<String> include = tokens.at(TokenKind.LEFT_PAREN) ? grouping() : List.of();
    VectorMatching.Cardinality cardinality =
        left ? VectorMatching.Cardinality.MANY_TO_ONE : VectorMatching.Cardinality.ONE_TO_MANY;
    return new VectorMatching(cardinality, on, labels, include);
  }

  private Expr unary() {
    Token token = tokens.peek();
    if (token.is(TokenKind.OPERATOR) && (token.text().equals("-") || token.text().equals("+"))) {
      tokens.take();
      Expr operand = expression(UNARY_OPERAND);
      boolean negative = token.text().equals("-");
      Span span = Span.merge(token.span(), operand.span());
      if (operand instanceof Expr.NumberLiteral n) {
        return new Expr.NumberLiteral(negative ? -n.value() : n.value(), n.duration(), span);
      }
      return new Expr.Unary(negative, operand, span);
    }
    return modifiers.postfix(primary());
  }

  private Expr primary() {
    Token token = tokens.peek();
    return switch (token.kind()) {
      case NUMBER -> {
        tokens.take();
        yield new Expr.NumberLiteral(NumberSyntax.number(token.text()), false, token.span());
      }
      case DURATION -> {
        tokens.take();
        yield new Expr.NumberLiteral(duration(token), true, token.span());
      }
      case STRING -> {
        tokens.take();
        yield new Expr.StringLiteral(Quoting.unquote(token.text()), token.span());
      }
      case LEFT_PAREN -> {
        tokens.take();
        Expr inner = expression(0);
        tokens.expect(TokenKind.RIGHT_PAREN, "", "");
        yield new Expr.Paren(inner, Span.merge(token.span(), tokens.last()));
      }
      case LEFT_BRACE, METRIC_IDENTIFIER -> selectors.selector();
      case AGGREGATOR -> aggregateOrSelector(token);
      case IDENTIFIER, PREPROCESSOR, KEYWORD, OPERATOR -> callOrSelector(token);
      default -> throw tokens.unexpected("", "");
    };
  }

  private double duration(Token token) {
    try {
      return NumberSyntax.durationMillis(token.text()) / 1000.0;
    } catch (ArithmeticException e) {
      throw tokens.error(token.span(), "duration out of range");
    }
  }

  private static boolean isMetricName(Token token) {
    return switch (token.kind()) {
      case IDENTIFIER, METRIC_IDENTIFIER, AGGREGATOR, PREPROCESSOR -> true;
      case KEYWORD ->
          switch (token.lower()) {
            case "bool", "on", "ignoring", "group_left", "group_right" -> false;
            default -> true;
          };
      case OPERATOR -> Lexer.isAlpha(token.text().charAt(0));
      default -> false;
    };
  }

  private Expr callOrSelector(Token token) {
    if (!isMetricName(token)) {
      throw tokens.unexpected("", "");
    }
    boolean callable = token.is(TokenKind.IDENTIFIER) || token.is(TokenKind.PREPROCESSOR);
    Expr.VectorSelector selector = selectors.selector();
    if (!callable || !tokens.at(TokenKind.LEFT_PAREN) || !selector.span().equals(token.span())) {
      return selector;
    }
    Optional<PromFunction> function =
        PromFunction.of(token.is(TokenKind.PREPROCESSOR) ? token.lower() : token.text());
    if (function.isEmpty()) {
      throw tokens.error(token.span(), "unknown function with name " + Quoting.quote(token.text()));
    }
    if (function.get().experimental() && !options.experimentalFunctions()) {
      throw tokens.error(
          token.span(), "function " + Quoting.quote(token.text()) + " is not enabled");
    }
    List<Expr> args = arguments();
    return new Expr.Call(function.get(), args, Span.merge(token.span(), tokens.last()));
  }

  private List<Expr> arguments() {
    tokens.take();
    List<Expr> args = new ArrayList<>();
    if (tokens.takeIf(TokenKind.RIGHT_PAREN)) {
      return args;
    }
    while (true) {
      args.add(expression(0));
      if (tokens.takeIf(TokenKind.RIGHT_PAREN)) {
        return List.copyOf(args);
      }
      Token comma = tokens.expect(TokenKind.COMMA, "", "");
      if (tokens.at(TokenKind.RIGHT_PAREN)) {
        throw tokens.error(comma.span(), "trailing commas not allowed in function call args");
      }
    }
  }

  private Expr aggregateOrSelector(Token token) {
    Expr.VectorSelector selector = selectors.selector();
    boolean modifier = tokens.peek().isWord("by") || tokens.peek().isWord("without");
    if (!selector.span().equals(token.span()) || (!modifier && !tokens.at(TokenKind.LEFT_PAREN))) {
      return selector;
    }
    boolean without = tokens.peek().isWord("without");
    List<String> grouping = List.of();
    if (modifier) {
      tokens.take();
      grouping = grouping();
      if (!tokens.at(TokenKind.LEFT_PAREN)) {
        throw tokens.unexpected("aggregation", "");
      }
    }
    List<Expr> args = arguments();
    if (!modifier && (tokens.peek().isWord("by") || tokens.peek().isWord("without"))) {
      without = tokens.take().isWord("without");
      grouping = grouping();
    }
    return aggregate(
        AggregateOp.of(token.text()),
        args,
        grouping,
        without,
        Span.merge(token.span(), tokens.last()));
  }

  private Expr aggregate(
      AggregateOp op, List<Expr> args, List<String> grouping, boolean without, Span span) {
    if (args.isEmpty()) {
      throw tokens.error(span, "no arguments for aggregate expression provided");
    }
    if (op.experimental() && !options.experimentalFunctions()) {
      throw tokens.error(
          span,
          op.word()
              + "() is experimental and must be enabled with "
              + "--enable-feature=promql-experimental-functions");
    }
    int wanted = op.hasParameter() ? 2 : 1;
    if (args.size() != wanted) {
      throw tokens.error(
          span,
          "wrong number of arguments for aggregate expression provided, expected "
              + wanted
              + ", got "
              + args.size());
    }
    Optional<Expr> parameter = op.hasParameter() ? Optional.of(args.getFirst()) : Optional.empty();
    return new Expr.Aggregate(op, args.getLast(), parameter, grouping, without, span);
  }

  private List<String> grouping() {
    tokens.expect(TokenKind.LEFT_PAREN, "grouping opts", "\"(\"");
    List<String> labels = new ArrayList<>();
    while (!tokens.takeIf(TokenKind.RIGHT_PAREN)) {
      labels.add(groupingLabel());
      if (!tokens.at(TokenKind.RIGHT_PAREN) && !tokens.takeIf(TokenKind.COMMA)) {
        throw tokens.unexpected("grouping opts", "\",\" or \")\"");
      }
    }
    return List.copyOf(labels);
  }

  private String groupingLabel() {
    Token token = tokens.peek();
    switch (token.kind()) {
      case STRING -> {
        tokens.take();
        String label = Quoting.unquote(token.text());
        if (label.isEmpty() || Quoting.hasStrayBytes(label)) {
          throw tokens.error(token.span(), "invalid label name " + Quoting.quote(label));
        }
        return label;
      }
      case IDENTIFIER, AGGREGATOR, KEYWORD, PREPROCESSOR -> {
        return tokens.take().text();
      }
      case OPERATOR -> {
        if (Lexer.isAlpha(token.text().charAt(0))) {
          return tokens.take().text();
        }
        throw tokens.unexpected("grouping opts", "label");
      }
      case NUMBER -> {
        // `inf` and `nan` lex as numbers but are labels here.
        if (Lexer.isAlpha(token.text().charAt(0))) {
          return tokens.take().text();
        }
        throw tokens.unexpected("grouping opts", "label");
      }
      default -> throw tokens.unexpected("grouping opts", "label");
    }
  }
}
