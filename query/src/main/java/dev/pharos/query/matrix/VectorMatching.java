package dev.pharos.query.matrix;

import java.util.List;

/// How the series of two vectors find each other.
///
/// @param cardinality how many series of each side may meet
/// @param on whether `labels` are the ones compared (`on`) or the ones left out (`ignoring`)
/// @param labels the labels named
/// @param include the labels that `group_left` or `group_right` copies from the one side
public record VectorMatching(
    Cardinality cardinality, boolean on, List<String> labels, List<String> include) {
  /// One series or many, left to right.
  public enum Cardinality {
    ONE_TO_ONE("one-to-one"),
    MANY_TO_ONE("many-to-one"),
    ONE_TO_MANY("one-to-many"),
    MANY_TO_MANY("many-to-many");

    private final String text;

    Cardinality(String text) {
      this.text = text;
    }

    /// The name in messages.
    public String text() {
      return text;
    }
  }

  /// One-to-one on all labels.
  public static final VectorMatching ONE_TO_ONE =
      new VectorMatching(Cardinality.ONE_TO_ONE, false, List.of(), List.of());

  /// The same labels with another cardinality.
  public VectorMatching with(Cardinality other) {
    return new VectorMatching(other, on, labels, include);
  }
}
