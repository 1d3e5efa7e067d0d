package dev.pharos.insight.exception;

import dev.pharos.query.traceql.SweepCost;
import java.util.List;

/// The exceptions of some spans.
///
/// @param total of all, those in no group of the list too
/// @param groups the most frequent first, as many as were asked for
/// @param found how many groups there are
/// @param complete false where types and messages were too many to tell all apart
public record ExceptionList(
    long total, List<ExceptionGroup> groups, int found, boolean complete, SweepCost cost) {}
