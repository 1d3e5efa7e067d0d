/// OTLP, the protocol of OpenTelemetry: what receiver and exporters share.
@NullMarked
package dev.pharos.components.otlp;

import org.jspecify.annotations.NullMarked;
