package dev.pharos.query.traceql.syntax;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A parsed TraceQL query with its hints.
public record TraceqlQuery(Expr expr, List<Hint> hints) {
  @Override
  public String toString() {
    String with = hints.stream().map(Hint::toString).collect(Collectors.joining(", "));
    return expr + (hints.isEmpty() ? "" : " with(" + with + ")");
  }

  /// `most_recent=true`: a wish about how the query is run.
  public record Hint(String name, Literal value) {
    @Override
    public String toString() {
      return name + "=" + value;
    }
  }

  /// What gives spansets, or series of numbers.
  public sealed interface Expr {
    /// Stages in order, the first of which chooses spans of all traces.
    record Pipeline(List<Stage> stages) implements Expr {
      @Override
      public String toString() {
        var out = new StringBuilder();
        for (Stage stage : stages) {
          out.append(out.isEmpty() ? "" : stage instanceof Stage.MetricsFilter ? " " : " | ")
              .append(stage);
        }
        return out.toString();
      }
    }

    /// Two spansets of one trace joined or related.
    record Spansets(SpansetOp op, Expr left, Expr right) implements Expr {
      @Override
      public String toString() {
        return "(" + left + ") " + op.symbol() + " (" + right + ")";
      }
    }

    /// Arithmetic between metrics queries and numbers.
    record MetricsArithmetic(FieldOp op, Expr left, Expr right) implements Expr {
      @Override
      public String toString() {
        return leg(left) + " " + op.symbol() + " " + leg(right);
      }

      private static String leg(Expr leg) {
        return leg instanceof MetricsNumber ? leg.toString() : "(" + leg + ")";
      }
    }

    record MetricsNumber(Literal value) implements Expr {
      @Override
      public String toString() {
        return value.toString();
      }
    }
  }

  /// A step on the spansets that come from the step before.
  public sealed interface Stage {
    /// `{ }`: keeps the spans that meet a condition; all without one.
    record Filter(Optional<FieldExpr> condition) implements Stage {
      @Override
      public String toString() {
        return condition.map(c -> "{ " + c + " }").orElse("{ }");
      }
    }

    /// Spansets combined within a pipeline.
    record Nested(Expr expr) implements Stage {
      @Override
      public String toString() {
        return expr instanceof Expr.Spansets ? expr.toString() : "(" + expr + ")";
      }
    }

    /// Keeps spansets by an aggregate of their spans.
    record ScalarFilter(FieldOp op, ScalarExpr left, ScalarExpr right) implements Stage {
      @Override
      public String toString() {
        return left + " " + op.symbol() + " " + right;
      }
    }

    record By(FieldExpr expr) implements Stage {
      @Override
      public String toString() {
        return "by(" + expr + ")";
      }
    }

    record Coalesce() implements Stage {
      @Override
      public String toString() {
        return "coalesce()";
      }
    }

    /// Adds attributes to the spans of the answer.
    record Select(List<FieldExpr> fields) implements Stage {
      @Override
      public String toString() {
        return fields.stream()
            .map(FieldExpr::toString)
            .collect(Collectors.joining(", ", "select(", ")"));
      }
    }

    /// The stage that turns spans into series.
    record Metrics(String function, List<FieldExpr> arguments, List<FieldExpr> by)
        implements Stage {
      @Override
      public String toString() {
        String args =
            arguments.stream().map(FieldExpr::toString).collect(Collectors.joining(", ", "(", ")"));
        String groups =
            by.stream().map(FieldExpr::toString).collect(Collectors.joining(", ", " by(", ")"));
        return function + args + (by.isEmpty() ? "" : groups);
      }
    }

    /// `compare({ }, topN, start, end)`.
    record Compare(Filter selection, List<Long> numbers) implements Stage {
      @Override
      public String toString() {
        return "compare("
            + selection
            + numbers.stream().map(n -> ", " + n).collect(Collectors.joining())
            + ")";
      }
    }

    /// `topk(n)`, `bottomk(n)`.
    record Ranked(boolean top, int count) implements Stage {
      @Override
      public String toString() {
        return (top ? "topk(" : "bottomk(") + count + ")";
      }
    }

    /// Keeps the points of series that compare so.
    record MetricsFilter(FieldOp op, Literal value) implements Stage {
      @Override
      public String toString() {
        return op.symbol() + " " + value;
      }
    }
  }

  /// A number for each spanset.
  public sealed interface ScalarExpr {
    record Number(Literal value) implements ScalarExpr {
      @Override
      public String toString() {
        return value.toString();
      }
    }

    /// `count()`, or `min`, `max`, `avg`, `sum` of an expression.
    record Aggregate(String function, Optional<FieldExpr> argument) implements ScalarExpr {
      @Override
      public String toString() {
        return function + "(" + argument.map(FieldExpr::toString).orElse("") + ")";
      }
    }

    record Arithmetic(FieldOp op, ScalarExpr left, ScalarExpr right) implements ScalarExpr {
      @Override
      public String toString() {
        return "(" + left + " " + op.symbol() + " " + right + ")";
      }
    }
  }

  /// An operator between spansets.
  public enum SpansetOp {
    AND("&&"),
    OR("||"),
    CHILD(">"),
    PARENT("<"),
    DESCENDANT(">>"),
    ANCESTOR("<<"),
    SIBLING("~"),
    NOT_CHILD("!>"),
    NOT_PARENT("!<"),
    NOT_DESCENDANT("!>>"),
    NOT_ANCESTOR("!<<"),
    NOT_SIBLING("!~"),
    UNION_CHILD("&>"),
    UNION_PARENT("&<"),
    UNION_DESCENDANT("&>>"),
    UNION_ANCESTOR("&<<"),
    UNION_SIBLING("&~");

    private final String symbol;

    SpansetOp(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }

    public boolean isStructural() {
      return this != AND && this != OR;
    }
  }
}
