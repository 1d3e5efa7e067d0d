/// OTLP values as people and other systems write them.
@NullMarked
package dev.pharos.components.value;

import org.jspecify.annotations.NullMarked;
