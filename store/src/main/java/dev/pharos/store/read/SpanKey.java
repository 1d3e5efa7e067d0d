package dev.pharos.store.read;

/// What tells a span from all others.
public record SpanKey(long traceHi, long traceLo, long spanId) {}
