package dev.pharos.store.read;

import dev.pharos.model.Labels;
import dev.pharos.model.Tenant;
import java.util.List;

/// Reads metrics. Times are Unix milliseconds, both ends inclusive. Any thread.
public interface SeriesReader {
  /// The series that satisfy all matchers and have a sample in the range, in the order of their labels. The list stands
  /// for a snapshot. A matcher on a quoted resource name (`resource.…`) looks at the Resource behind the series.
  List<Series> select(Tenant tenant, List<Matcher> matchers, long fromMillis, long toMillis);

  /// Label sets of the series that satisfy any of the selectors; of all series if there is none.
  List<Labels> series(Tenant tenant, List<List<Matcher>> selectors, long fromMillis, long toMillis);

  /// Label names in byte order, as [#series].
  List<String> labelNames(
      Tenant tenant, List<List<Matcher>> selectors, long fromMillis, long toMillis);

  /// Values of one label in byte order, as [#series].
  List<String> labelValues(
      Tenant tenant, String name, List<List<Matcher>> selectors, long fromMillis, long toMillis);

  /// Known metric families in the order of their names.
  List<MetricMetadata> metadata(Tenant tenant);

  /// Exemplars of the series that satisfy any of the selectors, series in the order of their labels.
  List<SeriesExemplars> exemplars(
      Tenant tenant, List<List<Matcher>> selectors, long fromMillis, long toMillis);
}
