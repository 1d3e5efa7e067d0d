/// OTLP requests as instrumented applications send them, encoded once and set anew in place before each send, for load
/// tools, benchmarks and budgets of bytes and allocations.
///
/// Shape, as the peers were measured with: spans of 445 bytes with 8 to 12 attributes in traces of 5 to 30, five
/// services, 5 % with an exception event, 2 % failed; log bodies of 254 bytes (45 % JSON, 35 % access log, 20 % text),
/// half with ids; metrics of a machine as node_exporter shows it, 2,000 series.
@NullMarked
package dev.pharos.wire.workload;

import org.jspecify.annotations.NullMarked;
