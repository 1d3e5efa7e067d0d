/// Filters that say of a block which words, trace ids and attribute values it does not have.
@NullMarked
package dev.pharos.store.segment.filter;

import org.jspecify.annotations.NullMarked;
