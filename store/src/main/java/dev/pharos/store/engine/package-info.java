/// What all signals' storage has in common: commit, cut, merge and retention over one log and one manifest, and the
/// port ([SignalData]) behind which a signal keeps its recent rows and its segments.
@NullMarked
package dev.pharos.store.engine;

import org.jspecify.annotations.NullMarked;
