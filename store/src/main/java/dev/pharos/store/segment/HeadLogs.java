package dev.pharos.store.segment;

import dev.pharos.model.LogBatch;
import dev.pharos.store.read.BlockMemo;
import dev.pharos.store.read.LogBlock;
import java.util.Optional;

/// A batch of log records in the head. Any thread.
final class HeadLogs implements HeadBlock<LogBlock> {
  private final LogBatch batch;
  private final Range times;
  private final BatchAttributes attributes;
  private final BlockMemo memo = new BlockMemo();

  HeadLogs(LogBatch batch) {
    this.batch = batch;
    this.times = Range.of(HeadLogBlock.times(batch), batch.rows());
    this.attributes = new BatchAttributes(batch.attributes(), batch.rows(), batch.symbols());
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
  public Optional<BlockMemo> memo() {
    return Optional.of(memo);
  }

  @Override
  public Optional<LogBlock> open() {
    return Optional.of(new HeadLogBlock(batch, attributes));
  }
}
