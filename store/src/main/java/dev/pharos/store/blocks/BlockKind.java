package dev.pharos.store.blocks;

import dev.pharos.model.Batch;
import dev.pharos.model.LogBatch;
import dev.pharos.model.Signal;
import dev.pharos.model.SpanBatch;
import dev.pharos.store.engine.RowRules;
import dev.pharos.store.read.Block;
import dev.pharos.store.read.LogBlock;
import dev.pharos.store.read.SpanBlock;
import dev.pharos.store.segment.SegmentFormat;
import dev.pharos.store.segment.SegmentStorage;
import dev.pharos.store.summary.Summaries;
import java.util.BitSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/// What tells spans and log records apart. Stateless parts; any thread.
///
/// @param rows takes whole rows out of a block
/// @param rules which rows the store takes
/// @param summaries of the segments in a storage
public record BlockKind<B extends Batch, K extends Block>(
    Signal signal,
    SegmentFormat<B, K> format,
    RowTimes<B> times,
    Rows<B, K> rows,
    RowRules<B> rules,
    Function<SegmentStorage, Summaries<B, K, ?>> summaries) {

  /// Whole rows of a block, in the order given.
  @FunctionalInterface
  public interface Rows<B, K> {
    B of(K block, int[] rows, int count);
  }

  public static BlockKind<SpanBatch, SpanBlock> spans(SegmentFormat<SpanBatch, SpanBlock> format) {
    return new BlockKind<>(
        Signal.TRACES,
        format,
        RowTimes.SPANS,
        SpanBlock::materialize,
        new SpanRules(),
        Summaries::spans);
  }

  public static BlockKind<LogBatch, LogBlock> logs(SegmentFormat<LogBatch, LogBlock> format) {
    return new BlockKind<>(
        Signal.LOGS, format, RowTimes.LOGS, LogBlock::materialize, new LogRules(), Summaries::logs);
  }

  /// The rows of a block that are not among these.
  B without(K block, BitSet left) {
    int[] kept = IntStream.range(0, block.rows()).filter(row -> !left.get(row)).toArray();
    return rows.of(block, kept, kept.length);
  }
}
