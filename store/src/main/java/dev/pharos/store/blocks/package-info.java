/// Spans and log records: a head of batches, segments of blocks, and the snapshots that readers see of both.
@NullMarked
package dev.pharos.store.blocks;

import org.jspecify.annotations.NullMarked;
