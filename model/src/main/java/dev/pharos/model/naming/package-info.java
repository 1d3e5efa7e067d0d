/// How OpenTelemetry names become Prometheus names.
@NullMarked
package dev.pharos.model.naming;

import org.jspecify.annotations.NullMarked;
