package dev.pharos.query.logql.syntax;

import com.google.re2j.PatternSyntaxException;
import dev.pharos.query.matrix.BinaryOp;
import dev.pharos.query.regex.Regex;
import dev.pharos.query.syntax.Quoting;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/// What the grammar cannot say: expressions inside strings, and which modifiers go with which function.
final class Checks {
  private Checks() {}

  static void regex(Matcher matcher, Tokens tokens, Token at) {
    if (matcher.op().isRegex()) {
      regex(matcher.value(), tokens, at);
    }
  }

  static void regex(String expression, Tokens tokens, Token at) {
    try {
      var unused = Regex.searching(expression);
    } catch (PatternSyntaxException e) {
      throw tokens.error(
          "error parsing regexp: " + e.getDescription() + ": `" + e.getPattern() + "`", at);
    }
  }

  static void lineFilter(Stage.LineOp op, String text, Tokens tokens, Token at) {
    switch (op) {
      case MATCHES, NOT_MATCHES -> regex(text, tokens, at);
      case PATTERN, NOT_PATTERN -> {
        List<String> captures = captures(text, tokens, at);
        if (captures.stream().anyMatch(c -> !c.equals("_"))) {
          throw tokens.error(
              "invalid pattern filter " + Quoting.quote(text) + ": named captures are not allowed",
              at);
        }
      }
      case CONTAINS, NOT_CONTAINS -> {}
    }
  }

  /// An address, a range `a-b` or a CIDR.
  static String ip(String pattern, Tokens tokens, Token at) {
    if (IpPattern.parse(pattern).isEmpty()) {
      throw tokens.error(
          "ip: invalid pattern " + Quoting.quote(pattern) + ", expecting an address, a-b or CIDR",
          at);
    }
    return pattern;
  }

  static void jsonPath(String path, Tokens tokens, Token at) {
    if (JsonPath.parse(path).isEmpty()) {
      throw tokens.error(
          "cannot parse expression [" + path + "]: expecting a path such as a.b[0][\"c d\"]", at);
    }
  }

  static String namedGroups(String expression, Tokens tokens, Token at) {
    regex(expression, tokens, at);
    Set<String> names = new HashSet<>();
    int i = 0;
    while ((i = expression.indexOf("(?P<", i)) >= 0) {
      int end = expression.indexOf('>', i);
      if (end < 0 || !names.add(expression.substring(i + 4, end))) {
        throw tokens.error("duplicate capture group name in " + Quoting.quote(expression), at);
      }
      i = end;
    }
    if (names.isEmpty()) {
      throw tokens.error("at least one named capture must be supplied, such as (?P<name>re)", at);
    }
    return expression;
  }

  static String capturePattern(String expression, Tokens tokens, Token at) {
    List<String> captures = captures(expression, tokens, at);
    Set<String> names = new HashSet<>();
    for (String capture : captures) {
      if (!capture.equals("_") && !names.add(capture)) {
        throw tokens.error(
            "duplicate capture name (" + capture + ") in pattern " + Quoting.quote(expression), at);
      }
    }
    if (names.isEmpty()) {
      throw tokens.error(
          "at least one capture is required in pattern " + Quoting.quote(expression), at);
    }
    return expression;
  }

  /// The names between `<` and `>` that are captures; two of them may not touch.
  private static List<String> captures(String expression, Tokens tokens, Token at) {
    var matcher = com.google.re2j.Pattern.compile("<([A-Za-z_][A-Za-z0-9_]*)>").matcher(expression);
    var names = new java.util.ArrayList<String>();
    int last = -1;
    while (matcher.find()) {
      if (matcher.start() == last) {
        throw tokens.error(
            "consecutive captures are not allowed in pattern " + Quoting.quote(expression), at);
      }
      last = matcher.end();
      names.add(matcher.group(1));
    }
    return names;
  }

