package dev.pharos.store.segment;

import dev.pharos.store.read.Block;
import dev.pharos.store.read.BlockRef;

/// A batch of the head as a block that can be planned like one of a segment.
public interface HeadBlock<K extends Block> extends BlockRef<K> {}
