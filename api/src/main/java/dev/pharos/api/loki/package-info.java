/// The Loki HTTP API: queries, labels and series.
@NullMarked
package dev.pharos.api.loki;

import org.jspecify.annotations.NullMarked;
