package dev.pharos.store.blocks;

import dev.pharos.model.Batch;
import dev.pharos.model.Tenant;
import dev.pharos.store.read.Block;
import dev.pharos.store.segment.HeadBlock;
import dev.pharos.store.segment.SegmentFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A batch of the head, which never changes. Any thread.
final class HeadChunk<B extends Batch, K extends Block> {
  private final Tenant tenant;
  private final B batch;
  private final long bytes;
  private volatile @Nullable HeadBlock<K> block;
  private volatile @Nullable Times times;
  private volatile @Nullable HeadRun<B, K> run;

  /// Of the first and last row by time; of no rows, the greatest and the least there is.
  record Times(long leastNanos, long mostNanos) {}

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

  /// Found out when first asked for.
  Times times(RowTimes<B> ofRows) {
    Times known = times;
    if (known == null) {
      long least = Long.MAX_VALUE;
      long most = Long.MIN_VALUE;
      for (int row = 0; row < batch.items(); row++) {
        long nanos = ofRows.timeNanos(batch, row);
        least = Math.min(least, nanos);
        most = Math.max(most, nanos);
      }
      known = new Times(least, most);
      times = known;
    }
    return known;
  }

  /// The run that was last found to begin here.
  Optional<HeadRun<B, K>> run() {
    return Optional.ofNullable(run);
  }

  void begin(HeadRun<B, K> found) {
    run = found;
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
