package dev.pharos.query.traceql;

/// What a client asks of a search. Times are Unix nanoseconds: a trace is found by spans that start from `startNanos`
/// (inclusive) to `endNanos` (exclusive), and then looked at whole.
///
/// @param limit of traces, at least 1
/// @param spansPerSet that an answer shows of each spanset, at least 1
public record SearchRequest(
    String query, long startNanos, long endNanos, int limit, int spansPerSet) {}
