package dev.pharos.insight;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One service in a range of time.
///
/// @param kind of an operation as in OTLP
public record ServicePage(
    Grid grid,
    ServiceState service,
    Baseline baseline,
    List<Operation> operations,
    List<Neighbour> dependsOn,
    List<Neighbour> usedBy,
    List<Instance> instances,
    List<Deploy> deploys,
    long[] errorLogs,
    long[] warnLogs,
    long[] infoLogs,
    long[] otherLogs,
    List<Change> changes,
    Cost cost) {
  /// @param impact share of the time that operations of its kind took
  public record Operation(
      String name,
      int kind,
      Figures figures,
      Optional<Figures> was,
      double impact,
      Away away,
      double[] p95Nanos) {}

  /// A service that calls or is called.
  ///
  /// @param external whether it has no spans of its own
  /// @param system of a database or broker; empty for others
  /// @param timeShare of the time that the service's requests took, at most 1
  public record Neighbour(
      String service,
      boolean external,
      String system,
      Figures figures,
      Optional<Figures> was,
      double timeShare) {}

  /// @param attributes of its Resource
  public record Instance(
      String instance,
      String version,
      Figures figures,
      double away,
      Map<String, String> attributes) {}

  /// A version, and what became different with it.
  ///
  /// @param sinceNanos 0 if it was there from the beginning
  /// @param p95Factor NaN without a version before, or without calls
  /// @param errorShareWas NaN likewise
  public record Deploy(
      String version, long sinceNanos, double p95Factor, double errorShareWas, double errorShare) {}
}
