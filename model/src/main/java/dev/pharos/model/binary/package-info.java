/// The batches' own binary form, which log frames, queues and journals hold (docs/format/batch.md), and the merging of
/// batches into one.
@NullMarked
package dev.pharos.model.binary;

import org.jspecify.annotations.NullMarked;
