package dev.pharos.query.promql;

import dev.pharos.model.Labels;
import dev.pharos.store.read.Samples;
import dev.pharos.store.read.Series;
import java.util.List;
import java.util.Set;

/// A series with attributes of its Resource as labels, under quoted names such as `resource.k8s.pod.name`. They are
/// shown only to an aggregation that groups by them, so that no other answer differs from Prometheus'.
///
/// @param labels those of the series and the attributes it has
/// @param source the series itself
record ResourceLabelled(Labels labels, Series source) implements Series {
  private static final String PREFIX = "resource.";

  /// @param names with their prefix
  static Series of(Series source, Set<String> names) {
    var labels = source.labels().toBuilder();
    for (String name : names) {
      labels.set(name, source.resourceAttribute(name.substring(PREFIX.length())));
    }
    return new ResourceLabelled(labels.build(), source);
  }

  /// The names of a grouping that mean attributes of the Resource.
  static List<String> namesIn(List<String> grouping) {
    return grouping.stream().filter(name -> name.startsWith(PREFIX)).toList();
  }

  @Override
  public Samples samples() {
    return source.samples();
  }

  @Override
  public String resourceAttribute(String key) {
    return source.resourceAttribute(key);
  }
}
