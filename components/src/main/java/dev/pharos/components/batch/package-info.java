/// Processor `batch`.
@NullMarked
package dev.pharos.components.batch;

import org.jspecify.annotations.NullMarked;
