/// Summaries of segments: counts in steps of time by which charts are drawn without reading rows. The bytes are
/// documented in docs/format/summary.md.
@NullMarked
package dev.pharos.store.summary;

import org.jspecify.annotations.NullMarked;
