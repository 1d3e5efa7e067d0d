package dev.pharos.store.read;

/// What is known of a metric family.
///
/// @param name as stored, without the suffixes of histogram and summary series
/// @param type as Prometheus names them: counter, gauge, histogram, summary, unknown
/// @param original the name before translation
public record MetricMetadata(String name, String type, String help, String unit, String original) {}
