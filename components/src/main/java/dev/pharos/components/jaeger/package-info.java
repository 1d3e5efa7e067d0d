/// Exporter `jaeger`, which the Collector has dropped.
@NullMarked
package dev.pharos.components.jaeger;

import org.jspecify.annotations.NullMarked;
