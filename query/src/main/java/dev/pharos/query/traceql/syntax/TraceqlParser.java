package dev.pharos.query.traceql.syntax;

import dev.pharos.query.traceql.syntax.TraceqlQuery.Expr;
import dev.pharos.query.traceql.syntax.TraceqlQuery.Hint;
import dev.pharos.query.traceql.syntax.TraceqlQuery.SpansetOp;
import dev.pharos.query.traceql.syntax.TraceqlQuery.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads TraceQL: the whole language as Tempo 3.0 has it, so that what cannot run yet is told apart from what is wrong.
/// Errors are [dev.pharos.query.QueryException]s of a syntax error with line and column.
public final class TraceqlParser {
  private static final Set<String> METRICS =
      Set.of(
          "rate",
          "count_over_time",
          "min_over_time",
          "max_over_time",
          "avg_over_time",
          "sum_over_time",
          "quantile_over_time",
          "histogram_over_time");

  private final Tokens tokens;
  private final FieldParser fields;
  private final ScalarParser scalars;

  private TraceqlParser(String text) {
    this.tokens = new Tokens(text);
    this.fields = new FieldParser(tokens);
    this.scalars = new ScalarParser(tokens, fields);
  }

  public static TraceqlQuery parse(String text) {
    var parser = new TraceqlParser(text);
    Expr expr = parser.query();
    List<Hint> hints = parser.hints();
    if (parser.tokens.peek().kind() != Token.Kind.END) {
      throw parser.tokens.unexpected();
    }
    return new TraceqlQuery(expr, hints);
  }

  private List<Hint> hints() {
    var hints = new ArrayList<Hint>();
    if (!tokens.isCall("with")) {
      return hints;
    }
    tokens.next();
    tokens.next();
    do {
      Token name = tokens.next();
      if (name.kind() != Token.Kind.IDENTIFIER) {
        throw tokens.error(
            "syntax error: unexpected " + name.described() + ", expecting the name of a hint",
            name);
      }
      tokens.expect("=");
      hints.add(new Hint(name.text(), fields.signedLiteral()));
    } while (tokens.accept(","));
    tokens.expect(")");
    return hints;
  }

  /// Arithmetic of metrics, whose legs are numbers and pipelines in parentheses, or a pipeline.
  private Expr query() {
    Token start = tokens.peek();
    boolean number =
        switch (start.kind()) {
          case INTEGER, FLOAT, DURATION -> true;
          case SYMBOL -> start.text().equals("-");
          case IDENTIFIER, ATTRIBUTE, UNSCOPED, INTRINSIC, STRING, END -> false;
        };
    if (!number && !start.isSymbol("(")) {
      return pipeline();
    }
    int mark = tokens.mark();
    if (number && scalars.startsScalarFilter()) {
      tokens.reset(mark);
      return pipeline();
    }
    tokens.reset(mark);
    if (!number && !startsMetrics()) {
      return pipeline();
    }
    Expr arithmetic = arithmetic(3);
    if (!hasMetrics(arithmetic)) {
      throw tokens.error(
          "syntax error: unexpected " + start.described() + ": numbers alone are no query", start);
    }
    return ranked(arithmetic);
  }

  private static boolean hasMetrics(Expr expr) {
    return switch (expr) {
      case Expr.MetricsNumber n -> false;
      case Expr.MetricsArithmetic a -> hasMetrics(a.left()) || hasMetrics(a.right());
      case Expr.Pipeline p -> true;
      case Expr.Spansets s -> false;
    };
  }

  /// Whether the parentheses that open here hold metrics; a look ahead that reads nothing.
  private boolean startsMetrics() {
    int depth = 0;
    for (int i = 0; ; i++) {
      Token token = tokens.peek(i);
      if (token.kind() == Token.Kind.END) {
        return false;
      }
      depth +=
          token.isSymbol("(") || token.isSymbol("{")
              ? 1
              : token.isSymbol(")") || token.isSymbol("}") ? -1 : 0;
      boolean metrics =
          token.kind() == Token.Kind.IDENTIFIER
              && (METRICS.contains(token.text()) || token.isWord("compare"));
      if (metrics && tokens.peek(i + 1).isSymbol("(")) {
        return true;
      }
      if (depth == 0) {
        return false;
      }
    }
  }

  private Expr arithmetic(int least) {
    tokens.enter();
    Expr left;
    if (tokens.accept("(")) {
      left =
          tokens.peek().isSymbol("(")
                  || tokens.peek().kind() == Token.Kind.INTEGER
                  || tokens.peek().kind() == Token.Kind.FLOAT
              ? query()
              : pipeline();
      tokens.expect(")");
    } else {
      left = new Expr.MetricsNumber(fields.signedLiteral());
    }
    while (true) {
      Token at = tokens.peek();
      Optional<FieldOp> op = metricsOperator(at);
      if (op.isEmpty() || op.get().precedence() < least) {
        tokens.leave();
        return left;
      }
      tokens.next();
      left = new Expr.MetricsArithmetic(op.get(), left, arithmetic(op.get().precedence() + 1));
    }
  }

