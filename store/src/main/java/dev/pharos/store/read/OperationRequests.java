package dev.pharos.store.read;

/// The spans of one name and kind of a service.
///
/// @param other whether these are the spans of names that found no place among the groups of a summary
/// @param kind as in OTLP
public record OperationRequests(String name, boolean other, int kind, Requests requests) {}
