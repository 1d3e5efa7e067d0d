/// How columns become bytes: bit packing, whole numbers, doubles and texts, each encoded by what it holds.
@NullMarked
package dev.pharos.store.segment.encoding;

import org.jspecify.annotations.NullMarked;