  private static Optional<FieldOp> metricsOperator(Token token) {
    for (FieldOp op : List.of(FieldOp.ADD, FieldOp.SUB, FieldOp.MUL, FieldOp.DIV)) {
      if (token.isSymbol(op.symbol())) {
        return Optional.of(op);
      }
    }
    return Optional.empty();
  }

  /// What may follow arithmetic: comparisons with a number, `topk`, `bottomk`.
  private Expr ranked(Expr expr) {
    var stages = new ArrayList<Stage>();
    while (true) {
      Optional<FieldOp> comparison = comparison();
      if (comparison.isPresent()) {
        tokens.next();
        stages.add(new Stage.MetricsFilter(comparison.get(), fields.signedLiteral()));
      } else if (tokens.accept("|")) {
        stages.add(stage(false));
      } else {
        break;
      }
    }
    if (stages.isEmpty()) {
      return expr;
    }
    stages.addFirst(new Stage.Nested(expr));
    return new Expr.Pipeline(stages);
  }

  private Optional<FieldOp> comparison() {
    for (FieldOp op : FieldOp.values()) {
      if (op.isComparison() && !op.isRegex() && tokens.peek().isSymbol(op.symbol())) {
        return Optional.of(op);
      }
    }
    return Optional.empty();
  }

  private Expr pipeline() {
    tokens.enter();
    var stages = new ArrayList<Stage>();
    stages.add(stage(true));
    boolean metrics = isMetrics(stages.getLast());
    while (true) {
      if (tokens.accept("|")) {
        Token at = tokens.peek();
        Stage stage = stage(false);
        if (metrics && !(stage instanceof Stage.Ranked)) {
          throw tokens.error(
              "syntax error: unexpected " + at.described() + " after a metrics function", at);
        }
        if (!metrics && stage instanceof Stage.Ranked) {
          throw tokens.error(stage + " needs a metrics function before it, such as rate()", at);
        }
        refuseAfterCompare(stages, tokens.peek());
        stages.add(stage);
        metrics |= isMetrics(stage);
      } else if (metrics && comparison().isPresent()) {
        Token at = tokens.peek();
        if (at.isSymbol("=") && tokens.peek(1).isSymbol("=")) {
          throw tokens.unexpected();
        }
        refuseAfterCompare(stages, at);
        FieldOp op = comparison().orElseThrow();
        tokens.next();
        stages.add(new Stage.MetricsFilter(op, fields.signedLiteral()));
      } else {
        tokens.leave();
        return new Expr.Pipeline(stages);
      }
    }
  }

  private void refuseAfterCompare(List<Stage> stages, Token at) {
    if (stages.getLast() instanceof Stage.Compare) {
      throw tokens.error("compare() must be the last stage of a query", at);
    }
  }

  private static boolean isMetrics(Stage stage) {
    return stage instanceof Stage.Metrics || stage instanceof Stage.Compare;
  }

  private Stage stage(boolean first) {
    Token token = tokens.peek();
    if (token.isSymbol("{") || token.isSymbol("(")) {
      if (token.isSymbol("(") && scalars.startsScalarFilter()) {
        return scalars.filter();
      }
      return spansetStage();
    }
    if (tokens.isCall("by")) {
      tokens.next();
      return new Stage.By(grouping(fieldList()).getFirst());
    }
    if (tokens.isCall("coalesce")) {
      if (first) {
        throw tokens.error("syntax error: unexpected coalesce at the start of a query", token);
      }
      tokens.next();
      tokens.next();
      tokens.expect(")");
      return new Stage.Coalesce();
    }
    if (tokens.isCall("select")) {
      tokens.next();
      return new Stage.Select(selected(fieldList(), token));
    }
    if (tokens.isCall("topk") || tokens.isCall("bottomk")) {
      return rankedStage();
    }
    if (tokens.isCall("compare")) {
      return compare();
    }
    if (token.kind() == Token.Kind.IDENTIFIER
        && METRICS.contains(token.text())
        && tokens.peek(1).isSymbol("(")) {
      return metrics();
    }
    return scalars.filter();
  }

  private List<FieldExpr> fieldList() {
    tokens.expect("(");
    var list = new ArrayList<FieldExpr>();
    do {
      list.add(fields.expression());
    } while (tokens.accept(","));
    tokens.expect(")");
    return list;
  }

