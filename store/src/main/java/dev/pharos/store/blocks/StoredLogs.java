package dev.pharos.store.blocks;

import dev.pharos.model.LogBatch;
import dev.pharos.model.Tenant;
import dev.pharos.model.ValueType;
import dev.pharos.store.delete.Deletion;
import dev.pharos.store.read.BlockRef;
import dev.pharos.store.read.LogBlock;
import dev.pharos.store.read.LogReader;
import dev.pharos.store.read.LogStream;
import dev.pharos.store.read.Plan;
import dev.pharos.store.read.Scan;
import dev.pharos.store.segment.OpenSegment;
import dev.pharos.store.segment.StreamId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/// Reads log records of head and segments. Any thread.
public final class StoredLogs implements LogReader {
  private final BlockData<LogBatch, LogBlock> data;
  private final LongSupplier earliestNanos;

  /// @param earliestNanos records before are past retention
  public StoredLogs(BlockData<LogBatch, LogBlock> data, LongSupplier earliestNanos) {
    this.data = data;
    this.earliestNanos = earliestNanos;
  }

  @Override
  public Plan<LogBlock> plan(Scan scan) {
    return BlockPlan.of(data, scan, earliestNanos.getAsLong());
  }

  @Override
  public List<LogStream> streams(Tenant tenant, long fromNanos, long toNanos) {
    long from = Math.max(fromNanos, earliestNanos.getAsLong());
    Map<StreamId, LogStream> streams = new TreeMap<>();
    try (BlockPlan<LogBatch, LogBlock> snapshot = BlockPlan.snapshot(data, tenant, from, toNanos)) {
      for (SegmentHandle<LogBlock> handle : snapshot.segments()) {
        List<Deletion> deletions = snapshot.view().deletions(handle.entry().name());
        List<LogStream> found =
            deletions.isEmpty()
                ? handle.segment().streams()
                : left(handle.segment(), tenant, deletions);
        for (LogStream stream : found) {
          add(streams, stream, from, toNanos);
        }
      }
      for (HeadChunk<LogBatch, LogBlock> chunk : snapshot.chunks()) {
        for (LogStream stream : streams(chunk.batch())) {
          add(streams, stream, from, toNanos);
        }
      }
    }
    return List.copyOf(streams.values());
  }

  /// The streams of the rows that deletions leave.
  private List<LogStream> left(
      OpenSegment<LogBlock> segment, Tenant tenant, List<Deletion> deletions) {
    var streams = new ArrayList<LogStream>();
    for (BlockRef<LogBlock> ref : segment.blocks(BlockPlan.all(tenant))) {
      MaskedBlock.of(ref, data.kind(), deletions)
          .open()
          .ifPresent(block -> streams.addAll(streams(data.kind().without(block, new BitSet()))));
    }
    return streams;
  }

  private static void add(Map<StreamId, LogStream> streams, LogStream stream, long from, long to) {
    if (stream.minNanos() < to && stream.maxNanos() >= from) {
      streams.merge(
          StreamId.of(stream.resources(), stream.resource(), stream.symbols()),
          stream,
          StoredLogs::join);
    }
  }

  private static LogStream join(LogStream a, LogStream b) {
    return new LogStream(
        a.resources(),
        a.symbols(),
        a.resource(),
        Math.min(a.minNanos(), b.minNanos()),
        Math.max(a.maxNanos(), b.maxNanos()),
        a.records() + b.records(),
        a.bodyBytes() + b.bodyBytes());
  }

  /// The Resources of a batch with counts.
  private static List<LogStream> streams(LogBatch batch) {
    int resources = batch.resources().size();
    var min = new long[resources];
    var max = new long[resources];
    var records = new long[resources];
    var bytes = new long[resources];
    Arrays.fill(min, Long.MAX_VALUE);
    Arrays.fill(max, Long.MIN_VALUE);
    for (int row = 0; row < batch.rows(); row++) {
      int resource = batch.resource()[row];
      long time = RowTimes.LOGS.timeNanos(batch, row);
      min[resource] = Math.min(min[resource], time);
      max[resource] = Math.max(max[resource], time);
      records[resource]++;
      if (ValueType.isSymbol(batch.bodyType()[row])) {
        bytes[resource] += batch.symbols().length((int) batch.body()[row]);
      }
    }
    var streams = new ArrayList<LogStream>();
    for (int i = 0; i < resources; i++) {
      if (records[i] > 0) {
        streams.add(
            new LogStream(
                batch.resources(), batch.symbols(), i, min[i], max[i], records[i], bytes[i]));
      }
    }
    return streams;
  }
}
