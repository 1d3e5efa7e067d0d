package dev.pharos.store.segment;

import dev.pharos.model.SpanBatch;
import dev.pharos.store.read.SpanBlock;
import java.util.Optional;

/// A batch of spans in the head. Any thread.
final class HeadSpans implements HeadBlock<SpanBlock> {
  private final SpanBatch batch;
  private final Range times;
  private final BatchAttributes attributes;
  private final BatchAttributes eventAttributes;
  private final BatchAttributes linkAttributes;

  HeadSpans(SpanBatch batch) {
    this.batch = batch;
    this.times = Range.of(batch.startNanos(), batch.rows());
    this.attributes = new BatchAttributes(batch.attributes(), batch.rows(), batch.symbols());
    this.eventAttributes =
        new BatchAttributes(batch.events().attributes(), batch.events().rows(), batch.symbols());
    this.linkAttributes =
        new BatchAttributes(batch.links().attributes(), batch.links().rows(), batch.symbols());
  }

  @Override
  public int rows() {
    return batch.rows();
  }

  @Override
  public long minNanos() {
    return times.min();
  }

  @Override
  public long maxNanos() {
    return times.max();
  }

  @Override
  public Optional<SpanBlock> open() {
    return Optional.of(new HeadSpanBlock(batch, attributes, eventAttributes, linkAttributes));
  }
}
