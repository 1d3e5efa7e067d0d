/// Which segments a signal has, and how far of its log they cover. The bytes are documented in
/// docs/format/directory.md.
@NullMarked
package dev.pharos.store.manifest;

import org.jspecify.annotations.NullMarked;
