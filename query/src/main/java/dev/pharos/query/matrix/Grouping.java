package dev.pharos.query.matrix;

import dev.pharos.model.Labels;
import java.util.Set;

/// Which labels of a series make its group: those named (`by`, `on`), or all but those named (`without`, `ignoring`).
///
/// @param only whether the named labels are kept rather than removed
/// @param names the labels named
public record Grouping(boolean only, Set<String> names) {
  /// The labels that say what a metric is and that operations which change its meaning drop.
  public static final Set<String> METADATA = Set.of(Labels.NAME, "__type__", "__unit__");

  /// Drops the metric's name, type and unit.
  private static final Grouping NAMELESS = new Grouping(false, METADATA);

  /// `labels` without the metric's name, type and unit.
  public static Labels withoutName(Labels labels) {
    return NAMELESS.apply(labels);
  }

  /// The part of `labels` that makes the group.
  public Labels apply(Labels labels) {
    int kept = 0;
    for (int i = 0; i < labels.size(); i++) {
      if (names.contains(labels.name(i)) == only) {
        kept++;
      }
    }
    if (kept == labels.size()) {
      return labels;
    }
    if (kept == 0) {
      return Labels.EMPTY;
    }
    String[] pairs = new String[kept * 2];
    int at = 0;
    for (int i = 0; i < labels.size(); i++) {
      if (names.contains(labels.name(i)) == only) {
        pairs[at++] = labels.name(i);
        pairs[at++] = labels.value(i);
      }
    }
    return Labels.of(pairs);
  }

  /// How series of two sides are compared: by the labels of `matching`, never by the name unless asked for.
  public static Grouping of(VectorMatching matching) {
    if (matching.on()) {
      return new Grouping(true, Set.copyOf(matching.labels()));
    }
    Set<String> names = new java.util.HashSet<>(matching.labels());
    names.add(Labels.NAME);
    return new Grouping(false, Set.copyOf(names));
  }
}
