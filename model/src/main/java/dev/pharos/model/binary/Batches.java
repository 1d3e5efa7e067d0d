package dev.pharos.model.binary;

import dev.pharos.model.Batch;
import dev.pharos.model.LogBatch;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Symbols;
import java.util.BitSet;
import java.util.List;

/// Joins batches of one signal. Stateless; any thread.
public final class Batches {
  private Batches() {}

  /// Appends to `target`, whose texts must all have been interned except those of log bodies.
  @SuppressWarnings("unchecked") // each case gives the appender of the target's own class
  public static <B extends Batch> BatchAppender<B> appender(B target) {
    return (BatchAppender<B>)
        switch (target) {
          case SpanBatch spans -> new SpanAppender(spans);
          case LogBatch logs -> new LogAppender(logs);
          case MetricBatch metrics -> new MetricAppender(metrics);
        };
  }

  /// Appends the items `from` (inclusive) to `to` (exclusive) of `source`; for several calls use one [#appender].
  public static <B extends Batch> void append(B target, B source, int from, int to) {
    appender(target).append(source, from, to);
  }

  /// All rows of all batches in their order, as one batch: the batch itself if there is one.
  ///
  /// @param batches at least one
  public static <B extends Batch> B concat(List<B> batches) {
    if (batches.size() == 1) {
      return batches.get(0);
    }
    BatchAppender<B> appender = appender(room(batches));
    for (B batch : batches) {
      appender.append(batch, 0, batch.items());
    }
    return appender.target();
  }

  /// A copy to be edited: rows, symbols, Resources and scopes keep their numbers, and its arrays may be written to.
  @SuppressWarnings("unchecked") // each case makes the class it was asked for
  public static <B extends Batch> B draft(B batch) {
    Symbols symbols = batch.symbols().copy();
    B draft =
        (B)
            switch ((Batch) batch) {
              case SpanBatch spans ->
                  new SpanBatch(spans.rows(), spans.attributes().size(), symbols);
              case LogBatch logs -> new LogBatch(logs.rows(), logs.attributes().size(), symbols);
              case MetricBatch metrics -> new MetricBatch(metrics.rows(), symbols);
            };
    appender(draft).copyAll(batch);
    return draft;
  }

  /// A batch of the items whose bits are not set. Dictionary and tables are built anew: they hold nothing but what
  /// these use.
  public static <B extends Batch> B kept(B batch, BitSet dropped) {
    BatchAppender<B> appender = appender(room(List.of(batch)));
    for (int from = dropped.nextClearBit(0); from < batch.items(); ) {
      int next = dropped.nextSetBit(from);
      int to = next < 0 ? batch.items() : Math.min(next, batch.items());
      appender.append(batch, from, to);
      from = dropped.nextClearBit(to);
    }
    return appender.target();
  }

  /// As the other `kept`, of the metrics and points whose bits are not set. A metric goes with its last point.
  public static MetricBatch kept(MetricBatch batch, BitSet droppedMetrics, BitSet droppedPoints) {
    var appender = new MetricAppender(room(List.of(batch)));
    appender.appendKept(batch, droppedMetrics, droppedPoints);
    return appender.target();
  }

  /// An empty batch of the signal of the batches given, with just the room that all their rows take.
  @SuppressWarnings("unchecked") // each case makes the class it was asked for
  public static <B extends Batch> B room(List<B> batches) {
    if (batches.isEmpty()) {
      throw new IllegalArgumentException("no batch (expected: at least one)");
    }
    int rows = 0;
    int attributes = 0;
    int texts = 16;
    int textBytes = 64;
    for (B batch : batches) {
      switch (batch) {
        case SpanBatch spans -> {
          rows += spans.rows();
          attributes += spans.attributes().size();
          texts = Math.max(texts, spans.symbols().count());
          textBytes = Math.max(textBytes, spans.symbols().textBytes());
        }
        case LogBatch logs -> {
          rows += logs.rows();
          attributes += logs.attributes().size();
          texts += logs.symbols().count();
          textBytes += logs.symbols().textBytes();
        }
        case MetricBatch metrics -> {
          rows += metrics.rows();
          texts = Math.max(texts, metrics.symbols().count());
          textBytes = Math.max(textBytes, metrics.symbols().textBytes());
        }
      }
    }
    var symbols = new Symbols(textBytes, texts);
    return (B)
        switch (batches.get(0)) {
          case SpanBatch ignored -> new SpanBatch(rows, attributes, symbols);
          case LogBatch ignored -> new LogBatch(rows, attributes, symbols);
          case MetricBatch ignored -> new MetricBatch(rows, symbols);
        };
  }
}
