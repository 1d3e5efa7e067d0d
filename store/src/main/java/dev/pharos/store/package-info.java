/// The embedded columnar store: durable log, head, segments, merge and retention, one set per signal.
@NullMarked
package dev.pharos.store;

import org.jspecify.annotations.NullMarked;
