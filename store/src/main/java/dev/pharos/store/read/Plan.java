package dev.pharos.store.read;

import java.util.List;

/// A snapshot of the blocks that a scan must look at. Rows outside the range or the conditions may be among them: the
/// reader of a block checks each row. Close it, or segments it holds cannot be removed.
public interface Plan<B extends Block> extends AutoCloseable {
  /// In the order the scan asked for. Any thread may open them.
  List<BlockRef<B>> blocks();

  @Override
  void close();
}
