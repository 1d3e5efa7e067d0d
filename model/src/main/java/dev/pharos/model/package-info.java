/// Telemetry as columns: batches of spans, log records and metric points with one string dictionary each, the tables
/// they refer to, and what travels with a batch (tenant, request key, acknowledgement).
@NullMarked
package dev.pharos.model;

import org.jspecify.annotations.NullMarked;
