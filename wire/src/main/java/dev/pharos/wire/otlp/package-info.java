/// OTLP (opentelemetry-proto 1.11) between request bytes and batches: protobuf straight into columns and back, JSON by
/// way of protobuf, and the responses.
@NullMarked
package dev.pharos.wire.otlp;

import org.jspecify.annotations.NullMarked;
