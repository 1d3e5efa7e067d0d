package dev.pharos.store.read;

/// Spans of a service: the requests that it answered, which are its spans of the kinds server and consumer, or all.
///
/// @param service as in the Resource's `service.name`; empty without
/// @param other whether these are the requests of services that found no place among the groups of a summary
public record ServiceRequests(String service, boolean other, Requests requests) {}
