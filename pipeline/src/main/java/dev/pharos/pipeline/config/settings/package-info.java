/// Sections that many components share: exporter queues and retries, HTTP and gRPC ends, TLS.
@NullMarked
package dev.pharos.pipeline.config.settings;

import org.jspecify.annotations.NullMarked;
