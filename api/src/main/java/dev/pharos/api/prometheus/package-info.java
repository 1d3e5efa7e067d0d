/// The Prometheus HTTP API, version 1: queries, metadata and what Grafana's data source asks for at its start.
@NullMarked
package dev.pharos.api.prometheus;

import org.jspecify.annotations.NullMarked;
