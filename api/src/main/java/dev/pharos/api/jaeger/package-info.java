/// The Jaeger query API: the paths under `/api` that Grafana and older clients call.
@NullMarked
package dev.pharos.api.jaeger;

import org.jspecify.annotations.NullMarked;
