package dev.pharos.store.summary;

/// How the second number of a group of spans, and of an edge, is made up.
final class SpanGroup {
  static final int SERVER = 2;
  static final int CLIENT = 3;
  static final int PRODUCER = 4;
  static final int CONSUMER = 5;
  static final int STATUS_ERROR = 2;

  private static final int BITS = 7;

  private SpanGroup() {}

  /// Name, kind and status of a group of spans.
  static long of(int name, int kind, int status) {
    return (long) name << 2 * BITS | (kind & 0x7f) << BITS | status & 0x7f;
  }

  static int name(long group) {
    return (int) (group >>> 2 * BITS);
  }

  static int kind(long group) {
    return (int) (group >>> BITS) & 0x7f;
  }

  static int status(long group) {
    return (int) group & 0x7f;
  }

  static boolean isRequest(int kind) {
    return kind == SERVER || kind == CONSUMER;
  }

  static boolean isCall(int kind) {
    return kind == CLIENT || kind == PRODUCER;
  }

  /// Server service and error of an edge.
  static long edge(int server, boolean error) {
    return (long) server << 1 | (error ? 1 : 0);
  }

  static int server(long edge) {
    return (int) (edge >>> 1);
  }

  static boolean isError(long edge) {
    return (edge & 1) != 0;
  }
}
