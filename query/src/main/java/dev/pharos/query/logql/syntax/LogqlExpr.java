package dev.pharos.query.logql.syntax;

import dev.pharos.query.matrix.BinaryOp;
import dev.pharos.query.matrix.VectorMatching;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// A parsed LogQL query: log lines, or a metric of them. `toString` is the query in canonical spacing, which parses to
/// an equal tree.
public sealed interface LogqlExpr {
  /// Lines of the streams that a selector chooses, passed through stages in order.
  ///
  /// @param matchers of the stream selector, at least one
  record LogQuery(List<Matcher> matchers, List<Stage> stages) implements LogqlExpr {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /// A query that gives numbers.
  sealed interface Metric extends LogqlExpr {}

  /// A function over the lines of a window that ends at each evaluation time.
  ///
  /// @param parameter the quantile, of `quantile_over_time` alone
  /// @param unwrap the label that gives the numbers, where they are not lines or their sizes
  /// @param offsetNanos how far the window lies back; negative lies ahead
  record RangeAggregation(
      RangeFunction function,
      OptionalDouble parameter,
      LogQuery query,
      Optional<Unwrap> unwrap,
      long rangeNanos,
      long offsetNanos,
      Optional<Grouping> grouping)
      implements Metric {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /// An aggregation across series at each evaluation time.
  ///
  /// @param parameter the number of series that `topk`, `bottomk` and `approx_topk` keep
  record VectorAggregation(
      VectorFunction function, OptionalDouble parameter, Metric inner, Optional<Grouping> grouping)
      implements Metric {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  record Binary(BinaryOp op, Matching matching, Metric left, Metric right) implements Metric {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  record NumberLiteral(double value) implements Metric {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /// `vector(1)`: one series without labels.
  record VectorLiteral(double value) implements Metric {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  record LabelReplace(Metric inner, String target, String replacement, String source, String regex)
      implements Metric {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /// Which labels an aggregation keeps (`by`) or drops (`without`).
  record Grouping(boolean without, List<String> labels) {}

  /// `| unwrap label`, and the label filters behind it.
  record Unwrap(Conversion conversion, String label, List<Stage> filters) {
    public enum Conversion {
      NUMBER(""),
      BYTES("bytes"),
      DURATION("duration"),
      DURATION_SECONDS("duration_seconds");

      private final String word;

      Conversion(String word) {
        this.word = word;
      }

      public String word() {
        return word;
      }
    }
  }

  /// How the series of a binary operation's sides find each other.
  ///
  /// @param bool whether a comparison gives 0 and 1 instead of filtering
  record Matching(boolean bool, VectorMatching vectors) {}
}
