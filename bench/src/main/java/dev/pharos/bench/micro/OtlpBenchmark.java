package dev.pharos.bench.micro;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.pharos.model.Batch;
import dev.pharos.model.LogBatch;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.Signal;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Tenant;
import dev.pharos.wire.RequestKeys;
import dev.pharos.wire.otlp.OtlpCodec;
import dev.pharos.wire.otlp.OtlpEncoder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// OTLP between bytes and batches, with protobuf-java's generated classes beside in the same run. Scores are million
/// items a second: spans, log records, data points; requests of 500.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(Requests.ITEMS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class OtlpBenchmark {
  private static final int REQUESTS = 64;

  private final Cycle<SpanBatch> spans = new Cycle<>(OtlpCodec.TRACES, Requests.spans(REQUESTS));
  private final Cycle<LogBatch> lines = new Cycle<>(OtlpCodec.LOGS, Requests.lines(REQUESTS));
  private final Cycle<MetricBatch> points =
      new Cycle<>(OtlpCodec.METRICS, Requests.points(REQUESTS));
  private final Tenant tenant = new Tenant("default");

  /// Requests of one signal, each in turn.
  private static final class Cycle<B extends Batch> {
    private final OtlpCodec<B> codec;
    private final OtlpEncoder<B> encoder;
    private final List<byte[]> requests;
    private final List<B> batches;
    private final List<byte[]> json;
    private int next;

    Cycle(OtlpCodec<B> codec, List<byte[]> requests) {
      this.codec = codec;
      this.requests = requests;
      encoder = codec.encoder();
      batches = requests.stream().map(request -> codec.decode(request).batch()).toList();
      json = batches.stream().map(codec::encodeJson).toList();
    }

    private int turn() {
      next = next + 1 & REQUESTS - 1;
      return next;
    }

    byte[] request() {
      return requests.get(turn());
    }

    B decode() {
      return codec.decode(request()).batch();
    }

    int encode() {
      return encoder.encode(batches.get(turn()));
    }

    B decodeJson() {
      return codec.decodeJson(json.get(turn())).batch();
    }

    byte[] encodeJson() {
      encoder.encode(batches.get(turn()));
      return codec.toJson(encoder);
    }
  }

  @Benchmark
  public SpanBatch decodeSpans() {
    return spans.decode();
  }

  @Benchmark
  public LogBatch decodeLogs() {
    return lines.decode();
  }

  @Benchmark
  public MetricBatch decodePoints() {
    return points.decode();
  }

  @Benchmark
  public long generatedSpans() throws InvalidProtocolBufferException {
    return GeneratedClasses.spans(spans.request());
  }

  @Benchmark
  public long generatedLogs() throws InvalidProtocolBufferException {
    return GeneratedClasses.logs(lines.request());
  }

  @Benchmark
  public long generatedPoints() throws InvalidProtocolBufferException {
    return GeneratedClasses.points(points.request());
  }

  @Benchmark
  public int encodeSpans() {
    return spans.encode();
  }

  @Benchmark
  public int encodeLogs() {
    return lines.encode();
  }

  @Benchmark
  public int encodePoints() {
    return points.encode();
  }

  @Benchmark
  public SpanBatch decodeSpansJson() {
    return spans.decodeJson();
  }

  @Benchmark
  public byte[] encodeSpansJson() {
    return spans.encodeJson();
  }

  @Benchmark
  public long requestKey() {
    byte[] request = spans.request();
    return RequestKeys.of(tenant, Signal.TRACES, request, 0, request.length).lo();
  }
}
