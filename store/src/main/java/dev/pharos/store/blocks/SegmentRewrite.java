package dev.pharos.store.blocks;

import dev.pharos.model.Batch;
import dev.pharos.model.Tenant;
import dev.pharos.store.delete.Deletion;
import dev.pharos.store.read.Block;
import dev.pharos.store.read.BlockRef;
import dev.pharos.store.segment.OpenSegment;
import dev.pharos.store.segment.SegmentMeta;
import dev.pharos.store.segment.SegmentStorage;
import dev.pharos.store.summary.Summaries;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Writes the rows of a segment that deletions leave as new segments of bounded size, which later merges join. One
/// thread.
final class SegmentRewrite<B extends Batch, K extends Block> {
  private static final int MAX_ROWS = 128 << 10;
  private static final long MAX_BYTES = 48L << 20;

  private final BlockKind<B, K> kind;
  private final SegmentStorage storage;
  private final Supplier<String> names;
  private final BiFunction<List<B>, String, SegmentMeta> write;
  private final List<SegmentMeta> written = new ArrayList<>();
  private final List<B> waiting = new ArrayList<>();
  private long rows;
  private long bytes;

  /// @param write writes and commits a segment
  SegmentRewrite(
      BlockKind<B, K> kind,
      SegmentStorage storage,
      Supplier<String> names,
      BiFunction<List<B>, String, SegmentMeta> write) {
    this.kind = kind;
    this.storage = storage;
    this.names = names;
    this.write = write;
  }

  List<SegmentMeta> run(OpenSegment<K> segment, Tenant tenant, List<Deletion> deletions) {
    try {
      for (BlockRef<K> ref : segment.blocks(BlockPlan.all(tenant))) {
        Optional<K> block = MaskedBlock.of(ref, kind, deletions).open();
        if (block.isPresent()) {
          int count = block.get().rows();
          add(kind.rows().of(block.get(), IntStream.range(0, count).toArray(), count));
        }
      }
      flush();
      return written;
    } catch (RuntimeException e) {
      for (SegmentMeta meta : written) {
        storage.delete(meta.name());
        storage.delete(meta.name() + Summaries.SUFFIX);
      }
      throw e;
    }
  }

  private void add(B batch) {
    waiting.add(batch);
    rows += batch.items();
    bytes += batch.sizeBytes();
    if (rows >= MAX_ROWS || bytes >= MAX_BYTES) {
      flush();
    }
  }

  private void flush() {
    if (rows > 0) {
      written.add(write.apply(waiting, names.get()));
      waiting.clear();
      rows = 0;
      bytes = 0;
    }
  }
}
