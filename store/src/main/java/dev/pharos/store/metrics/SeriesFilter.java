package dev.pharos.store.metrics;

import dev.pharos.model.Labels;
import dev.pharos.store.read.Matcher;
import java.util.ArrayList;
import java.util.List;

/// The conditions of one selector, those on labels apart from those on Resources. Immutable.
///
/// @param labels conditions on labels
/// @param resources conditions on attributes of the Resource, under their original keys
record SeriesFilter(List<Matcher> labels, List<Matcher> resources) {
  /// How a quoted name of a resource attribute begins. No label can begin so, since labels have no dots.
  private static final String PREFIX = "resource.";

  static SeriesFilter of(List<Matcher> matchers) {
    var labels = new ArrayList<Matcher>();
    var resources = new ArrayList<Matcher>();
    for (Matcher matcher : matchers) {
      if (matcher.name().startsWith(PREFIX)) {
        resources.add(
            new Matcher(
                matcher.name().substring(PREFIX.length()),
                matcher.kind(),
                matcher.value(),
                matcher.test(),
                matcher.literals()));
      } else {
        labels.add(matcher);
      }
    }
    return new SeriesFilter(List.copyOf(labels), List.copyOf(resources));
  }

  boolean takes(Labels series) {
    return matches(labels, series);
  }

  boolean takesResource(Labels attributes) {
    return matches(resources, attributes);
  }

  private static boolean matches(List<Matcher> matchers, Labels labels) {
    for (Matcher matcher : matchers) {
      if (!matcher.matches(labels.get(matcher.name()))) {
        return false;
      }
    }
    return true;
  }

  /// Whether one of these Resources had samples in the range and satisfies the conditions.
  boolean takes(ResourceTimes resources, long fromMillis, long toMillis) {
    if (this.resources.isEmpty()) {
      return true;
    }
    for (int i = 0; i < resources.size(); i++) {
      if (resources.fromMillis(i) <= toMillis
          && resources.toMillis(i) >= fromMillis
          && takesResource(resources.resource(i).attributes())) {
        return true;
      }
    }
    return false;
  }
}
