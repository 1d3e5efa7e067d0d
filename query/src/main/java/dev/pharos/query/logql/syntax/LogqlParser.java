package dev.pharos.query.logql.syntax;

import dev.pharos.query.QueryException;
import dev.pharos.query.logql.syntax.LogqlExpr.Binary;
import dev.pharos.query.logql.syntax.LogqlExpr.Grouping;
import dev.pharos.query.logql.syntax.LogqlExpr.LogQuery;
import dev.pharos.query.logql.syntax.LogqlExpr.Matching;
import dev.pharos.query.logql.syntax.LogqlExpr.Metric;
import dev.pharos.query.matrix.BinaryOp;
import dev.pharos.query.matrix.VectorMatching;
import dev.pharos.query.matrix.VectorMatching.Cardinality;
import dev.pharos.query.syntax.TextCursor;
import dev.pharos.query.syntax.Units;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// Reads LogQL: the whole language as Loki 3.8 has it, so that what cannot run yet is told apart from what is wrong.
/// Errors are [QueryException]s of a syntax error with line and column.
public final class LogqlParser {
  /// Longer queries are refused unread.
  public static final int MAX_BYTES = 128 << 10;

  private final Tokens tokens;
  private final PipelineParser pipeline;

  private LogqlParser(String text) {
    this.tokens = new Tokens(text);
    this.pipeline = new PipelineParser(tokens);
  }

