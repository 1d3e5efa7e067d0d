package dev.pharos.store.metrics;

import dev.pharos.model.Labels;
import dev.pharos.model.Tenant;
import dev.pharos.store.engine.Sealed;
import dev.pharos.store.read.Exemplar;
import dev.pharos.store.read.MetricMetadata;
import dev.pharos.store.segment.SegmentMeta;
import dev.pharos.store.segment.SegmentStorage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Sealed series by tenant and UTC day, each part to become one segment. What they hold no longer changes.
final class SealedMetrics implements Sealed {
  static final long DAY_MILLIS = 86_400_000L;

  /// A series whose samples are sealed.
  ///
  /// @param run of all days
  record Row(
      Labels labels,
      MetricMetadata family,
      SampleRun run,
      ResourceTimes resources,
      List<Exemplar> exemplars) {
    static Row of(HeadSeries series) {
      List<SampleChunk> chunks = series.sealed();
      var resources = new ResourceTimes();
      chunks.forEach(chunk -> resources.addAll(chunk.resources()));
      return new Row(
          series.labels(),
          series.family(),
          HeadRuns.merge(chunks.stream().map(SampleChunk::view).toList()),
          resources,
          series.sealedExemplars());
    }

    private boolean hasDay(long day) {
      int at = run.find(day * DAY_MILLIS);
      return at < run.count() && Math.floorDiv(run.millis()[at], DAY_MILLIS) == day;
    }

    /// Those of the day, and in the last one those of days without samples.
    private List<Exemplar> exemplars(long day) {
      var found = new ArrayList<Exemplar>();
      long last = Math.floorDiv(run.lastMillis(), DAY_MILLIS);
      for (Exemplar exemplar : exemplars) {
        long own = Math.floorDiv(exemplar.millis(), DAY_MILLIS);
        if (own == day || day == last && !hasDay(own)) {
          found.add(exemplar);
        }
      }
      return found;
    }
  }

  private final Map<Tenant, List<HeadSeries>> series;
  private final SegmentStorage storage;
  private final long rows;

  SealedMetrics(Map<Tenant, List<HeadSeries>> series, SegmentStorage storage) {
    this.series = series;
    this.storage = storage;
    rows =
        series.values().stream()
            .flatMap(List::stream)
            .flatMap(each -> each.sealed().stream())
            .mapToLong(SampleChunk::count)
            .sum();
  }

  Map<Tenant, List<HeadSeries>> series() {
    return series;
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public List<Part> parts() {
    var parts = new ArrayList<Part>();
    series.forEach(
        (tenant, each) -> {
          var all = new ArrayList<Row>(each.size());
          each.forEach(one -> all.add(Row.of(one)));
          all.sort(Comparator.comparing(Row::labels));
          Map<Long, List<Row>> days = new TreeMap<>();
          for (Row row : all) {
            for (int at = 0; at < row.run().count(); ) {
              long day = Math.floorDiv(row.run().millis()[at], DAY_MILLIS);
              days.computeIfAbsent(day, ignored -> new ArrayList<>()).add(row);
              at = row.run().find((day + 1) * DAY_MILLIS);
            }
          }
          days.forEach(
              (day, rowsOfDay) -> parts.add(new DayPart(tenant, Math.toIntExact(day), rowsOfDay)));
        });
    return parts;
  }

  private final class DayPart implements Part {
    private final Tenant tenant;
    private final int day;
    private final List<Row> rowsOfDay;

    DayPart(Tenant tenant, int day, List<Row> rowsOfDay) {
      this.tenant = tenant;
      this.day = day;
      this.rowsOfDay = rowsOfDay;
    }

    @Override
    public Tenant tenant() {
      return tenant;
    }

    @Override
    public int day() {
      return day;
    }

    @Override
    public SegmentMeta write(String name) {
      long from = day * DAY_MILLIS;
      try (var writer = new SegmentWriter(storage, name)) {
        for (Row row : rowsOfDay) {
          writer.series(
              row.labels(),
              row.family(),
              row.run().between(from, from + DAY_MILLIS - 1),
              row.resources(),
              row.exemplars(day));
        }
        return writer.finish();
      }
    }
  }
}
