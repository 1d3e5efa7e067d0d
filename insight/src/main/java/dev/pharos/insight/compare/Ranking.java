package dev.pharos.insight.compare;

import dev.pharos.query.traceql.SweepCost;
import java.util.List;
import java.util.OptionalLong;

/// What sets the spans inside apart from those outside.
///
/// @param leastNanos the least duration inside, where that alone decides
/// @param mostNanos the duration that all inside stay below, where there is one
/// @param rows the attributes that differ, the most telling first
/// @param tested how many attributes were looked at
/// @param hidden those of them without a row of their own or below another: without a difference, or with values
///     that tell spans apart rather than groups of them
public record Ranking(
    long inside,
    long outside,
    OptionalLong leastNanos,
    OptionalLong mostNanos,
    List<Row> rows,
    int tested,
    int hidden,
    SweepCost cost) {

  /// An attribute by the value that differs most.
  ///
  /// @param values those most common, that of the row first
  /// @param same attributes with values that nearly the same spans have
  public record Row(Term term, double inside, double outside, List<Share> values, List<Term> same) {
    public double difference() {
      return inside - outside;
    }
  }

  /// A value with its share of the spans inside and of those outside.
  public record Share(String value, double inside, double outside) {}
}
