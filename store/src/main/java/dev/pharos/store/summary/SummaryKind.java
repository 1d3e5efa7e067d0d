package dev.pharos.store.summary;

import dev.pharos.model.Batch;
import dev.pharos.model.LogBatch;
import dev.pharos.model.SpanBatch;
import dev.pharos.store.read.Block;
import dev.pharos.store.read.LogBlock;
import dev.pharos.store.read.SpanBlock;
import dev.pharos.store.segment.encoding.ByteSink;
import dev.pharos.store.segment.encoding.ByteSource;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/// How one signal's summaries are made, written and read. Stateless; any thread.
///
/// @param number of the kind in the file
/// @param type of a summary
/// @param builder counts the rows of a window
/// @param grain of a summary
/// @param answers whether a summary has all parts of the window
record SummaryKind<B extends Batch, K extends Block, S>(
    int number,
    Class<S> type,
    Function<Window, SummaryBuilder<B, K, S>> builder,
    ToIntFunction<S> grain,
    BiPredicate<S, Window> answers,
    BiConsumer<S, ByteSink> encode,
    Function<ByteSource, S> decode) {
  static final SummaryKind<SpanBatch, SpanBlock, SpanSummary> SPANS =
      new SummaryKind<>(
          1,
          SpanSummary.class,
          SpanSummaryBuilder::new,
          SpanSummary::grain,
          SpanSummary::answers,
          SpanSummary::encode,
          SpanSummary::decode);
  static final SummaryKind<LogBatch, LogBlock, LogSummary> LOGS =
      new SummaryKind<>(
          3,
          LogSummary.class,
          LogSummaryBuilder::new,
          LogSummary::grain,
          (summary, window) -> true,
          LogSummary::encode,
          LogSummary::decode);
}
