package dev.pharos.insight;

import java.util.List;

/// All services in a range of time: how they are, and what is wrong first.
///
/// @param services the furthest from normal first, then by rate
/// @param findings by effect on requests; empty when all is as usual
/// @param changes the newest first
/// @param totals of all services
public record Overview(
    Grid grid,
    Baseline baseline,
    List<ServiceState> services,
    List<Finding> findings,
    List<Change> changes,
    Totals totals,
    Cost cost) {
  /// Requests of all services, and all log records, in the columns of the grid.
  public record Totals(long[] calls, long[] errors, long[] logLines, long[] errorLogs) {}
}
