package dev.pharos.store.blocks;

import dev.pharos.model.Batch;
import dev.pharos.model.Tenant;
import dev.pharos.store.read.Block;
import dev.pharos.store.segment.HeadBlock;
import dev.pharos.store.segment.SegmentFormat;
import org.jspecify.annotations.Nullable;

/// A batch of the head, which never changes. Any thread.
final class HeadChunk<B extends Batch, K extends Block> {
  private final Tenant tenant;
  private final B batch;
  private final long bytes;
  private volatile @Nullable HeadBlock<K> block;

  HeadChunk(Tenant tenant, B batch) {
    this.tenant = tenant;
    this.batch = batch;
    this.bytes = batch.sizeBytes();
  }

  Tenant tenant() {
    return tenant;
  }

  B batch() {
    return batch;
  }

  int rows() {
    return batch.items();
  }

  /// What the batch holds; what reading it as a block adds is not counted.
  long bytes() {
    return bytes;
  }

  /// The batch as a block, made when first asked for.
  HeadBlock<K> block(SegmentFormat<B, K> format) {
    HeadBlock<K> made = block;
    if (made == null) {
      made = format.head(batch);
      block = made;
    }
    return made;
  }
}
