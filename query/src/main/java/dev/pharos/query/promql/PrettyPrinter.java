package dev.pharos.query.promql;

import java.util.List;

/// Prints an expression over several lines where one line would pass 100 characters, as Prometheus' `format_query`
/// does.
public final class PrettyPrinter {
  private static final int MAX_LINE = 100;

  private PrettyPrinter() {}

  /// The formatted query text of `expr`.
  public static String print(Expr expr) {
    return print(expr, 0);
  }

  private static String print(Expr expr, int level) {
    String line = Printer.print(expr);
    boolean split = line.length() > MAX_LINE;
    String indent = indent(level);
    return switch (expr) {
      case Expr.NumberLiteral n -> indent + line;
      case Expr.StringLiteral s -> indent + line;
      case Expr.VectorSelector v -> indent + line;
      case Expr.MatrixSelector m -> indent + line;
      case Expr.Subquery s -> split ? print(s.inner(), level) + Printer.suffix(s) : indent + line;
      case Expr.Unary u ->
          indent + (u.negative() ? "-" : "+") + print(u.operand(), level).stripLeading();
      case Expr.Paren p ->
          split
              ? indent + "(\n" + print(p.inner(), level + 1) + "\n" + indent + ")"
              : indent + line;
      case Expr.Binary b ->
          split
              ? print(b.left(), level + 1)
                  + "\n"
                  + indent
                  + Printer.operator(b)
                  + "\n"
                  + print(b.right(), level + 1)
              : indent + line;
      case Expr.Call c ->
          split
              ? indent
                  + c.function().word()
                  + "(\n"
                  + list(c.args(), level + 1)
                  + "\n"
                  + indent
                  + ")"
              : indent + line;
      case Expr.Aggregate a -> {
        if (!split) {
          yield indent + line;
        }
        String parameter = a.parameter().map(p -> print(p, level + 1) + ",\n").orElse("");
        String operand = print(a.operand(), level + 1);
        yield indent + Printer.aggregateHead(a) + "(\n" + parameter + operand + "\n" + indent + ")";
      }
    };
  }

  private static String list(List<Expr> args, int level) {
    StringBuilder out = new StringBuilder();
    for (Expr arg : args) {
      out.append(out.isEmpty() ? "" : ",\n").append(print(arg, level));
    }
    return out.toString();
  }

  private static String indent(int level) {
    return "  ".repeat(level);
  }
}
