/// What a receiver, processor, exporter, connector and extension is, and what it is given.
@NullMarked
package dev.pharos.pipeline.component;

import org.jspecify.annotations.NullMarked;
