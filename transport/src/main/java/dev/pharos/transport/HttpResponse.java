package dev.pharos.transport;

/// A whole answer to an HTTP call.
///
/// @param body decompressed
public record HttpResponse(int status, Headers headers, Body body) {}
