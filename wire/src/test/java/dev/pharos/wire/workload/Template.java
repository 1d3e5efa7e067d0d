package dev.pharos.wire.workload;

/// One encoded OTLP request whose ids, times and values are set anew in place before each send. Its array is the
/// request's body and must not be refreshed before the request that carries it was answered. One thread at a time.
public final class Template {
  /// Writes the next value of a series into the request.
  interface Values {
    void fill(int series, byte[] to, int at, Stamps stamps, long nowNanos);
  }

  private final byte[] body;
  private final int items;
  private final int traces;
  private final int spans;
  private final Hole[] holes;
  private final int[] offsets;
  private final int[] widths;
  private final long[] arguments;
  private final Values values;

  Template(TemplateWriter writer, int items, int traces, int spans, Values values) {
    body = writer.bytes();
    holes = writer.holes();
    offsets = writer.offsets();
    widths = writer.widths();
    arguments = writer.arguments();
    this.items = items;
    this.traces = traces;
    this.spans = spans;
    this.values = values;
  }

  /// The request, protobuf; the same array each time.
  public byte[] body() {
    return body;
  }

  /// Spans, log records or data points.
  public int items() {
    return items;
  }

  /// Sets all holes.
  ///
  /// @param nowNanos Unix time that the request is to be of
  public void refresh(Stamps stamps, long nowNanos) {
    stamps.newIds(traces, spans);
    for (int i = 0; i < holes.length; i++) {
      int at = offsets[i];
      long argument = arguments[i];
      switch (holes[i]) {
        case TRACE_ID -> stamps.traceId(body, at, (int) argument);
        case SPAN_ID -> stamps.spanId(body, at, (int) argument);
        case TIME -> Stamps.putLong(body, at, nowNanos + argument);
        case DIGITS -> stamps.digits(body, at, widths[i]);
        case HEX -> stamps.hex(body, at, widths[i]);
        case ISO_TIME -> stamps.isoTime(body, at, nowNanos + argument);
        case ACCESS_TIME -> stamps.accessTime(body, at, nowNanos + argument);
        case VALUE -> values.fill((int) argument, body, at, stamps, nowNanos);
      }
    }
  }
}
