/// What every part of Pharos counts, and what it may hold in memory: counters, histograms, the closed set of
/// refusal and drop causes, and the memory ledger.
@NullMarked
package dev.pharos.observe;

import org.jspecify.annotations.NullMarked;
