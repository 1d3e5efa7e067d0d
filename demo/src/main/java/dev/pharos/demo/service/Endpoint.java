package dev.pharos.demo.service;

/// What a service does for one path.
interface Endpoint {
  /// Any exception becomes status 500, and 503 if it is said to pass.
  Reply answer(Request request) throws Exception;
}
