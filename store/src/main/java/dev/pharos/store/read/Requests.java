package dev.pharos.store.read;

/// Spans counted in columns of time.
///
/// @param calls in each column
/// @param errors those of them with status error
/// @param durations of the calls in each column
public record Requests(long[] calls, long[] errors, Durations[] durations) {}