  public static LogqlExpr parse(String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_BYTES) {
      throw TextCursor.error("input size too long (" + bytes + " > " + MAX_BYTES + ")", 1, 1);
    }
    var parser = new LogqlParser(text);
    LogqlExpr expr = parser.expression(1);
    parser.end();
    return expr;
  }

  /// Reads a stream selector that stands alone, as the parameters `match[]` and `query` of the label endpoints are.
  public static List<Matcher> parseSelector(String text) {
    var parser = new LogqlParser(text);
    List<Matcher> matchers = parser.pipeline.selector();
    parser.end();
    return matchers;
  }

  private void end() {
    if (tokens.peek().kind() != Token.Kind.END) {
      throw tokens.unexpected("$end");
    }
  }

  /// Reads operators of at least a precedence; the power operator binds to the right.
  private LogqlExpr expression(int least) {
    tokens.enter();
    LogqlExpr left = primary();
    while (true) {
      Optional<BinaryOp> op = peekOperator();
      if (op.isEmpty() || op.get().precedence() < least) {
        tokens.leave();
        return left;
      }
      Token at = tokens.next();
      Matching matching = matching(op.get());
      int next = op.get().precedence() + (op.get().rightAssociative() ? 0 : 1);
      LogqlExpr right = expression(next);
      left =
          new Binary(
              op.get(),
              matching,
              leg(left, "left", op.get(), at),
              leg(right, "right", op.get(), at));
      Checks.binary((Binary) left, tokens, at);
    }
  }

  private Metric leg(LogqlExpr expr, String side, BinaryOp op, Token at) {
    if (expr instanceof Metric metric) {
      return metric;
    }
    throw tokens.error(
        "unexpected type for "
            + side
            + " leg of binary operation ("
            + op.symbol()
            + "): a log query, expecting a metric",
        at);
  }

  private Optional<BinaryOp> peekOperator() {
    Token token = tokens.peek();
    for (BinaryOp op : BinaryOp.values()) {
      if (token.isSymbol(op.symbol()) || (op.isSet() && token.isWord(op.symbol()))) {
        return Optional.of(op);
      }
    }
    return Optional.empty();
  }

  private Matching matching(BinaryOp op) {
    boolean bool = tokens.acceptWord("bool");
    if (bool && !op.isComparison()) {
      throw tokens.error("bool modifier can only be used on comparison operators", tokens.peek());
    }
    return new Matching(bool, vectors());
  }

  private VectorMatching vectors() {
    boolean on = tokens.isWordBefore("on", "(");
    if (!on && !tokens.isWordBefore("ignoring", "(")) {
      return VectorMatching.ONE_TO_ONE;
    }
    tokens.next();
    List<String> labels = names();
    Token group = tokens.peek();
    if (!group.isWord("group_left") && !group.isWord("group_right")) {
      return new VectorMatching(Cardinality.ONE_TO_ONE, on, labels, List.of());
    }
    tokens.next();
    List<String> include = tokens.peek().isSymbol("(") ? names() : List.of();
    Cardinality cardinality =
        group.isWord("group_left") ? Cardinality.MANY_TO_ONE : Cardinality.ONE_TO_MANY;
    return new VectorMatching(cardinality, on, labels, include);
  }

  private List<String> names() {
    tokens.expect("(");
    var names = new ArrayList<String>();
    if (tokens.accept(")")) {
      return names;
    }
    do {
      names.add(tokens.expect(Token.Kind.IDENTIFIER));
    } while (tokens.accept(","));
    tokens.expect(")");
    return names;
  }

  private LogqlExpr primary() {
    Token token = tokens.peek();
    if (token.isSymbol("{")) {
      return logQuery();
    }
    if (token.isSymbol("(")) {
      tokens.next();
      LogqlExpr inner = expression(1);
      tokens.expect(")");
      return inner;
    }
    if (token.isSymbol("-") || token.isSymbol("+")) {
      tokens.next();
      double value = tokens.number();
      return new LogqlExpr.NumberLiteral(token.isSymbol("-") ? -value : value);
    }
    if (token.kind() == Token.Kind.NUMBER) {
      return new LogqlExpr.NumberLiteral(tokens.number());
    }
    if (token.kind() == Token.Kind.IDENTIFIER) {
      return call(token);
    }
    throw tokens.unexpected();
  }

  private LogQuery logQuery() {
    List<Matcher> matchers = pipeline.selector();
    var stages = new ArrayList<Stage>();
    while (pipeline.startsStage()) {
      stages.add(pipeline.stage());
    }
    return new LogQuery(matchers, stages);
  }

  private Metric call(Token token) {
    String word = token.text().toLowerCase(Locale.ROOT);
    boolean called = tokens.peek(1).isSymbol("(");
    if (called && word.equals("vector")) {
      tokens.next();
      tokens.expect("(");
      boolean negative = tokens.accept("-");
      double value = tokens.number();
      tokens.expect(")");
      return new LogqlExpr.VectorLiteral(negative ? -value : value);
    }
    if (called && word.equals("label_replace")) {
      return labelReplace(token);
    }
    for (VectorFunction function : VectorFunction.values()) {
      if (word.equals(function.word()) && (called || isGrouping(tokens.peek(1)))) {
        return vectorAggregation(function, token);
      }
    }
    for (RangeFunction function : RangeFunction.values()) {
      if (called && word.equals(function.word())) {
        return rangeAggregation(function, token);
      }
    }
    throw tokens.unexpected();
  }

  private static boolean isGrouping(Token token) {
    return token.isWord("by") || token.isWord("without");
  }

  private Optional<Grouping> grouping() {
    if (!isGrouping(tokens.peek())) {
      return Optional.empty();
    }
    boolean without = tokens.next().isWord("without");
    return Optional.of(new Grouping(without, names()));
  }

  private Metric vectorAggregation(VectorFunction function, Token at) {
    tokens.next();
    Optional<Grouping> grouping = grouping();
    tokens.expect("(");
    OptionalDouble parameter = OptionalDouble.empty();
    boolean negative = tokens.peek().isSymbol("-") && tokens.peek(2).isSymbol(",");
    if (negative || (tokens.peek().kind() == Token.Kind.NUMBER && tokens.peek(1).isSymbol(","))) {
      tokens.accept("-");
      double number = tokens.number();
      parameter = OptionalDouble.of(negative ? -number : number);
      tokens.expect(",");
    }
    Token inside = tokens.peek();
    LogqlExpr inner = expression(1);
    if (!(inner instanceof Metric metric)) {
      throw tokens.error(
          "syntax error: unexpected log query in "
              + function.word()
              + "(), expecting a metric such as rate(…[5m])",
          inside);
    }
    tokens.expect(")");
    if (grouping.isEmpty()) {
      grouping = grouping();
    }
    var aggregation = new LogqlExpr.VectorAggregation(function, parameter, metric, grouping);
    Checks.vectorAggregation(aggregation, tokens, at);
    return aggregation;
  }

  private Metric labelReplace(Token at) {
    tokens.next();
    tokens.expect("(");
    LogqlExpr inner = expression(1);
    if (!(inner instanceof Metric metric)) {
      throw tokens.error(
          "syntax error: unexpected log query in label_replace(), expecting a metric", at);
    }
    var texts = new String[4];
    for (int i = 0; i < texts.length; i++) {
      tokens.expect(",");
      Token where = tokens.peek();
      texts[i] = tokens.expect(Token.Kind.STRING);
      if (i == 3) {
        Checks.regex(texts[i], tokens, where);
      }
    }
    tokens.expect(")");
    return new LogqlExpr.LabelReplace(metric, texts[0], texts[1], texts[2], texts[3]);
  }

  private Metric rangeAggregation(RangeFunction function, Token at) {
    tokens.next();
    tokens.expect("(");
    OptionalDouble parameter = OptionalDouble.empty();
    if (tokens.peek().kind() == Token.Kind.NUMBER) {
      parameter = OptionalDouble.of(tokens.number());
      tokens.expect(",");
    }
    var window = new Window();
    window(window);
    if (window.range.isEmpty()) {
      throw tokens.unexpected("RANGE");
    }
    tokens.expect(")");
    if (tokens.peek().isWord("offset")) {
      throw tokens.unexpected();
    }
    var aggregation =
        new LogqlExpr.RangeAggregation(
            function,
            parameter,
            new LogQuery(List.copyOf(window.matchers), List.copyOf(window.stages)),
            window.unwrap,
            Units.queryDuration(window.range.get()).orElseThrow(),
            window.offsetNanos,
            grouping());
    Checks.rangeAggregation(aggregation, tokens, at);
    return aggregation;
  }

  /// What stands inside the parentheses of a range aggregation, in whatever order it was written.
  private static final class Window {
    final List<Matcher> matchers = new ArrayList<>();
    final List<Stage> stages = new ArrayList<>();
    Optional<LogqlExpr.Unwrap> unwrap = Optional.empty();
    Optional<String> range = Optional.empty();
    long offsetNanos;
  }

  private void window(Window window) {
    tokens.enter();
    if (tokens.accept("(")) {
      window(window);
      tokens.expect(")");
    } else {
      window.matchers.addAll(pipeline.selector());
    }
    while (true) {
      Token token = tokens.peek();
      if (token.kind() == Token.Kind.RANGE && window.range.isEmpty()) {
        window.range = Optional.of(tokens.next().text());
        if (tokens.acceptWord("offset")) {
          window.offsetNanos = tokens.duration();
        }
      } else if (pipeline.startsUnwrap() && window.unwrap.isEmpty()) {
        window.unwrap = Optional.of(pipeline.unwrap(new ArrayList<>()));
      } else if (pipeline.startsStage()) {
        Stage stage = pipeline.stage();
        if (window.unwrap.isPresent() && !(stage instanceof Stage.LabelFilter)) {
          throw tokens.error("syntax error: only label filters may follow unwrap", token);
        }
        window.unwrap.map(LogqlExpr.Unwrap::filters).orElse(window.stages).add(stage);
      } else {
        tokens.leave();
        return;
      }
    }
  }
}
