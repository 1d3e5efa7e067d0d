package dev.pharos.store.read;

/// The requests that a service answered: its spans of the kinds server and consumer.
///
/// @param service as in the Resource's `service.name`; empty without
/// @param other whether these are the requests of services that found no place among the groups of a summary
public record ServiceRequests(String service, boolean other, Requests requests) {}
