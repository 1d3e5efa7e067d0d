/// The load tool: sends OTLP to a server on this machine and says what came of it.
@NullMarked
package dev.pharos.bench.load;

import org.jspecify.annotations.NullMarked;
