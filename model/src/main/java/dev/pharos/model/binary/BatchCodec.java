package dev.pharos.model.binary;

import dev.pharos.model.Batch;
import dev.pharos.model.LogBatch;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.Signal;
import dev.pharos.model.SpanBatch;
import java.nio.ByteBuffer;

/// Batches as self-contained bytes and back (docs/format/batch.md). Stateless; any thread.
///
/// The decoder checks every count, width, symbol and reference, and takes memory only in proportion to the bytes it is
/// given (about 150 times as much at worst), so that no input harms more than itself. It knows nothing of checksums:
/// the holder of the bytes has one.
public final class BatchCodec {
  /// "PB", then the version.
  private static final int MAGIC = 0x0142_50;

  private static final int SPANS = 1;
  private static final int METRICS = 2;
  private static final int LOGS = 3;

  private BatchCodec() {}

  /// Appends the batch to the buffer.
  public static void encode(Batch batch, BatchBuffer out) {
    switch (batch) {
      case SpanBatch spans -> {
        out.putInt(MAGIC | SPANS << 24);
        SpanCodec.put(out, spans);
      }
      case LogBatch logs -> {
        out.putInt(MAGIC | LOGS << 24);
        LogCodec.put(out, logs);
      }
      case MetricBatch metrics -> {
        out.putInt(MAGIC | METRICS << 24);
        MetricCodec.put(out, metrics);
      }
    }
  }

  /// The batch that fills the buffer from position to limit; neither is moved, and nothing of the buffer is kept.
  ///
  /// @throws MalformedBatchException if the bytes are not exactly a batch
  public static Batch decode(ByteBuffer source) {
    var in = new BatchInput(source);
    int header = in.getInt();
    if ((header & 0xffffff) != MAGIC) {
      throw in.malformed(
          "begins with 0x" + Integer.toHexString(header) + " (expected: a batch of version 1)");
    }
    try {
      Batch batch =
          switch (header >>> 24) {
            case SPANS -> SpanCodec.get(in);
            case METRICS -> MetricCodec.get(in);
            case LOGS -> LogCodec.get(in);
            default -> throw in.malformed("signal " + (header >>> 24) + " (expected: 1 to 3)");
          };
      in.expectEnd();
      return batch;
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw in.malformed(e.toString());
    }
  }

  public static SpanBatch decodeSpans(ByteBuffer source) {
    return decode(source) instanceof SpanBatch spans ? spans : otherSignal(Signal.TRACES);
  }

  public static LogBatch decodeLogs(ByteBuffer source) {
    return decode(source) instanceof LogBatch logs ? logs : otherSignal(Signal.LOGS);
  }

  public static MetricBatch decodeMetrics(ByteBuffer source) {
    return decode(source) instanceof MetricBatch metrics ? metrics : otherSignal(Signal.METRICS);
  }

  private static <B> B otherSignal(Signal wanted) {
    throw new MalformedBatchException(
        "a batch of another signal (expected: " + wanted.label() + ")");
  }
}
