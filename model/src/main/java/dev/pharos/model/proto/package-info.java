/// Protobuf primitives over byte arrays (protobuf.dev/programming-guides/encoding): a bounded reader, a backwards
/// writer and UTF-8 checks. Nothing here allocates per field.
@NullMarked
package dev.pharos.model.proto;

import org.jspecify.annotations.NullMarked;
