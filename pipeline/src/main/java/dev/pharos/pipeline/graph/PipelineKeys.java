package dev.pharos.pipeline.graph;

import dev.pharos.model.Batch;
import dev.pharos.model.Parcel;
import dev.pharos.model.Part;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Sink;
import java.util.List;

/// Makes request keys a pipeline's own, before a durable exporter that several pipelines of a signal end in: each may
/// bring another part of the same request, which must not be taken for a resend of the first one's.
///
/// The new key depends on the key and the pipeline's id alone, so a resend has the same again.
record PipelineKeys<B extends Batch>(long seed, Sink<B> next) implements Sink<B> {
  static <B extends Batch> Sink<B> of(String pipeline, Sink<B> next) {
    long seed = 0xCBF29CE484222325L;
    for (int i = 0; i < pipeline.length(); i++) {
      seed = (seed ^ pipeline.charAt(i)) * 0x100000001B3L;
    }
    return new PipelineKeys<>(seed, next);
  }

  @Override
  public void accept(Parcel<B> parcel) {
    if (parcel.keys().isEmpty() && parcel.parts().isEmpty()) {
      next.accept(parcel);
      return;
    }
    List<RequestKey> keys = parcel.keys().stream().map(this::own).toList();
    List<Part> parts = parcel.parts().stream().map(part -> part.withKey(own(part.key()))).toList();
    next.accept(parcel.with(keys, parts));
  }

  private RequestKey own(RequestKey key) {
    if (key.isNone()) {
      return key;
    }
    var own = new RequestKey(key.hi() ^ seed, key.lo() + seed * 0x9E3779B97F4A7C15L);
    return own.isNone() ? new RequestKey(0, 1) : own;
  }
}