  private List<FieldExpr> grouping(List<FieldExpr> list) {
    for (FieldExpr expr : list) {
      if (!TypeChecks.referencesSpan(expr)) {
        throw tokens.error(
            "grouping field expressions must reference the span: by(" + expr + ")", tokens.peek());
      }
    }
    return list;
  }

  private List<FieldExpr> selected(List<FieldExpr> list, Token at) {
    for (FieldExpr expr : list) {
      if (!(expr instanceof FieldExpr.Attribute) && !(expr instanceof FieldExpr.IntrinsicField)) {
        throw tokens.error(
            "syntax error: select() takes attributes and intrinsics, not " + expr, at);
      }
    }
    return list;
  }

  private Stage rankedStage() {
    boolean top = tokens.next().isWord("topk");
    tokens.expect("(");
    Token number = tokens.peek();
    if (number.kind() != Token.Kind.INTEGER) {
      throw tokens.unexpected("INTEGER");
    }
    tokens.next();
    tokens.expect(")");
    int count = number.text().length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(number.text());
    if (count == 0) {
      throw tokens.error(
          "the number of series must be greater than 0: " + (top ? "topk" : "bottomk") + "(0)",
          number);
    }
    return new Stage.Ranked(top, count);
  }

  private Stage compare() {
    tokens.next();
    tokens.expect("(");
    Stage.Filter selection = filter();
    var numbers = new ArrayList<Long>();
    while (tokens.accept(",")) {
      Token at = tokens.peek();
      if (!(fields.signedLiteral() instanceof Literal.Int(long value)) || numbers.size() == 3) {
        throw tokens.error("compare() takes a filter, a number of values, a start and an end", at);
      }
      numbers.add(value);
    }
    tokens.expect(")");
    return new Stage.Compare(selection, numbers);
  }

  private Stage metrics() {
    Token at = tokens.next();
    var arguments = new ArrayList<FieldExpr>();
    tokens.expect("(");
    while (!tokens.accept(")")) {
      if (!arguments.isEmpty()) {
        tokens.expect(",");
      }
      arguments.add(fields.expression());
    }
    boolean plain = at.text().equals("rate") || at.text().equals("count_over_time");
    boolean quantiles = at.text().equals("quantile_over_time");
    if (plain != arguments.isEmpty()
        || (!quantiles && arguments.size() > 1)
        || (quantiles && arguments.size() < 2)) {
      throw tokens.error("syntax error: wrong number of arguments of " + at.text() + "()", at);
    }
    List<FieldExpr> by = List.of();
    if (tokens.isCall("by")) {
      tokens.next();
      by = grouping(fieldList());
    }
    return new Stage.Metrics(at.text(), arguments, by);
  }

  private Stage.Filter filter() {
    Token at = tokens.peek();
    tokens.expect("{");
    if (tokens.accept("}")) {
      return new Stage.Filter(Optional.empty());
    }
    FieldExpr condition = fields.expression();
    if (!tokens.accept("}")) {
      throw tokens.unexpected("}");
    }
    if (!condition.type().isBoolean()) {
      throw tokens.error(
          "span filter field expressions must resolve to a boolean: { " + condition + " }", at);
    }
    return new Stage.Filter(Optional.of(condition));
  }

  private Stage spansetStage() {
    Expr expr = spansets(false);
    return expr instanceof Expr.Pipeline(List<Stage> stages) && stages.size() == 1
        ? stages.getFirst()
        : new Stage.Nested(expr);
  }

  /// Spansets joined by operators: the structural ones bind tighter than `&&` and `||`, all to the left.
  private Expr spansets(boolean structural) {
    Expr left = structural ? spanset() : spansets(true);
    while (true) {
      Optional<SpansetOp> op = spansetOperator(structural);
      if (op.isEmpty()) {
        return left;
      }
      tokens.next();
      left = new Expr.Spansets(op.get(), left, structural ? spanset() : spansets(true));
    }
  }

  private Optional<SpansetOp> spansetOperator(boolean structural) {
    for (SpansetOp op : SpansetOp.values()) {
      if (op.isStructural() == structural && tokens.peek().isSymbol(op.symbol())) {
        return Optional.of(op);
      }
    }
    return Optional.empty();
  }

  private Expr spanset() {
    if (tokens.peek().isSymbol("{")) {
      return new Expr.Pipeline(List.of(filter()));
    }
    tokens.expect("(");
    Expr inner = pipeline();
    tokens.expect(")");
    boolean wrapped = inner instanceof Expr.Pipeline(List<Stage> stages) && stages.size() == 1;
    return wrapped && ((Expr.Pipeline) inner).stages().getFirst() instanceof Stage.Nested(Expr only)
        ? only
        : inner;
  }
}
