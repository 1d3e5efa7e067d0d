/// The endpoints that Prometheus, Loki, Tempo and Jaeger clients call.
@NullMarked
package dev.pharos.api;

import org.jspecify.annotations.NullMarked;
