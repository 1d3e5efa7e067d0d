package dev.pharos.wire.otlp;

import dev.pharos.model.Batch;
import dev.pharos.model.Cargo;
import dev.pharos.model.LogBatch;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.Signal;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.proto.DecodeException;
import dev.pharos.model.proto.ProtoWriter;
import dev.pharos.model.proto.Utf8;
import dev.pharos.wire.json.JsonToProto;
import dev.pharos.wire.json.MessageType;
import dev.pharos.wire.json.ProtoToJson;
import java.util.Optional;
import java.util.function.Supplier;

/// OTLP export requests of one signal, to and from batches. Stored data (TracesData, LogsData, MetricsData) look the
/// same.
///
/// Decoding accepts fields in any order, merges repeated singular ones and skips unknown ones. It leaves out the items
/// that no component could use, and mends what it can: see [Decoded]. Bytes that are no request at all are a
/// [DecodeException]. Stateless: any thread may use it.
public final class OtlpCodec<B extends Batch> {
  public static final OtlpCodec<SpanBatch> TRACES =
      new OtlpCodec<>(Signal.TRACES, OtlpSchema.TRACES, SpanReader::new, OtlpEncoder::spans);
  public static final OtlpCodec<LogBatch> LOGS =
      new OtlpCodec<>(Signal.LOGS, OtlpSchema.LOGS, LogReader::new, OtlpEncoder::logs);
  public static final OtlpCodec<MetricBatch> METRICS =
      new OtlpCodec<>(Signal.METRICS, OtlpSchema.METRICS, MetricReader::new, OtlpEncoder::metrics);

  private final Signal signal;
  private final MessageType schema;
  private final RequestShape shape;
  private final Readers<B> readers;
  private final Supplier<OtlpEncoder<B>> encoders;

  private OtlpCodec(
      Signal signal, MessageType schema, Readers<B> readers, Supplier<OtlpEncoder<B>> encoders) {
    this.signal = signal;
    this.schema = schema;
    this.shape = RequestShape.of(schema);
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

  /// The protobuf request `bytes[from .. to)` checked, but not decoded; empty if decoding it would leave out or mend
  /// anything, and if it is malformed. The array is kept and must not change any more.
  public Optional<Cargo<B>> undecoded(byte[] bytes, int from, int to) {
    int items = RequestScan.items(shape, bytes, from, to);
    return items < 0
        ? Optional.empty()
        : Optional.of(new OtlpRequest<>(this, bytes, from, to, items));
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

  /// Decodes the JSON request `bytes[from .. to)`, as leniently as [JsonToProto] says.
  ///
  /// @throws DecodeException with line, column and path, if it is not JSON or a value has the wrong shape
  public Decoded<B> decodeJson(byte[] bytes, int from, int to) {
    byte[] request =
        Utf8.isValid(bytes, from, to - from)
            ? JsonToProto.transcode(bytes, from, to, schema)
            : JsonToProto.transcodeInvalid(bytes, from, to, schema);
    return readers.open(request, 0, request.length, true).decode();
  }

  public Decoded<B> decodeJson(byte[] bytes) {
    return decodeJson(bytes, 0, bytes.length);
  }

  /// The whole batch as a JSON request.
  public byte[] encodeJson(B batch) {
    OtlpEncoder<B> encoder = encoder();
    encoder.encode(batch);
    return toJson(encoder);
  }

  /// The whole batch in protobuf's own JSON mapping, which Tempo answers with: ids in base64, enums by name.
  public byte[] encodeProtobufJson(B batch) {
    OtlpEncoder<B> encoder = encoder();
    encoder.encode(batch);
    return toJson(encoder, ProtoToJson.Mapping.PROTOBUF);
  }

  /// The request that was encoded last, as JSON.
  public byte[] toJson(OtlpEncoder<B> encoder) {
    return toJson(encoder, ProtoToJson.Mapping.OTLP);
  }

  private byte[] toJson(OtlpEncoder<B> encoder, ProtoToJson.Mapping mapping) {
    ProtoWriter request = encoder.output();
    return ProtoToJson.transcode(
        request.buffer(), request.start(), request.buffer().length, schema, mapping);
  }
}
