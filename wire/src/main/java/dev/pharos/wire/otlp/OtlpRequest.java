package dev.pharos.wire.otlp;

import dev.pharos.model.Batch;
import dev.pharos.model.Cargo;

/// A protobuf export request that [RequestScan] found plain: it may be sent on as it is, and is decoded when somebody
/// reads its rows. It keeps the bytes, which nobody may change any more. Any thread.
final class OtlpRequest<B extends Batch> extends Cargo.Encoded<B> {
  private static final int OVERHEAD = 64;

  private final OtlpCodec<B> codec;
  private final byte[] bytes;
  private final int from;
  private final int to;
  private final int items;

  OtlpRequest(OtlpCodec<B> codec, byte[] bytes, int from, int to, int items) {
    this.codec = codec;
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    this.items = items;
  }

  /// The request is `bytes()[from() .. to())`.
  byte[] bytes() {
    return bytes;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  @Override
  public int items() {
    return items;
  }

  @Override
  public long sizeBytes() {
    return bytes.length + OVERHEAD;
  }

  @Override
  protected B decode() {
    return codec.decode(bytes, from, to).batch();
  }
}
