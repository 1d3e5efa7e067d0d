/// Cursors that read and edit batches row by row without knowing their layout, for processors.
@NullMarked
package dev.pharos.model.edit;

import org.jspecify.annotations.NullMarked;
