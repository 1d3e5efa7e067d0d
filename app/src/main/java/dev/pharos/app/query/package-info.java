/// Extension query: the APIs that Prometheus, Loki, Tempo and Jaeger clients call, on their ports.
@NullMarked
package dev.pharos.app.query;

import org.jspecify.annotations.NullMarked;
