package dev.pharos.insight.structure;

import dev.pharos.query.traceql.SweepCost;
import java.util.List;

/// Traces put together by the paths of their operations.
///
/// @param traces how many were put together
/// @param oneIn of how many traces of the filter that is about one; 1 if these are all
/// @param spans of these traces
/// @param nodes each after the one above it; those that most traces have come first among siblings
/// @param found how many nodes there are
/// @param complete false where paths were too many to tell all apart
public record Structure(
    long traces,
    int oneIn,
    long spans,
    long selfNanos,
    List<Node> nodes,
    int found,
    boolean complete,
    SweepCost cost) {}
