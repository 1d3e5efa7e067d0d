package dev.pharos.insight;

import dev.pharos.query.traceql.SweepCost;

/// What an answer took to read beside summaries. One thread.
public final class Cost {
  private SweepCost total = SweepCost.NONE;

  void add(SweepCost more) {
    total = total.plus(more);
  }

  public SweepCost total() {
    return total;
  }
}
