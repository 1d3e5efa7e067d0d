/// The sending queue of exporters: bounded, counted, merged into batches, retried.
@NullMarked
package dev.pharos.pipeline.queue;

import org.jspecify.annotations.NullMarked;
