package dev.pharos.query.logql.syntax;

import dev.pharos.query.logql.syntax.LabelCondition.Comparison;
import dev.pharos.query.logql.syntax.LogqlExpr.Unwrap;
import dev.pharos.query.syntax.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads stream selectors and pipeline stages.
final class PipelineParser {
  private final Tokens tokens;

  PipelineParser(Tokens tokens) {
    this.tokens = tokens;
  }

  List<Matcher> selector() {
    Token start = tokens.peek();
    tokens.expect("{");
    var matchers = new ArrayList<Matcher>();
    if (!tokens.accept("}")) {
      do {
        matchers.add(matcher());
      } while (tokens.accept(","));
      if (!tokens.accept("}")) {
        throw tokens.unexpected("}", ",");
      }
    }
    for (Matcher matcher : matchers) {
      if (!matcher.matches("")) {
        return matchers;
      }
    }
    throw tokens.error(
        "queries require at least one regexp or equality matcher that does not have an empty-compatible value; at least"
            + " one matcher needed that cannot match the empty text, such as app=~\".+\"",
        start);
  }

  private Matcher matcher() {
    String name = tokens.expect(Token.Kind.IDENTIFIER);
    Matcher.Op op = matchOp();
    Token at = tokens.peek();
    var matcher = new Matcher(name, op, tokens.expect(Token.Kind.STRING));
    Checks.regex(matcher, tokens, at);
    return matcher;
  }

  private Matcher.Op matchOp() {
    for (Matcher.Op op : Matcher.Op.values()) {
      if (tokens.accept(op.symbol())) {
        return op;
      }
    }
    throw tokens.unexpected("=", "!=", "=~", "!~");
  }

  /// Whether a stage begins here. `!=` is a line filter where a text follows and an operator of metrics elsewhere.
  boolean startsStage() {
    Token token = tokens.peek();
    if (token.kind() != Token.Kind.SYMBOL) {
      return false;
    }
    return switch (token.text()) {
      case "|", "|=", "|~", "|>", "!~", "!>" -> true;
      case "!=" -> tokens.peek(1).kind() == Token.Kind.STRING || isIpCall(1);
      default -> false;
    };
  }

  boolean startsUnwrap() {
    return tokens.peek().isSymbol("|")
        && tokens.peek(1).isWord("unwrap")
        && tokens.peek(2).kind() == Token.Kind.IDENTIFIER;
  }

  private boolean isIpCall(int ahead) {
    return tokens.peek(ahead).isWord("ip") && tokens.peek(ahead + 1).isSymbol("(");
  }

  Stage stage() {
    for (Stage.LineOp op : Stage.LineOp.values()) {
      if (tokens.peek().isSymbol(op.symbol())) {
        return lineFilter(op);
      }
    }
    tokens.expect("|");
    Token word = tokens.peek();
    if (word.isSymbol("(") || (word.kind() == Token.Kind.IDENTIFIER && startsCondition())) {
      return new Stage.LabelFilter(condition());
    }
    String name =
        word.kind() == Token.Kind.IDENTIFIER ? tokens.next().text().toLowerCase(Locale.ROOT) : "";
    return switch (name) {
      case "json" -> new Stage.Json(extractions(true));
      case "logfmt" -> logfmt();
      case "regexp" -> new Stage.Regexp(Checks.namedGroups(text(), tokens, word));
      case "pattern" -> new Stage.Pattern(Checks.capturePattern(text(), tokens, word));
      case "unpack" -> new Stage.Unpack();
      case "line_format" -> new Stage.LineFormat(text());
      case "label_format" -> labelFormat(word);
      case "drop" -> new Stage.Drop(targets());
      case "keep" -> new Stage.Keep(targets());
      case "decolorize" -> new Stage.Decolorize();
      case "" -> throw tokens.unexpected("IDENTIFIER", "a parser", "a label filter");
      case "unwrap" ->
          throw tokens.error(
              "syntax error: unexpected unwrap outside of a range aggregation", word);
      default -> throw tokens.unexpected("=", "==", "!=", "=~", "!~", ">", ">=", "<", "<=");
    };
  }

