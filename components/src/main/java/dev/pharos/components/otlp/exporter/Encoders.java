package dev.pharos.components.otlp.exporter;

import dev.pharos.model.Batch;
import dev.pharos.model.Cargo;
import dev.pharos.transport.Body;
import dev.pharos.wire.otlp.OtlpCodec;
import dev.pharos.wire.otlp.OtlpEncoder;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The encoders of one sender that are not in use, each with its buffer. Any thread.
///
/// An encoder goes back only once nobody reads its buffer any more: an export that was broken off may still be on its
/// way through the connection, so its encoder is left to the garbage collector.
final class Encoders<B extends Batch> {
  /// Larger buffers are not kept: one huge batch should not cost memory for ever.
  private static final int MOST_KEPT_BYTES = 8 << 20;

  private final OtlpCodec<B> codec;
  private final ConcurrentLinkedQueue<OtlpEncoder<B>> idle = new ConcurrentLinkedQueue<>();

  Encoders(OtlpCodec<B> codec) {
    this.codec = codec;
  }

  OtlpEncoder<B> take() {
    OtlpEncoder<B> encoder = idle.poll();
    return encoder == null ? codec.encoder() : encoder;
  }

  void giveBack(OtlpEncoder<B> encoder) {
    if (encoder.output().buffer().length <= MOST_KEPT_BYTES) {
      idle.add(encoder);
    }
  }

  /// The items as a request in the encoder's own buffer.
  Body encode(OtlpEncoder<B> encoder, Cargo<B> cargo, OtlpHttpConfig.Encoding encoding) {
    encoder.encode(cargo);
    return switch (encoding) {
      case PROTO ->
          new Body(encoder.output().buffer(), encoder.output().start(), encoder.output().size());
      case JSON -> Body.of(codec.toJson(encoder));
    };
  }
}
