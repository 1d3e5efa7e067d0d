package dev.pharos.pipeline.graph;

import dev.pharos.model.Batch;
import dev.pharos.model.Parcel;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Sink;

/// Makes request keys a pipeline's own, before a durable exporter that several pipelines of a signal end in: each may
/// bring another part of the same request, which must not be taken for a resend of the first one's.
record PipelineKeys<B extends Batch>(long seed, Sink<B> next) implements Sink<B> {
  static <B extends Batch> Sink<B> of(String pipeline, Sink<B> next) {
    return new PipelineKeys<>(RequestKey.seed(pipeline), next);
  }

  @Override
  public void accept(Parcel<B> parcel) {
    next.accept(parcel.rekeyed(seed));
  }
}
