package dev.pharos.store.segment;

import dev.pharos.model.Batch;
import dev.pharos.store.read.Block;
import java.util.List;
import java.util.function.LongPredicate;

/// How one signal's rows become segments and blocks. Stateless; any thread.
///
/// @param <B> the batch of the signal
/// @param <K> the block of the signal
public interface SegmentFormat<B extends Batch, K extends Block> {
  /// Sorts the rows of all batches and writes them as one segment; commits the object.
  ///
  /// @param batches of one tenant and UTC day, together at most a few million rows
  SegmentMeta write(List<B> batches, SegmentStorage storage, String name);

  /// Merges segments of one tenant and day into one, block by block, with memory bounded by a few blocks an input;
  /// commits the object.
  ///
  /// @param keep tested with rows' times; rows for which it is false are left out. What it keeps, it keeps of all later
  ///     times too
  SegmentMeta merge(
      List<OpenSegment<K>> inputs, LongPredicate keep, SegmentStorage storage, String name);

  /// Opens a segment: reads and checks its footer.
  ///
  /// @throws CorruptSegmentException naming the object and offset, if anything does not fit
  OpenSegment<K> open(SegmentStorage storage, SegmentMeta meta);

  /// A batch of the head as a block, with its bounds, for plans over recent rows.
  HeadBlock<K> head(B batch);
}
