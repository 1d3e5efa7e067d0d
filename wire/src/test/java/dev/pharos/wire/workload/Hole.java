package dev.pharos.wire.workload;

/// What changes in a request from send to send, at a fixed place and of a fixed width.
enum Hole {
  /// 16 bytes; the argument numbers the trace in the request.
  TRACE_ID,
  /// 8 bytes; the argument numbers the span in the request.
  SPAN_ID,
  /// Eight bytes of nanoseconds, little endian; the argument is the distance from now.
  TIME,
  /// Decimal digits.
  DIGITS,
  /// Hexadecimal digits, at most 16.
  HEX,
  /// `2026-01-02T15:04:05.123456Z`; the argument is the distance from now.
  ISO_TIME,
  /// `02/Jan/2026:15:04:05 +0000`; the argument is the distance from now.
  ACCESS_TIME,
  /// The value of a series, whose number is the argument.
  VALUE
}
