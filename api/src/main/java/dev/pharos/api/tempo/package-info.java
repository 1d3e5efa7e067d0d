/// The Tempo HTTP API: traces by id, search, tags.
@NullMarked
package dev.pharos.api.tempo;

import org.jspecify.annotations.NullMarked;
