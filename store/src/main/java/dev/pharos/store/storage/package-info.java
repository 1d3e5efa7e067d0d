/// Segments in a directory of the local disk.
@NullMarked
package dev.pharos.store.storage;

import org.jspecify.annotations.NullMarked;
