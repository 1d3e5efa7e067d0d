package dev.pharos.insight.structure;

/// The spans of some traces that have the same operations above them.
///
/// @param parent the number of the node above, which comes before it; -1 at the top
/// @param traces how many have such a span
/// @param nanos the durations of the spans together
/// @param selfNanos of these, the time in which no child ran
/// @param traceHi the trace with the longest of the spans
public record Node(
    int parent,
    String service,
    String name,
    int kind,
    long spans,
    long traces,
    long errors,
    long nanos,
    long selfNanos,
    long traceHi,
    long traceLo,
    long spanId) {}
