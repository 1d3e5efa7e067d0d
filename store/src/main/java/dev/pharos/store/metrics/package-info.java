/// Metrics: OTLP points translated to Prometheus series, a head by series, segments of series, and the snapshots that
/// readers see of both. The bytes are documented in docs/format/metrics-segment.md.
@NullMarked
package dev.pharos.store.metrics;

import org.jspecify.annotations.NullMarked;
