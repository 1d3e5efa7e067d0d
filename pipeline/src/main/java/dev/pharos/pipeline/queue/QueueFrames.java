package dev.pharos.pipeline.queue;

import dev.pharos.log.Frame;
import dev.pharos.log.FrameVisitor;
import dev.pharos.model.Batch;
import dev.pharos.model.Metadata;
import dev.pharos.model.Partition;
import dev.pharos.model.Tenant;
import dev.pharos.model.binary.BatchBuffer;
import dev.pharos.model.binary.BatchCodec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a persistent queue writes to its log: batches, and the sequences of those that need not be sent any more.
final class QueueFrames {
  private static final byte BATCH = 1;
  private static final byte FINISHED = 2;

  /// A batch behind the metadata that keeps it apart from others.
  private static final byte BATCH_APART = 3;

  /// A batch of the log that is to be sent.
  record Kept(Partition partition, Batch batch) {}

  private QueueFrames() {}

  static Frame batch(Partition partition, Batch batch) {
    var bytes = new BatchBuffer(4096);
    BatchCodec.encode(batch, bytes);
    return Frame.of(partition.tenant().name(), head(partition.metadata()), bytes.view());
  }

  private static ByteBuffer head(Metadata metadata) {
    if (metadata.isEmpty()) {
      return ByteBuffer.wrap(new byte[] {BATCH});
    }
    List<byte[]> texts = new ArrayList<>();
    metadata.forEach(
        (name, value) -> {
          texts.add(name.getBytes(StandardCharsets.UTF_8));
          texts.add(value.getBytes(StandardCharsets.UTF_8));
        });
    int length = texts.stream().mapToInt(text -> Integer.BYTES + text.length).sum();
    ByteBuffer head =
        ByteBuffer.allocate(1 + Integer.BYTES + length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(BATCH_APART)
            .putInt(texts.size() / 2);
    texts.forEach(text -> head.putInt(text.length).put(text));
    return head.flip();
  }

  private static Metadata metadata(ByteBuffer payload) {
    int fields = payload.getInt();
    return Metadata.of(
        each -> {
          for (int i = 0; i < fields; i++) {
            each.accept(text(payload), text(payload));
          }
        });
  }

  private static String text(ByteBuffer payload) {
    var bytes = new byte[payload.getInt()];
    payload.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
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
        case BATCH -> left.put(sequence, kept(tenant, Metadata.NONE, payload));
        case BATCH_APART -> left.put(sequence, kept(tenant, metadata(payload), payload));
        case FINISHED -> {
          while (payload.hasRemaining()) {
            left.remove(payload.getLong());
          }
        }
        default ->
            throw new IllegalStateException(
                "frame " + sequence + " of a queue is of kind " + kind + " (expected: 1 to 3)");
      }
    }

    private static Kept kept(String tenant, Metadata metadata, ByteBuffer payload) {
      return new Kept(new Partition(new Tenant(tenant), metadata), BatchCodec.decode(payload));
    }
  }
}
