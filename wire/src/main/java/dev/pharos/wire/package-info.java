/// Codecs between bytes and batches, and the keys by which resent requests are known.
@NullMarked
package dev.pharos.wire;

import org.jspecify.annotations.NullMarked;
