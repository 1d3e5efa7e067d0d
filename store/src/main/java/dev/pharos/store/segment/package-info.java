/// Immutable columnar files of spans and log records: encodings, blocks, indexes, and the storage they live in. The
/// bytes are documented in docs/format/segment.md.
@NullMarked
package dev.pharos.store.segment;

import org.jspecify.annotations.NullMarked;
