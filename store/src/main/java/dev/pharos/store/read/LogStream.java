package dev.pharos.store.read;

import dev.pharos.model.ResourceTable;
import dev.pharos.model.Symbols;

/// A stream of log records: those of one Resource.
///
/// @param resource row of `resources`
/// @param records in the segments and head parts that touch the range: an upper bound of those within it
/// @param bodyBytes of those records
public record LogStream(
    ResourceTable resources,
    Symbols symbols,
    int resource,
    long minNanos,
    long maxNanos,
    long records,
    long bodyBytes) {}
