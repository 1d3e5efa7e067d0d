package dev.pharos.wire.otlp;

import dev.pharos.model.Batch;
import dev.pharos.model.LogBatch;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.Signal;
import dev.pharos.model.SpanBatch;
import java.util.function.Supplier;

/// OTLP export requests of one signal, to and from batches. Stored data (TracesData, LogsData, MetricsData) look the same.
///
/// Decoding accepts fields in any order, merges repeated singular ones and skips unknown ones. It leaves out the items that no
/// component could use, and mends what it can: see [Decoded]. Bytes that are no request at all are a
/// [dev.pharos.model.proto.DecodeException]. Stateless: any thread may use it.
public final class OtlpCodec<B extends Batch> {
  public static final OtlpCodec<SpanBatch> TRACES =
      new OtlpCodec<>(Signal.TRACES, SpanReader::new, OtlpEncoder::spans);
  public static final OtlpCodec<LogBatch> LOGS = new OtlpCodec<>(Signal.LOGS, LogReader::new, OtlpEncoder::logs);
  public static final OtlpCodec<MetricBatch> METRICS =
      new OtlpCodec<>(Signal.METRICS, MetricReader::new, OtlpEncoder::metrics);

  private final Signal signal;
  private final Readers<B> readers;
  private final Supplier<OtlpEncoder<B>> encoders;

  private OtlpCodec(Signal signal, Readers<B> readers, Supplier<OtlpEncoder<B>> encoders) {
    this.signal = signal;
    this.readers = readers;
    this.encoders = encoders;
  }

  private interface Readers<B extends Batch> {
    GroupReader<B> open(byte[] bytes, int from, int to, boolean hexIds);
  }

  public Signal signal() {
    return signal;
  }

  /// Decodes the protobuf request `bytes[from .. to)`. Nothing of the array is kept.
  public Decoded<B> decode(byte[] bytes, int from, int to) {
    return readers.open(bytes, from, to, false).decode();
  }

  public Decoded<B> decode(byte[] bytes) {
    return decode(bytes, 0, bytes.length);
  }

  /// An encoder to keep and reuse on one thread.
  public OtlpEncoder<B> encoder() {
    return encoders.get();
  }

  /// The whole batch as a protobuf request.
  public byte[] encode(B batch) {
    OtlpEncoder<B> encoder = encoder();
    encoder.encode(batch);
    return encoder.toByteArray();
  }
}
