/// The JSON form of protobuf messages, driven by tables of their fields: JSON becomes protobuf bytes and the other way
/// round, so that the protobuf decoders are the only ones that know batches.
@NullMarked
package dev.pharos.wire.json;

import org.jspecify.annotations.NullMarked;
