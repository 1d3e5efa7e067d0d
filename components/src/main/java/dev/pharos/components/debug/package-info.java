/// Exporter `debug`, and `logging`, as it was called before.
@NullMarked
package dev.pharos.components.debug;

import org.jspecify.annotations.NullMarked;
