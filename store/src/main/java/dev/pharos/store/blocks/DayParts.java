package dev.pharos.store.blocks;

import dev.pharos.model.Batch;
import dev.pharos.model.Tenant;
import dev.pharos.model.binary.BatchAppender;
import dev.pharos.model.binary.Batches;
import dev.pharos.store.engine.Sealed;
import dev.pharos.store.manifest.SegmentEntry;
import dev.pharos.store.read.Block;
import dev.pharos.store.segment.SegmentMeta;
import dev.pharos.store.segment.SegmentStorage;
import dev.pharos.store.summary.Summaries;
import dev.pharos.store.summary.SummedBatches;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Sealed batches by tenant and UTC day, each to become one segment.
final class DayParts<B extends Batch, K extends Block> implements Sealed {
  private record Key(Tenant tenant, int day) {}

  private final Chunks<HeadChunk<B, K>> chunks;
  private final BlockKind<B, K> kind;
  private final SegmentStorage storage;
  private final Summaries<B, K, ?> summaries;

  DayParts(
      Chunks<HeadChunk<B, K>> chunks,
      BlockKind<B, K> kind,
      SegmentStorage storage,
      Summaries<B, K, ?> summaries) {
    this.chunks = chunks;
    this.kind = kind;
    this.storage = storage;
    this.summaries = summaries;
  }

  Chunks<HeadChunk<B, K>> chunks() {
    return chunks;
  }

  @Override
  public long rows() {
    long rows = 0;
    for (int i = 0; i < chunks.size(); i++) {
      rows += chunks.get(i).rows();
    }
    return rows;
  }

  @Override
  public List<Part> parts() {
    Map<Tenant, List<HeadChunk<B, K>>> tenants = new LinkedHashMap<>();
    chunks.forEach(
        chunk -> tenants.computeIfAbsent(chunk.tenant(), t -> new ArrayList<>()).add(chunk));
    Map<Key, List<SummedBatches<B>>> parts = new LinkedHashMap<>();
    tenants.forEach(
        (tenant, own) -> HeadRun.of(own).forEach(run -> add(tenant, run.batches(), parts)));
    var made = new ArrayList<Part>();
    parts.forEach((key, batches) -> made.add(new DayPart(key.tenant, key.day, batches)));
    return made;
  }

  private void add(Tenant tenant, SummedBatches<B> run, Map<Key, List<SummedBatches<B>>> parts) {
    Map<Integer, List<B>> byDay = new TreeMap<>();
    for (B batch : run.batches()) {
      days(batch)
          .forEach((day, own) -> byDay.computeIfAbsent(day, d -> new ArrayList<>()).add(own));
    }
    byDay.forEach(
        (day, own) ->
            parts
                .computeIfAbsent(new Key(tenant, day), ignored -> new ArrayList<>())
                .add(byDay.size() == 1 ? run : SummedBatches.once(own)));
  }

  /// The batch by day: itself where all its rows are of one.
  private Map<Integer, B> days(B batch) {
    int rows = batch.items();
    int first = SegmentEntry.dayOf(kind.times().timeNanos(batch, 0));
    boolean same = true;
    for (int row = 1; row < rows && same; row++) {
      same = SegmentEntry.dayOf(kind.times().timeNanos(batch, row)) == first;
    }
    if (same) {
      return Map.of(first, batch);
    }
    Map<Integer, BatchAppender<B>> byDay = new TreeMap<>();
    int from = 0;
    for (int row = 1; row <= rows; row++) {
      int day = SegmentEntry.dayOf(kind.times().timeNanos(batch, from));
      if (row == rows || SegmentEntry.dayOf(kind.times().timeNanos(batch, row)) != day) {
        byDay
            .computeIfAbsent(day, ignored -> Batches.appender(Batches.room(List.of(batch))))
            .append(batch, from, row);
        from = row;
      }
    }
    Map<Integer, B> days = new TreeMap<>();
    byDay.forEach((day, appender) -> days.put(day, appender.target()));
    return days;
  }

  private final class DayPart implements Part {
    private final Tenant tenant;
    private final int day;
    private final List<SummedBatches<B>> batches;

    DayPart(Tenant tenant, int day, List<SummedBatches<B>> batches) {
      this.tenant = tenant;
      this.day = day;
      this.batches = batches;
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
      summaries.write(batches, name);
      try {
        List<B> all = batches.stream().flatMap(some -> some.batches().stream()).toList();
        return kind.format().write(all, storage, name);
      } catch (RuntimeException e) {
        summaries.giveUp(name, e);
        throw e;
      }
    }
  }
}
