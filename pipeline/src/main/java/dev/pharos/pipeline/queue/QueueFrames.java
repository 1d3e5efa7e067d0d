package dev.pharos.pipeline.queue;

import dev.pharos.log.Frame;
import dev.pharos.log.FrameVisitor;
import dev.pharos.model.Batch;
import dev.pharos.model.Tenant;
import dev.pharos.model.binary.BatchBuffer;
import dev.pharos.model.binary.BatchCodec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a persistent queue writes to its log: batches, and the sequences of those that need not be sent any more.
final class QueueFrames {
  private static final byte BATCH = 1;
  private static final byte FINISHED = 2;

  /// A batch of the log that is to be sent.
  record Kept(Tenant tenant, Batch batch) {}

  private QueueFrames() {}

  static Frame batch(Tenant tenant, Batch batch) {
    var bytes = new BatchBuffer(4096);
    BatchCodec.encode(batch, bytes);
    return Frame.of(tenant.name(), ByteBuffer.wrap(new byte[] {BATCH}), bytes.view());
  }

  static Frame finished(List<Long> sequences) {
    ByteBuffer payload =
        ByteBuffer.allocate(1 + 8 * sequences.size()).order(ByteOrder.LITTLE_ENDIAN).put(FINISHED);
    sequences.forEach(payload::putLong);
    return Frame.of("", payload.flip());
  }

  /// Gathers what of a log is still to be sent, by sequence.
  static final class Replay implements FrameVisitor {
    final Map<Long, Kept> left = new LinkedHashMap<>();

    @Override
    public void frame(long sequence, String tenant, long[] keys, ByteBuffer payload) {
      byte kind = payload.get();
      switch (kind) {
        case BATCH -> left.put(sequence, new Kept(new Tenant(tenant), BatchCodec.decode(payload)));
        case FINISHED -> {
          while (payload.hasRemaining()) {
            left.remove(payload.getLong());
          }
        }
        default ->
            throw new IllegalStateException(
                "frame " + sequence + " of a queue is of kind " + kind + " (expected: 1 or 2)");
      }
    }
  }
}
