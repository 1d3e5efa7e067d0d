package dev.pharos.store.read;

import dev.pharos.model.Labels;

/// Log records of one stream and severity, counted in columns of time.
///
/// @param stream the attributes of the Resource as texts
/// @param other whether these are records of streams that found no place among the groups of a summary
/// @param severity the severity number as in OTLP, 0 without
/// @param bytes of text bodies
public record StreamLogs(
    Labels stream, boolean other, int severity, long[] records, long[] bytes) {}
