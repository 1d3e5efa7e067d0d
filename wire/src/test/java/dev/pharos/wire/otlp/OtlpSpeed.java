package dev.pharos.wire.otlp;

import dev.pharos.model.Signal;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Tenant;
import dev.pharos.wire.RequestKeys;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.function.ToLongFunction;

/// Measures the codec on one thread beside protobuf-java, in one run: `java ... dev.pharos.wire.otlp.OtlpSpeed [spans a
/// request] [seconds a row]`. Figures are million spans a second of CPU time, the median of rounds.
public final class OtlpSpeed {
  private static final int REQUESTS = 100;
  private static final int ROUNDS = 7;

  /// Rates are by this thread's CPU time, so that a busy machine falsifies them less; collection is not counted.
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private OtlpSpeed() {}

  /// A result that the compiler must believe is used.
  static volatile long sink;

  public static void main(String[] args) throws Exception {
    int spans = args.length > 0 ? Integer.parseInt(args[0]) : 500;
    double seconds = args.length > 1 ? Double.parseDouble(args[1]) : 0.3;
    var shop = new ShopTraces(1);
    var requests = new byte[REQUESTS][];
    Arrays.setAll(requests, i -> shop.request(spans));
    long bytes = Arrays.stream(requests).mapToLong(r -> r.length).sum();
    System.out.printf(
        "%d requests of %d spans, %.0f bytes a span%n",
        REQUESTS, spans, bytes / (double) (REQUESTS * spans));
    var batches = new SpanBatch[REQUESTS];
    Arrays.setAll(batches, i -> OtlpCodec.TRACES.decode(requests[i]).batch());
    OtlpEncoder<SpanBatch> encoder = OtlpCodec.TRACES.encoder();
    var tenant = new Tenant("default");
    var all =
        new String[] {
          "protobuf-java parse + touch", "decode", "encode", "decode + encode", "request key"
        };
    ToLongFunction<Integer>[] work =
        paths(
            i -> touch(requests[i]),
            i -> OtlpCodec.TRACES.decode(requests[i]).batch().attributes().size(),
            i -> encoder.encode(batches[i]),
            i -> encoder.encode(OtlpCodec.TRACES.decode(requests[i]).batch()),
            i -> RequestKeys.of(tenant, Signal.TRACES, requests[i], 0, requests[i].length).lo());
    var rates = new double[work.length][ROUNDS];
    for (int round = -2; round < ROUNDS; round++) {
      for (int w = 0; w < work.length; w++) {
        double rate = rate(work[w], seconds, spans);
        if (round >= 0) {
          rates[w][round] = rate;
        }
      }
    }
    double base = median(rates[0]);
    for (int w = 0; w < work.length; w++) {
      double median = median(rates[w]);
      System.out.printf(
          "%-28s %6.2f Mspan/s  %6.0f MB/s  %5.2fx%n",
          all[w], median / 1e6, median / spans / REQUESTS * bytes / 1e6, median / base);
    }
  }

  @SafeVarargs
  private static ToLongFunction<Integer>[] paths(ToLongFunction<Integer>... paths) {
    return paths;
  }

  private static double median(double[] rounds) {
    double[] sorted = rounds.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static double rate(ToLongFunction<Integer> work, double seconds, int spans) {
    long start = THREADS.getCurrentThreadCpuTime();
    long end = start + (long) (seconds * 1e9);
    long done = 0;
    long sum = 0;
    while (THREADS.getCurrentThreadCpuTime() < end) {
      for (int i = 0; i < REQUESTS; i++) {
        sum += work.applyAsLong(i);
      }
      done += REQUESTS;
    }
    sink = sum;
    return done * (double) spans * 1e9 / (THREADS.getCurrentThreadCpuTime() - start);
  }

  /// Parses and looks at every field, as a pipeline on the generated classes would have to.
  private static long touch(byte[] request) {
    try {
      long sum = 0;
      for (ResourceSpans group : TracesData.parseFrom(request).getResourceSpansList()) {
        for (KeyValue attribute : group.getResource().getAttributesList()) {
          sum += attribute(attribute);
        }
        for (ScopeSpans inner : group.getScopeSpansList()) {
          for (Span span : inner.getSpansList()) {
            sum +=
                span.getTraceId().size()
                    + span.getSpanId().size()
                    + span.getParentSpanId().size()
                    + span.getName().length();
            sum +=
                span.getStartTimeUnixNano()
                    + span.getEndTimeUnixNano()
                    + span.getKindValue()
                    + span.getStatus().getCodeValue();
            for (KeyValue attribute : span.getAttributesList()) {
              sum += attribute(attribute);
            }
            for (Span.Event event : span.getEventsList()) {
              sum += event.getName().length();
              for (KeyValue attribute : event.getAttributesList()) {
                sum += attribute(attribute);
              }
            }
          }
        }
      }
      return sum;
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long attribute(KeyValue attribute) {
    AnyValue value = attribute.getValue();
    return attribute.getKey().length()
        + switch (value.getValueCase()) {
          case STRING_VALUE -> value.getStringValue().length();
          case INT_VALUE -> value.getIntValue();
          default -> 1;
        };
  }
}
