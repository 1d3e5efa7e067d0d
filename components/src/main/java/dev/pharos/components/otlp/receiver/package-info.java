/// The receiver `otlp`: OTLP over gRPC and HTTP.
@NullMarked
package dev.pharos.components.otlp.receiver;

import org.jspecify.annotations.NullMarked;
