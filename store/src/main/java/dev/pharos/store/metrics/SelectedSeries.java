package dev.pharos.store.metrics;

import dev.pharos.model.Labels;
import dev.pharos.store.read.Samples;
import dev.pharos.store.read.Series;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// One series of a selection: chunks of the head and places in segments. Complete when handed out; any thread then.
final class SelectedSeries implements Series {
  private final Labels labels;
  private final long fromMillis;
  private final long toMillis;
  private final SegmentUses uses;
  private final List<SampleChunk.View> chunks = new ArrayList<>(1);
  private final List<Place> places = new ArrayList<>(2);

  /// The newest Resource in the head.
  private Optional<Resource> newest = Optional.empty();

  private long newestMillis = Long.MIN_VALUE;

  private record Place(MetricSegment segment, int series) {}

  SelectedSeries(Labels labels, long fromMillis, long toMillis, SegmentUses uses) {
    this.labels = labels;
    this.fromMillis = fromMillis;
    this.toMillis = toMillis;
    this.uses = uses;
  }

  /// Under the head's lock.
  void add(SampleChunk.View chunk, ResourceTimes resources) {
    chunks.add(chunk);
    int i = resources.newest(fromMillis, toMillis);
    if (i >= 0 && resources.toMillis(i) >= newestMillis) {
      newest = Optional.of(resources.resource(i));
      newestMillis = resources.toMillis(i);
    }
  }

  void add(MetricSegment segment, int series) {
    places.add(new Place(segment, series));
  }

  @Override
  public Labels labels() {
    return labels;
  }

  @Override
  public String resourceAttribute(String key) {
    Optional<Resource> resource = newest;
    long latest = newestMillis;
    for (Place place : places) {
      ResourceTimes resources = place.segment.resources(place.series);
      int i = resources.newest(fromMillis, toMillis);
      if (i >= 0 && resources.toMillis(i) > latest) {
        resource = Optional.of(resources.resource(i));
        latest = resources.toMillis(i);
      }
    }
    Reference.reachabilityFence(uses);
    return resource.map(one -> one.attributes().get(key)).orElse("");
  }

  @Override
  public Samples samples() {
    var runs = new ArrayList<SampleRun>(places.size() + chunks.size());
    for (Place place : places) {
      runs.add(place.segment.run(place.series, fromMillis, toMillis));
    }
    Reference.reachabilityFence(uses);
    for (SampleRun run : HeadRuns.runs(chunks)) {
      runs.add(run.between(fromMillis, toMillis));
    }
    if (runs.size() == 1 && chunks.size() == 1) {
      // The only chunk of a series may still be written to.
      return SampleRun.samples(List.of(copy(runs.get(0))));
    }
    return SampleRun.samples(runs);
  }

  private static SampleRun copy(SampleRun run) {
    int count = run.count();
    return new SampleRun(
        count,
        Arrays.copyOf(run.millis(), count),
        Arrays.copyOf(run.values(), count),
        run.histograms().length == 0 ? run.histograms() : Arrays.copyOf(run.histograms(), count),
        run.origins(),
        run.origin());
  }
}
