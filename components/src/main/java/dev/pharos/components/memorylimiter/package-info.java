/// Processor memory_limiter: refuses data while the memory ledger is nearly used up.
@NullMarked
package dev.pharos.components.memorylimiter;

import org.jspecify.annotations.NullMarked;
