package dev.pharos.insight.trace;

/// A span whose clock is off, which is moved with all below it.
///
/// @param nanos by which it is moved, beside what the spans above it are moved by
public record Move(long span, long nanos) {}
