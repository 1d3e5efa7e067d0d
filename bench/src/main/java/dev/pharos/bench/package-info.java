/// Measures Pharos: JMH benchmarks of its parts, and a load tool that measures a running server from outside.
@NullMarked
package dev.pharos.bench;

import org.jspecify.annotations.NullMarked;
