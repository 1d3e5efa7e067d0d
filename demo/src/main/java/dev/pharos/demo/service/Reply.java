package dev.pharos.demo.service;

/// An answer to a [Request].
///
/// @param status of HTTP
record Reply(int status, String body) {
  static Reply of(String body) {
    return new Reply(200, body);
  }

  boolean isGood() {
    return status == 200;
  }
}