  private boolean startsCondition() {
    Token operator = tokens.peek(1);
    return operator.kind() == Token.Kind.SYMBOL
        && switch (operator.text()) {
          case "=", "==", "!=", "=~", "!~", ">", ">=", "<", "<=" -> {
            // `| json != "x"` is a parser and a line filter, as `| json |= "x"` is.
            boolean parser =
                tokens.peek().isWord("json") || tokens.peek().isWord("logfmt") || isBareStage();
            boolean line = operator.text().equals("!=") || operator.text().equals("!~");
            yield !(parser && line);
          }
          default -> false;
        };
  }

  private boolean isBareStage() {
    return tokens.peek().isWord("unpack") || tokens.peek().isWord("decolorize");
  }

  private String text() {
    return tokens.expect(Token.Kind.STRING);
  }

  private Stage lineFilter(Stage.LineOp op) {
    tokens.next();
    var operands = new ArrayList<Stage.LineFilter.Operand>();
    operands.add(operand(op));
    while (tokens.peek().isWord("or")
        && (tokens.peek(1).kind() == Token.Kind.STRING || isIpCall(1))) {
      tokens.next();
      operands.add(operand(op));
    }
    return new Stage.LineFilter(op, operands);
  }

  private Stage.LineFilter.Operand operand(Stage.LineOp op) {
    Token at = tokens.peek();
    if (isIpCall(0)) {
      tokens.next();
      if (op != Stage.LineOp.CONTAINS && op != Stage.LineOp.NOT_CONTAINS) {
        throw tokens.error("ip: invalid operation " + op.symbol() + ", expecting |= or !=", at);
      }
      return new Stage.LineFilter.Operand(true, ipPattern());
    }
    String text = text();
    Checks.lineFilter(op, text, tokens, at);
    return new Stage.LineFilter.Operand(false, text);
  }

  private String ipPattern() {
    tokens.expect("(");
    Token at = tokens.peek();
    String pattern = Checks.ip(text(), tokens, at);
    tokens.expect(")");
    return pattern;
  }

  private Stage logfmt() {
    boolean strict = false;
    boolean keepEmpty = false;
    while (tokens.peek().kind() == Token.Kind.FLAG) {
      Token flag = tokens.next();
      switch (flag.text()) {
        case "--strict" -> strict = true;
        case "--keep-empty" -> keepEmpty = true;
        default ->
            throw tokens.error(
                "unknown parser flag " + flag.text() + ", expecting --strict or --keep-empty",
                flag);
      }
    }
    return new Stage.Logfmt(strict, keepEmpty, extractions(false));
  }

  private List<Stage.Extraction> extractions(boolean json) {
    var extractions = new ArrayList<Stage.Extraction>();
    if (tokens.peek().kind() != Token.Kind.IDENTIFIER
        || tokens.peek().isWord("by")
        || tokens.peek().isWord("without")) {
      return extractions;
    }
    do {
      Token at = tokens.peek();
      String label = tokens.expect(Token.Kind.IDENTIFIER);
      String path = tokens.accept("=") ? text() : label;
      if (json) {
        Checks.jsonPath(path, tokens, at);
      }
      extractions.add(new Stage.Extraction(label, path));
    } while (tokens.accept(","));
    return extractions;
  }

  private Stage labelFormat(Token start) {
    var formats = new ArrayList<Stage.LabelFormat.Format>();
    do {
      String target = tokens.expect(Token.Kind.IDENTIFIER);
      tokens.expect("=");
      boolean rename = tokens.peek().kind() == Token.Kind.IDENTIFIER;
      String value = rename ? tokens.next().text() : text();
      formats.add(new Stage.LabelFormat.Format(target, rename, value));
    } while (tokens.accept(","));
    Checks.labelFormats(formats, tokens, start);
    return new Stage.LabelFormat(formats);
  }

  private List<Stage.Target> targets() {
    var targets = new ArrayList<Stage.Target>();
    do {
      if (tokens.peek(1).kind() == Token.Kind.SYMBOL && isMatchOp(tokens.peek(1))) {
        targets.add(new Stage.Target.Matching(matcher()));
      } else {
        targets.add(new Stage.Target.Name(tokens.expect(Token.Kind.IDENTIFIER)));
      }
    } while (tokens.accept(","));
    return targets;
  }

  private static boolean isMatchOp(Token token) {
    return switch (token.text()) {
      case "=", "!=", "=~", "!~" -> true;
      default -> false;
    };
  }

