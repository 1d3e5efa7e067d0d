package dev.pharos.store.blocks;

import dev.pharos.model.Batch;
import dev.pharos.model.Tenant;
import dev.pharos.store.delete.Deletion;
import dev.pharos.store.read.Block;
import dev.pharos.store.read.BlockRef;
import dev.pharos.store.read.Plan;
import dev.pharos.store.read.Scan;
import dev.pharos.store.segment.HeadBlock;
import dev.pharos.store.summary.SummaryParts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// A snapshot for one query: the blocks it must look at, and the segments kept for it until it is closed. Any thread.
final class BlockPlan<B extends Batch, K extends Block> implements Plan<K> {
  private final View<B, K> view;
  private final List<SegmentHandle<K>> segments;
  private final List<HeadChunk<B, K>> chunks;
  private final List<BlockRef<K>> blocks = new ArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  private BlockPlan(
      View<B, K> view, List<SegmentHandle<K>> segments, List<HeadChunk<B, K>> chunks) {
    this.view = view;
    this.segments = segments;
    this.chunks = chunks;
  }

  /// The rows of a tenant, of which those before `earliestNanos` are past retention.
  static <B extends Batch, K extends Block> BlockPlan<B, K> of(
      BlockData<B, K> data, Scan scan, long earliestNanos) {
    BlockPlan<B, K> plan =
        snapshot(data, scan.tenant(), Math.max(scan.fromNanos(), earliestNanos), scan.toNanos());
    try {
      plan.fill(data, scan, earliestNanos);
      return plan;
    } catch (RuntimeException e) {
      plan.close();
      throw e;
    }
  }

  /// The tenant's segments and head batches; batches are not tested for the range yet.
  static <B extends Batch, K extends Block> BlockPlan<B, K> snapshot(
      BlockData<B, K> data, Tenant tenant, long fromNanos, long toNanos) {
    while (true) {
      View<B, K> view = data.view();
      var segments = new ArrayList<SegmentHandle<K>>();
      if (retain(view, tenant, fromNanos, toNanos, segments)) {
        var chunks = new ArrayList<HeadChunk<B, K>>();
        collect(view.sealed(), tenant, chunks);
        collect(view.open(), tenant, chunks);
        return new BlockPlan<>(view, segments, chunks);
      }
      segments.forEach(SegmentHandle::release);
    }
  }

  /// False if a segment went meanwhile, in which case there is a newer view.
  private static <B extends Batch, K extends Block> boolean retain(
      View<B, K> view, Tenant tenant, long fromNanos, long toNanos, List<SegmentHandle<K>> into) {
    for (SegmentHandle<K> handle : view.of(tenant)) {
      if (handle.entry().meta().minNanos() < toNanos
          && handle.entry().meta().maxNanos() >= fromNanos) {
        if (!handle.retain()) {
          return false;
        }
        into.add(handle);
      }
    }
    return true;
  }

  private static <B extends Batch, K extends Block> void collect(
      Chunks<HeadChunk<B, K>> from, Tenant tenant, List<HeadChunk<B, K>> into) {
    for (int i = 0; i < from.size(); i++) {
      if (from.get(i).tenant().equals(tenant)) {
        into.add(from.get(i));
      }
    }
  }

  /// A scan of all rows.
  static Scan all(Tenant tenant) {
    return new Scan(tenant, Long.MIN_VALUE, Long.MAX_VALUE, Scan.Order.OLDEST_FIRST, List.of());
  }

  /// Shows the parts of a snapshot to a summary.
  static <B extends Batch, K extends Block> void visit(
      BlockData<B, K> data,
      Tenant tenant,
      long fromNanos,
      long toNanos,
      long earliestNanos,
      SummaryParts.Visitor<B, K> visitor) {
    visitor.earliest(earliestNanos);
    long from = Math.max(fromNanos, earliestNanos);
    var scan = new Scan(tenant, from, toNanos, Scan.Order.OLDEST_FIRST, List.of());
    try (BlockPlan<B, K> plan = snapshot(data, tenant, from, toNanos)) {
      for (HeadRun<B, K> run : HeadRun.of(plan.chunks)) {
        run.in(data.kind().times(), from, toNanos, earliestNanos).ifPresent(visitor::head);
      }
      for (SegmentHandle<K> handle : plan.segments) {
        List<Deletion> deletions = plan.view.deletions(handle.entry().name());
        visitor.segment(
            handle.entry().name(),
            deletions.isEmpty() && handle.entry().meta().minNanos() >= earliestNanos,
            () ->
                handle.segment().blocks(scan).stream()
                    .map(block -> MaskedBlock.of(block, data.kind(), deletions))
                    .iterator());
      }
    }
  }

  private void fill(BlockData<B, K> data, Scan scan, long earliestNanos) {
    for (HeadChunk<B, K> chunk : chunks) {
      HeadBlock<K> block = chunk.block(data.kind().format());
      if (block.minNanos() < scan.toNanos()
          && block.maxNanos() >= Math.max(scan.fromNanos(), earliestNanos)) {
        blocks.add(block);
      }
    }
    for (SegmentHandle<K> handle : segments) {
      List<Deletion> deletions = view.deletions(handle.entry().name());
      for (BlockRef<K> block : handle.segment().blocks(scan)) {
        if (block.maxNanos() >= earliestNanos) {
          blocks.add(MaskedBlock.of(block, data.kind(), deletions));
        }
      }
    }
    blocks.sort(
        switch (scan.order()) {
          case NEWEST_FIRST -> Comparator.<BlockRef<K>>comparingLong(BlockRef::maxNanos).reversed();
          case OLDEST_FIRST -> Comparator.<BlockRef<K>>comparingLong(BlockRef::minNanos);
        });
  }

  @Override
  public List<BlockRef<K>> blocks() {
    return blocks;
  }

  List<SegmentHandle<K>> segments() {
    return segments;
  }

  List<HeadChunk<B, K>> chunks() {
    return chunks;
  }

  View<B, K> view() {
    return view;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      segments.forEach(SegmentHandle::release);
    }
  }
}
