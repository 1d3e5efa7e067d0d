package dev.pharos.query.logql.syntax;

import dev.pharos.query.logql.syntax.LogqlExpr.Binary;
import dev.pharos.query.logql.syntax.LogqlExpr.Grouping;
import dev.pharos.query.logql.syntax.LogqlExpr.LabelReplace;
import dev.pharos.query.logql.syntax.LogqlExpr.LogQuery;
import dev.pharos.query.logql.syntax.LogqlExpr.Matching;
import dev.pharos.query.logql.syntax.LogqlExpr.NumberLiteral;
import dev.pharos.query.logql.syntax.LogqlExpr.RangeAggregation;
import dev.pharos.query.logql.syntax.LogqlExpr.Unwrap;
import dev.pharos.query.logql.syntax.LogqlExpr.VectorAggregation;
import dev.pharos.query.logql.syntax.LogqlExpr.VectorLiteral;
import dev.pharos.query.matrix.VectorMatching;
import dev.pharos.query.matrix.VectorMatching.Cardinality;
import dev.pharos.query.syntax.Quoting;
import dev.pharos.query.syntax.Units;
import java.util.List;
import java.util.stream.Collectors;

/// Writes a LogQL tree on one line in canonical spacing.
final class Printer {
  private Printer() {}

  static String print(LogqlExpr expr) {
    return switch (expr) {
      case LogQuery q -> query(q);
      case NumberLiteral n -> number(n.value());
      case VectorLiteral v -> "vector(" + number(v.value()) + ")";
      case RangeAggregation r -> range(r);
      case VectorAggregation v -> vector(v);
      case Binary b ->
          "(" + b.left() + " " + b.op().symbol() + matching(b.matching()) + " " + b.right() + ")";
      case LabelReplace l ->
          "label_replace("
              + l.inner()
              + ","
              + Quoting.quote(l.target())
              + ","
              + Quoting.quote(l.replacement())
              + ","
              + Quoting.quote(l.source())
              + ","
              + Quoting.quote(l.regex())
              + ")";
    };
  }

  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String query(LogQuery query) {
    var out =
        new StringBuilder(
            query.matchers().stream()
                .map(Matcher::toString)
                .collect(Collectors.joining(", ", "{", "}")));
    query.stages().forEach(stage -> out.append(' ').append(stage(stage)));
    return out.toString();
  }

  static String stage(Stage stage) {
    return switch (stage) {
      case Stage.LineFilter f ->
          f.op().symbol()
              + " "
              + f.operands().stream()
                  .map(
                      o -> o.ip() ? "ip(" + Quoting.quote(o.text()) + ")" : Quoting.quote(o.text()))
                  .collect(Collectors.joining(" or "));
      case Stage.Json j -> "| json" + extractions(j.extractions());
      case Stage.Logfmt l ->
          "| logfmt"
              + (l.strict() ? " --strict" : "")
              + (l.keepEmpty() ? " --keep-empty" : "")
              + extractions(l.extractions());
      case Stage.Regexp r -> "| regexp " + Quoting.quote(r.expression());
      case Stage.Pattern p -> "| pattern " + Quoting.quote(p.expression());
      case Stage.Unpack u -> "| unpack";
      case Stage.LabelFilter f -> "| " + condition(f.condition());
      case Stage.LineFormat f -> "| line_format " + Quoting.quote(f.template());
      case Stage.LabelFormat f ->
          "| label_format "
              + f.formats().stream()
                  .map(x -> x.target() + "=" + (x.rename() ? x.value() : Quoting.quote(x.value())))
                  .collect(Collectors.joining(","));
      case Stage.Drop d -> "| drop " + targets(d.targets());
      case Stage.Keep k -> "| keep " + targets(k.targets());
      case Stage.Decolorize d -> "| decolorize";
    };
  }

  private static String extractions(List<Stage.Extraction> extractions) {
    return extractions.stream()
        .map(e -> e.label() + "=" + Quoting.quote(e.path()))
        .collect(Collectors.joining(",", extractions.isEmpty() ? "" : " ", ""));
  }

  private static String targets(List<Stage.Target> targets) {
    return targets.stream()
        .map(
            t ->
                switch (t) {
                  case Stage.Target.Name n -> n.label();
                  case Stage.Target.Matching m -> m.matcher().toString();
                })
        .collect(Collectors.joining(","));
  }

  private static String condition(LabelCondition condition) {
    return switch (condition) {
      case LabelCondition.Text t -> t.matcher().toString();
      case LabelCondition.Number n -> n.label() + n.op().symbol() + number(n.value());
      case LabelCondition.Duration d ->
          d.label() + d.op().symbol() + Units.printDuration(d.nanos());
      case LabelCondition.Bytes b -> b.label() + b.op().symbol() + b.bytes() + "B";
      case LabelCondition.Ip i ->
          i.label() + (i.negated() ? "!=" : "=") + "ip(" + Quoting.quote(i.pattern()) + ")";
      case LabelCondition.And a -> "( " + condition(a.left()) + " , " + condition(a.right()) + " )";
      case LabelCondition.Or o -> "( " + condition(o.left()) + " or " + condition(o.right()) + " )";
    };
  }

  private static String range(RangeAggregation r) {
    var out = new StringBuilder(r.function().word()).append('(');
    r.parameter().ifPresent(p -> out.append(number(p)).append(','));
    out.append(r.query());
    r.unwrap().ifPresent(u -> out.append(unwrap(u)));
    out.append('[').append(Units.printDuration(r.rangeNanos())).append(']');
    if (r.offsetNanos() != 0) {
      out.append(" offset ").append(Units.printDuration(r.offsetNanos()));
    }
    out.append(')');
    r.grouping().ifPresent(g -> out.append(' ').append(grouping(g)));
    return out.toString();
  }

  private static String unwrap(Unwrap unwrap) {
    String label =
        unwrap.conversion().word().isEmpty()
            ? unwrap.label()
            : unwrap.conversion().word() + "(" + unwrap.label() + ")";
    return " | unwrap "
        + label
        + unwrap.filters().stream().map(f -> " " + stage(f)).collect(Collectors.joining());
  }

  private static String vector(VectorAggregation v) {
    var out = new StringBuilder(v.function().word());
    v.grouping().ifPresent(g -> out.append(' ').append(grouping(g)).append(' '));
    out.append('(');
    v.parameter().ifPresent(p -> out.append(number(p)).append(','));
    return out.append(v.inner()).append(')').toString();
  }

  private static String grouping(Grouping grouping) {
    return (grouping.without() ? "without " : "by ")
        + "("
        + String.join(",", grouping.labels())
        + ")";
  }

  private static String matching(Matching matching) {
    var out = new StringBuilder(matching.bool() ? " bool" : "");
    VectorMatching vectors = matching.vectors();
    boolean oneToOne = vectors.cardinality() == Cardinality.ONE_TO_ONE;
    if (vectors.on() || !vectors.labels().isEmpty() || !oneToOne) {
      out.append(vectors.on() ? " on " : " ignoring ")
          .append('(')
          .append(String.join(",", vectors.labels()))
          .append(')');
    }
    if (!oneToOne) {
      boolean left = vectors.cardinality() == Cardinality.MANY_TO_ONE;
      out.append(left ? " group_left " : " group_right ");
      out.append('(').append(String.join(",", vectors.include())).append(')');
    }
    return out.toString();
  }
}
