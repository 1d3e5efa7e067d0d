package dev.pharos.transport;

/// What one listener answers: an HTTP path or a gRPC method, which may share a listener; or who hears of what nobody
/// answers there.
///
/// Among HTTP routes an exact path wins over one with parameters, that one over a trailing `/*`, and the longer over
/// the shorter. A path that is known under another method answers 405 with `Allow`, an unknown one 404; an unknown gRPC
/// method answers `UNIMPLEMENTED`.
public sealed interface Route permits HttpRoute, GrpcRoute, GrpcStreamRoute, Strays {}
