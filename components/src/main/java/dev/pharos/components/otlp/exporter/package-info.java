/// Exporters `otlp_grpc` and `otlp_http`.
@NullMarked
package dev.pharos.components.otlp.exporter;

import org.jspecify.annotations.NullMarked;
