package dev.pharos.insight;

import java.util.Optional;
import java.util.OptionalLong;

/// A service in a range of time.
///
/// @param language of its SDK; empty if unknown, as the version
/// @param versionSinceNanos when the version was first seen, if it came within what was looked at
/// @param instances that sent spans; 0 if unknown
public record ServiceState(
    String name,
    String language,
    String version,
    OptionalLong versionSinceNanos,
    int instances,
    Figures figures,
    Optional<Figures> was,
    Away away,
    long logs,
    long errorLogs,
    Chart chart) {}
