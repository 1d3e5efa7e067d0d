package dev.pharos.query.promql;

import dev.pharos.model.Labels;
import dev.pharos.query.matrix.FloatHistogram;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a query evaluates to.
public sealed interface PromResult {
  /// The type as the HTTP API names it.
  String type();

  /// A number at the time of the query.
  record Scalar(long millis, double value) implements PromResult {
    @Override
    public String type() {
      return ValueType.SCALAR.resultType();
    }
  }

  /// A string.
  record Text(long millis, String value) implements PromResult {
    @Override
    public String type() {
      return ValueType.STRING.resultType();
    }
  }

  /// One point a series, all at the time of the query, in the order of the result.
  record Vector(List<Points> series) implements PromResult {
    @Override
    public String type() {
      return ValueType.VECTOR.resultType();
    }
  }

  /// Points over time, series in the order of their labels.
  record Matrix(List<Points> series) implements PromResult {
    @Override
    public String type() {
      return ValueType.MATRIX.resultType();
    }
  }

  /// The points of one series in ascending time.
  ///
  /// @param count how many; the arrays are valid up to it
  /// @param values numbers; meaningless where there is a histogram
  /// @param histograms empty if there is none, else null where the point is a number
  record Points(
      Labels labels,
      int count,
      long[] millis,
      double[] values,
      @Nullable FloatHistogram[] histograms) {
    /// The histogram of point `i`, or null where it is a number.
    public @Nullable FloatHistogram histogram(int i) {
      return histograms.length == 0 ? null : histograms[i];
    }
  }
}
