/// Exporter `prometheus`: an endpoint for Prometheus to scrape.
@NullMarked
package dev.pharos.components.prometheus;

import org.jspecify.annotations.NullMarked;