  /// `or` of `and`s; a comma or nothing between two conditions means `and`.
  LabelCondition condition() {
    tokens.enter();
    LabelCondition left = conjunction();
    while (tokens.acceptWord("or")) {
      left = new LabelCondition.Or(left, conjunction());
    }
    tokens.leave();
    return left;
  }

  private LabelCondition conjunction() {
    LabelCondition left = term();
    while (true) {
      Token token = tokens.peek();
      if (token.isWord("or") || token.isWord("by") || token.isWord("without")) {
        return left;
      }
      boolean joined = tokens.acceptWord("and") || tokens.accept(",");
      if (!joined && token.kind() != Token.Kind.IDENTIFIER && !token.isSymbol("(")) {
        return left;
      }
      left = new LabelCondition.And(left, term());
    }
  }

  private LabelCondition term() {
    if (tokens.accept("(")) {
      LabelCondition inner = condition();
      tokens.expect(")");
      return inner;
    }
    String label = tokens.expect(Token.Kind.IDENTIFIER);
    Token operator = tokens.peek();
    Token value = tokens.peek(1);
    if (value.kind() == Token.Kind.STRING) {
      return new LabelCondition.Text(textMatcher(label));
    }
    if (isIpCall(1)) {
      boolean negated = operator.isSymbol("!=");
      if (!negated && !operator.isSymbol("=")) {
        throw tokens.error(
            "ip: invalid operation " + operator.text() + ", expecting = or !=", operator);
      }
      tokens.next();
      tokens.next();
      return new LabelCondition.Ip(label, negated, ipPattern());
    }
    return numeric(label, comparison());
  }

  private Matcher textMatcher(String label) {
    Matcher.Op op = matchOp();
    Token at = tokens.peek();
    var matcher = new Matcher(label, op, text());
    Checks.regex(matcher, tokens, at);
    return matcher;
  }

  private Comparison comparison() {
    if (tokens.accept("=")) {
      return Comparison.EQ;
    }
    for (Comparison comparison : Comparison.values()) {
      if (tokens.accept(comparison.symbol())) {
        return comparison;
      }
    }
    throw tokens.unexpected("=", "==", "!=", ">", ">=", "<", "<=", "=~", "!~");
  }

  private LabelCondition numeric(String label, Comparison op) {
    boolean negative = tokens.accept("-");
    if (!negative) {
      tokens.accept("+");
    }
    Token token = tokens.peek();
    return switch (token.kind()) {
      case NUMBER -> {
        if (token.text().startsWith("0x") || token.text().startsWith("0X")) {
          throw tokens.error(
              "invalid number: " + token.text() + " cannot be read as a float", token);
        }
        double value = tokens.number();
        yield new LabelCondition.Number(label, op, negative ? -value : value);
      }
      case DURATION -> {
        long nanos = tokens.duration();
        yield new LabelCondition.Duration(label, op, negative ? -nanos : nanos);
      }
      case BYTES -> {
        tokens.next();
        long bytes =
            Units.bytes(token.text())
                .orElseThrow(() -> tokens.error("invalid size: " + token.text(), token));
        yield new LabelCondition.Bytes(label, op, negative ? -bytes : bytes);
      }
      case IDENTIFIER, STRING, RANGE, FLAG, SYMBOL, END ->
          throw tokens.unexpected("STRING", "NUMBER", "DURATION", "BYTES");
    };
  }

  /// `| unwrap label` or `| unwrap duration(label)`.
  Unwrap unwrap(List<Stage> filters) {
    tokens.expect("|");
    tokens.next();
    String word = tokens.expect(Token.Kind.IDENTIFIER);
    if (tokens.accept("(")) {
      for (Unwrap.Conversion conversion : Unwrap.Conversion.values()) {
        if (!conversion.word().isEmpty() && conversion.word().equalsIgnoreCase(word)) {
          String label = tokens.expect(Token.Kind.IDENTIFIER);
          tokens.expect(")");
          return new Unwrap(conversion, label, filters);
        }
      }
      throw tokens.error(
          "syntax error: unexpected " + word + ", expecting bytes or duration or duration_seconds",
          tokens.peek());
    }
    return new Unwrap(Unwrap.Conversion.NUMBER, word, filters);
  }
}
