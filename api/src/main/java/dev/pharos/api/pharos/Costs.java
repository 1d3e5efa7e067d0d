package dev.pharos.api.pharos;

import dev.pharos.query.traceql.SweepCost;
import tools.jackson.core.JsonGenerator;

/// Writes what an answer cost, the last property of each.
final class Costs {
  private static final long MILLI = 1_000_000L;

  private Costs() {}

  /// @param beganNanos when work on the answer began, as [System#nanoTime]
  static void write(JsonGenerator json, long beganNanos, SweepCost cost) {
    json.writeObjectPropertyStart("cost");
    json.writeNumberProperty("millis", (System.nanoTime() - beganNanos) / MILLI);
    json.writeNumberProperty("rows", cost.rows());
    json.writeNumberProperty("blocks", cost.blocks());
    json.writeNumberProperty("skipped", cost.skipped());
    json.writeEndObject();
  }
}
