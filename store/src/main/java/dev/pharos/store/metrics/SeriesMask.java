package dev.pharos.store.metrics;

import dev.pharos.model.Labels;
import dev.pharos.store.delete.Deletion;
import dev.pharos.store.delete.RowMatcher;
import dev.pharos.store.read.Exemplar;
import dev.pharos.store.read.Matcher;
import java.util.ArrayList;
import java.util.List;

/// The samples that deletions hide in a segment. A condition on the Resource hides the samples of the times in which
/// the series had such a Resource behind it. Immutable.
///
/// @param filters of each deletion, on labels and Resources
/// @param froms the first milliseconds that each deletion hides
/// @param tos the last ones
record SeriesMask(List<SeriesFilter> filters, long[] froms, long[] tos) {
  private static final long MILLI = 1_000_000L;
  static final SeriesMask NONE = new SeriesMask(List.of(), new long[0], new long[0]);

  static SeriesMask of(List<Deletion> deletions) {
    if (deletions.isEmpty()) {
      return NONE;
    }
    var filters = new ArrayList<SeriesFilter>();
    var froms = new long[deletions.size()];
    var tos = new long[deletions.size()];
    for (Deletion deletion : deletions) {
      froms[filters.size()] = Math.ceilDiv(deletion.fromNanos(), MILLI);
      tos[filters.size()] = Math.floorDiv(deletion.toNanos() - 1, MILLI);
      var labels = new ArrayList<Matcher>();
      var resources = new ArrayList<Matcher>();
      for (RowMatcher matcher : deletion.matchers()) {
        (matcher.subject() == RowMatcher.Subject.RESOURCE ? resources : labels)
            .add(matcher.asMatcher(matcher.name()));
      }
      filters.add(new SeriesFilter(List.copyOf(labels), List.copyOf(resources)));
    }
    return new SeriesMask(List.copyOf(filters), froms, tos);
  }

  boolean isNone() {
    return filters.isEmpty();
  }

  /// First and last milliseconds of each range that is hidden, one after the other; ranges may overlap.
  long[] hidden(Labels series, ResourceTimes resources) {
    var ranges = new long[2 * filters.size() * (1 + resources.size())];
    int count = 0;
    for (int i = 0; i < froms.length; i++) {
      SeriesFilter filter = filters.get(i);
      if (!filter.takes(series)) {
        continue;
      }
      if (filter.resources().isEmpty()) {
        ranges[count++] = froms[i];
        ranges[count++] = tos[i];
        continue;
      }
      for (int k = 0; k < resources.size(); k++) {
        if (filter.takesResource(resources.resource(k).attributes())) {
          ranges[count++] = Math.max(froms[i], resources.fromMillis(k));
          ranges[count++] = Math.min(tos[i], resources.toMillis(k));
        }
      }
    }
    return java.util.Arrays.copyOf(ranges, count);
  }

  static boolean hides(long[] ranges, long millis) {
    for (int i = 0; i < ranges.length; i += 2) {
      if (millis >= ranges[i] && millis <= ranges[i + 1]) {
        return true;
      }
    }
    return false;
  }

  static SampleRun left(SampleRun run, long[] ranges) {
    SampleRun left = run;
    for (int i = 0; i < ranges.length; i += 2) {
      if (ranges[i] > ranges[i + 1] || left.count() == 0) {
        continue;
      }
      var pieces = new ArrayList<SampleRun>(2);
      if (ranges[i] > Long.MIN_VALUE) {
        pieces.add(left.between(Long.MIN_VALUE, ranges[i] - 1));
      }
      if (ranges[i + 1] < Long.MAX_VALUE) {
        pieces.add(left.between(ranges[i + 1] + 1, Long.MAX_VALUE));
      }
      left = SampleRun.merge(pieces);
    }
    return left;
  }

  static List<Exemplar> left(List<Exemplar> exemplars, long[] ranges) {
    return exemplars.stream().filter(exemplar -> !hides(ranges, exemplar.millis())).toList();
  }

  /// The Resources that were behind the series at times that are not hidden.
  static ResourceTimes left(ResourceTimes resources, long[] ranges) {
    var left = new ResourceTimes();
    for (int k = 0; k < resources.size(); k++) {
      boolean covered = false;
      for (int i = 0; i < ranges.length; i += 2) {
        covered |= ranges[i] <= resources.fromMillis(k) && resources.toMillis(k) <= ranges[i + 1];
      }
      if (!covered) {
        left.add(resources.resource(k), resources.fromMillis(k), resources.toMillis(k));
      }
    }
    return left;
  }
}
