package dev.pharos.query.traceql;

import java.util.List;

/// Spans counted by their start and their duration.
///
/// @param times the columns
/// @param edgesNanos bounds of the rows, one more than rows, ascending; a row has durations from its lower bound to
///     below its upper one, the first also all below, the last also all above
/// @param counts for each row, the fastest first, the spans of each column
/// @param errors for each column, those of its spans with status error
/// @param total of all cells
public record HeatMap(
    TimeColumns times,
    long[] edgesNanos,
    List<long[]> counts,
    long[] errors,
    long total,
    SweepCost cost) {}
