package dev.pharos.store.read;

/// Calls from one service to another: spans of the kinds server and consumer whose parent is a span of the kind
/// client or producer that starts within an hour of theirs. They count when, and as long as, the called service's
/// span says; an error is one that either span says.
public record EdgeRequests(String client, String server, Requests requests) {}
