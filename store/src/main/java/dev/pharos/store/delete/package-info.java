/// Deletion of stored rows by conditions on them: what is asked for, its bytes in the manifest, and which rows of a
/// block it hides.
@NullMarked
package dev.pharos.store.delete;

import org.jspecify.annotations.NullMarked;
