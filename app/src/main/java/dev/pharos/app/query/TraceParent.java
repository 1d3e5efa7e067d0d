package dev.pharos.app.query;

import java.util.concurrent.ThreadLocalRandom;

/// Where in a trace a request comes from, as its `traceparent` header (W3C Trace Context, version 00) says.
///
/// @param spanId of the caller's span; 0 if a trace begins here
/// @param sampled whether the caller records the trace
record TraceParent(long traceHi, long traceLo, long spanId, boolean sampled) {
  private static final int LENGTH = 55;

  /// Reads a header. A new trace begins where it is absent or not valid, as the specification asks.
  static TraceParent parse(String header) {
    if (header.length() < LENGTH
        || (header.length() > LENGTH && (header.startsWith("00") || header.charAt(LENGTH) != '-'))
        || header.startsWith("ff")
        || header.charAt(2) != '-'
        || header.charAt(35) != '-'
        || header.charAt(52) != '-') {
      return root();
    }
    try {
      Integer.parseInt(header, 0, 2, 16);
      long hi = hex(header, 3, 19);
      long lo = hex(header, 19, 35);
      long span = hex(header, 36, 52);
      int flags = Integer.parseInt(header, 53, 55, 16);
      return (hi == 0 && lo == 0) || span == 0
          ? root()
          : new TraceParent(hi, lo, span, (flags & 1) != 0);
    } catch (NumberFormatException e) {
      return root();
    }
  }

  private static long hex(String header, int from, int to) {
    for (int i = from; i < to; i++) {
      if ("0123456789abcdef".indexOf(header.charAt(i)) < 0) {
        throw new NumberFormatException(header);
      }
    }
    return Long.parseUnsignedLong(header, from, to, 16);
  }

  private static TraceParent root() {
    var random = ThreadLocalRandom.current();
    return new TraceParent(random.nextLong(), random.nextLong() | 1, 0, true);
  }
}
