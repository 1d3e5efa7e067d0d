package dev.pharos.log;

/// A file of the log that gets no more frames.
///
/// @param lastSequence the last sequence that can be in it and counts
record LogFile(LogFileName name, long lastSequence, long sizeBytes) {}
