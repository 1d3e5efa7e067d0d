package dev.pharos.store.segment;

import dev.pharos.store.read.Block;
import dev.pharos.store.read.BlockRef;
import dev.pharos.store.read.LogStream;
import dev.pharos.store.read.Scan;
import java.util.List;

/// A segment whose footer is in memory. Any thread. Its object must not be deleted while it is in use.
public interface OpenSegment<K extends Block> {
  SegmentMeta meta();

  /// The blocks that the scan must look at, in file order; range and conditions have left out what bounds, dictionaries
  /// in the footer and trace index can tell. Filters that must be read are left to [BlockRef#open].
  List<BlockRef<K>> blocks(Scan scan);

  /// The Resources of the segment with counts (log segments; empty for spans).
  List<LogStream> streams();

  /// Footer bytes held in memory.
  long heapBytes();
}