  static void labelFormats(List<Stage.LabelFormat.Format> formats, Tokens tokens, Token at) {
    Set<String> targets = new HashSet<>();
    for (Stage.LabelFormat.Format format : formats) {
      if (format.target().equals("__error__")) {
        throw tokens.error("__error__ cannot be formatted", at);
      }
      if (!targets.add(format.target())) {
        throw tokens.error(
            "multiple label name '"
                + format.target()
                + "' not allowed in a single format operation",
            at);
      }
    }
  }

  static void binary(LogqlExpr.Binary binary, Tokens tokens, Token at) {
    if (binary.op().isSet()) {
      literalLeg(binary.left(), "left", binary.op(), tokens, at);
      literalLeg(binary.right(), "right", binary.op(), tokens, at);
    }
  }

  private static void literalLeg(
      LogqlExpr.Metric leg, String side, BinaryOp op, Tokens tokens, Token at) {
    if (isScalar(leg)) {
      throw tokens.error(
          "unexpected literal for "
              + side
              + " leg of logical/set binary operation ("
              + op.symbol()
              + "): "
              + leg,
          at);
    }
  }

  /// Whether a query gives one number without a label set.
  static boolean isScalar(LogqlExpr.Metric metric) {
    return switch (metric) {
      case LogqlExpr.NumberLiteral n -> true;
      case LogqlExpr.Binary b -> isScalar(b.left()) && isScalar(b.right());
      case LogqlExpr.RangeAggregation r -> false;
      case LogqlExpr.VectorAggregation v -> false;
      case LogqlExpr.VectorLiteral v -> false;
      case LogqlExpr.LabelReplace l -> false;
    };
  }

  static void vectorAggregation(LogqlExpr.VectorAggregation aggregation, Tokens tokens, Token at) {
    VectorFunction function = aggregation.function();
    OptionalDouble parameter = aggregation.parameter();
    if (function.takesNumber()) {
      if (parameter.isEmpty()) {
        throw tokens.error("parameter required for operation " + function.word(), at);
      }
      double number = parameter.getAsDouble();
      if (number != Math.rint(number) || number <= 0 || number > Integer.MAX_VALUE) {
        throw tokens.error(
            "invalid parameter "
                + function.word()
                + "("
                + Printer.number(number)
                + ", expecting a whole number above 0",
            at);
      }
    } else if (parameter.isPresent()) {
      throw tokens.error(
          "unsupported parameter for operation "
              + function.word()
              + "("
              + Printer.number(parameter.getAsDouble())
              + ",",
          at);
    }
    if (function.sorts() && aggregation.grouping().filter(g -> !g.without()).isPresent()) {
      throw tokens.error("grouping not allowed for " + function.word() + " aggregation", at);
    }
    if (function == VectorFunction.APPROX_TOPK && aggregation.grouping().isPresent()) {
      throw tokens.error("grouping not allowed for approx_topk aggregation", at);
    }
  }

  static void rangeAggregation(LogqlExpr.RangeAggregation aggregation, Tokens tokens, Token at) {
    RangeFunction function = aggregation.function();
    boolean unwrapped = aggregation.unwrap().isPresent();
    if (unwrapped && !function.overNumbers()) {
      throw tokens.error("invalid aggregation " + function.word() + " with unwrap", at);
    }
    if (!unwrapped && !function.overLines()) {
      throw tokens.error("invalid aggregation " + function.word() + " without unwrap", at);
    }
    if (aggregation.grouping().isPresent() && !function.groups()) {
      throw tokens.error("grouping not allowed for " + function.word() + " aggregation", at);
    }
    boolean quantile = function == RangeFunction.QUANTILE_OVER_TIME;
    if (quantile && aggregation.parameter().isEmpty()) {
      throw tokens.error("parameter required for operation " + function.word(), at);
    }
    if (!quantile && aggregation.parameter().isPresent()) {
      throw tokens.error(
          "parameter "
              + Printer.number(aggregation.parameter().getAsDouble())
              + " not supported for operation "
              + function.word(),
          at);
    }
  }
}
