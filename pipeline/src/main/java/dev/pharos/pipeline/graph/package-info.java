/// The running pipelines: components joined by counted edges, and the fan-out that keeps branches independent.
@NullMarked
package dev.pharos.pipeline.graph;

import org.jspecify.annotations.NullMarked;
