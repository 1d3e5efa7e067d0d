package dev.pharos.query.promql;

import dev.pharos.model.text.NumberText;
import dev.pharos.query.matrix.VectorMatching;
import dev.pharos.query.matrix.VectorMatching.Cardinality;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/// Prints an expression in Prometheus' canonical form on one line.
public final class Printer {
  private Printer() {}

  /// The query text of `expr`.
  public static String print(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral n -> number(n);
      case Expr.StringLiteral s -> Quoting.quote(s.value());
      case Expr.Paren p -> "(" + print(p.inner()) + ")";
      case Expr.Unary u -> (u.negative() ? "-" : "+") + print(u.operand());
      case Expr.VectorSelector v -> selector(v) + modifiers(v);
      case Expr.MatrixSelector m ->
          selector(m.selector()) + "[" + duration(m.range()) + "]" + modifiers(m.selector());
      case Expr.Subquery s -> print(s.inner()) + suffix(s);
      case Expr.Binary b -> print(b.left()) + " " + operator(b) + " " + print(b.right());
      case Expr.Call c -> c.function().word() + "(" + list(c.args()) + ")";
      case Expr.Aggregate a -> aggregateHead(a) + "(" + parameter(a) + print(a.operand()) + ")";
    };
  }

  private static String list(List<Expr> args) {
    return args.stream().map(Printer::print).collect(Collectors.joining(", "));
  }

  private static String parameter(Expr.Aggregate a) {
    return a.parameter().map(p -> print(p) + ", ").orElse("");
  }

  static String number(Expr.NumberLiteral n) {
    return n.duration()
        ? NumberSyntax.formatDuration(Math.round(n.value() * 1000))
        : NumberText.plain(n.value());
  }

  static String aggregateHead(Expr.Aggregate a) {
    if (a.without()) {
      return a.op().word() + " without (" + names(a.grouping()) + ") ";
    }
    return a.grouping().isEmpty()
        ? a.op().word()
        : a.op().word() + " by (" + names(a.grouping()) + ") ";
  }

  /// The operator with all its modifiers.
  static String operator(Expr.Binary b) {
    StringBuilder out = new StringBuilder(b.op().symbol());
    if (b.bool()) {
      out.append(" bool");
    }
    VectorMatching m = b.matching();
    if (m.on() || !m.labels().isEmpty() || m.cardinality() != Cardinality.ONE_TO_ONE) {
      out.append(m.on() ? " on (" : " ignoring (").append(names(m.labels())).append(')');
      if (m.cardinality() != Cardinality.ONE_TO_ONE) {
        out.append(m.cardinality() == Cardinality.MANY_TO_ONE ? " group_left (" : " group_right (");
        out.append(names(m.include())).append(')');
      }
    }
    appendFill(out, b.fillLeft(), b.fillRight());
    return out.toString();
  }

  private static void appendFill(StringBuilder out, OptionalDouble left, OptionalDouble right) {
    if (left.isPresent() && left.equals(right)) {
      out.append(" fill (").append(NumberText.plain(left.getAsDouble())).append(')');
      return;
    }
    if (left.isPresent()) {
      out.append(" fill_left (").append(NumberText.plain(left.getAsDouble())).append(')');
    }
    if (right.isPresent()) {
      out.append(" fill_right (").append(NumberText.plain(right.getAsDouble())).append(')');
    }
  }

  private static String names(List<String> names) {
    return names.stream().map(Printer::name).collect(Collectors.joining(", "));
  }

  private static String name(String name) {
    return isPlainName(name, false) ? name : Quoting.quote(name);
  }

  private static boolean isPlainName(String name, boolean colons) {
    if (name.isEmpty() || Lexer.isDigit(name.charAt(0))) {
      return false;
    }
    return name.chars().allMatch(c -> Lexer.isAlphaNumeric(c) || (colons && c == ':'));
  }

  static String selector(Expr.VectorSelector v) {
    boolean plain = isPlainName(v.name(), true);
    List<LabelMatch> matchers =
        v.name().isEmpty() ? v.matchers() : v.matchers().subList(0, v.matchers().size() - 1);
    String inside = matchers.stream().map(Printer::matcher).collect(Collectors.joining(","));
    if (!v.name().isEmpty() && !plain) {
      return "{" + Quoting.quote(v.name()) + (inside.isEmpty() ? "" : "," + inside) + "}";
    }
    return inside.isEmpty() && plain ? v.name() : v.name() + "{" + inside + "}";
  }

  private static String matcher(LabelMatch m) {
    return name(m.name()) + m.op().symbol() + Quoting.quote(m.value());
  }

  static String modifiers(Expr.VectorSelector v) {
    String edges =
        v.edges() == Expr.Edges.NONE ? "" : " " + v.edges().name().toLowerCase(Locale.ROOT);
    return edges + at(v.at()) + offset(v.offset());
  }

  static String suffix(Expr.Subquery s) {
    return "["
        + duration(s.range())
        + ":"
        + s.step().map(Printer::duration).orElse("")
        + "]"
        + at(s.at())
        + offset(s.offset());
  }

  private static String at(Optional<Expr.At> at) {
    if (at.isEmpty()) {
      return "";
    }
    return switch (at.get()) {
      case Expr.At.Start s -> " @ start()";
      case Expr.At.End e -> " @ end()";
      case Expr.At.Timestamp t -> " @ " + String.format(Locale.ROOT, "%.3f", t.millis() / 1000.0);
    };
  }

  private static String offset(Optional<DurationExpr> offset) {
    return offset.map(o -> " offset " + duration(o)).orElse("");
  }

  /// A duration expression; plain numbers of seconds print as durations.
  static String duration(DurationExpr expr) {
    return switch (expr) {
      case DurationExpr.Literal l -> NumberSyntax.formatDuration(Math.round(l.seconds() * 1000));
      case DurationExpr.Step s -> "step()";
      case DurationExpr.Range r -> "range()";
      case DurationExpr.Signed s -> (s.negative() ? "-" : "+") + operand(s.operand());
      case DurationExpr.Arithmetic a -> operand(a.left()) + " " + a.op() + " " + operand(a.right());
      case DurationExpr.Extremum e ->
          (e.max() ? "max_of(" : "min_of(") + operand(e.left()) + ", " + operand(e.right()) + ")";
      case DurationExpr.Paren p -> "(" + operand(p.inner()) + ")";
    };
  }

  private static String operand(DurationExpr expr) {
    return expr instanceof DurationExpr.Literal l && !l.duration()
        ? NumberText.plain(l.seconds())
        : duration(expr);
  }
}
