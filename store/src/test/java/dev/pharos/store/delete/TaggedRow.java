package dev.pharos.store.delete;

/// A span or log record that carries a number, a user and a service.
///
/// @param id the span id
record TaggedRow(long id, String user, String service, long nanos) {}
