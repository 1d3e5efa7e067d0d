package dev.pharos.model.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.model.Batch;
import dev.pharos.model.BatchTexts;
import dev.pharos.model.LogBatch;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.RandomBatches;
import dev.pharos.model.SpanBatch;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchCodecTest {
  private static final int SEEDS = 200;

  private static List<Batch> batches(long seed) {
    var made = new RandomBatches(seed);
    int rows = new Random(seed).nextInt(40);
    return List.of(made.spans(rows), made.logs(rows), made.metrics(rows));
  }

  private static byte[] bytes(Batch batch) {
    var out = new BatchBuffer(0);
    BatchCodec.encode(batch, out);
    ByteBuffer view = out.view();
    return Arrays.copyOf(view.array(), view.remaining());
  }

  @Test
  void readsBackWhatItWrote() {
    for (long seed = 0; seed < SEEDS; seed++) {
      for (Batch batch : batches(seed)) {
        Batch read = BatchCodec.decode(ByteBuffer.wrap(bytes(batch)));
        assertThat(BatchTexts.of(read)).as("seed %d", seed).isEqualTo(BatchTexts.of(batch));
        assertThat(bytes(read)).as("seed %d", seed).isEqualTo(bytes(batch));
      }
    }
  }

  @Test
  void readsDirectBuffersAndSlices() {
    var batch = new RandomBatches(1).spans(20);
    byte[] bytes = bytes(batch);
    var direct =
        ByteBuffer.allocateDirect(bytes.length + 7)
            .position(5)
            .put(bytes)
            .position(5)
            .limit(5 + bytes.length);
    assertThat(BatchTexts.of(BatchCodec.decodeSpans(direct.asReadOnlyBuffer())))
        .isEqualTo(BatchTexts.of(batch));
    var slice =
        ByteBuffer.wrap(new byte[bytes.length + 9], 4, bytes.length).slice().put(bytes).flip();
    assertThat(BatchTexts.of(BatchCodec.decodeSpans(slice))).isEqualTo(BatchTexts.of(batch));
    assertThat(direct.position()).isEqualTo(5);
  }

  @Test
  void reusedBufferHoldsOnlyTheNewBatch() {
    var out = new BatchBuffer(10);
    BatchCodec.encode(new RandomBatches(1).logs(30), out);
    out.clear();
    var second = new RandomBatches(2).logs(3);
    BatchCodec.encode(second, out);
    assertThat(BatchTexts.of(BatchCodec.decodeLogs(out.view()))).isEqualTo(BatchTexts.of(second));
  }

  @Test
  void refusesEveryTruncation() {
    for (Batch batch :
        List.of(
            (Batch) new RandomBatches(3).spans(5),
            new RandomBatches(3).logs(5),
            new RandomBatches(3).metrics(5))) {
      byte[] bytes = bytes(batch);
      for (int length = 0; length < bytes.length; length++) {
        ByteBuffer cut = ByteBuffer.wrap(bytes, 0, length);
        assertThatThrownBy(() -> BatchCodec.decode(cut))
            .as("length %d", length)
            .isInstanceOf(MalformedBatchException.class);
      }
    }
  }

  @Test
  void brokenBytesGiveABatchOrAnErrorAndNothingElse() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    int refused = 0;
    for (int round = 0; round < 3000; round++) {
      byte[] bytes = bytes(batches(round % 50).get(round % 3));
      for (int i = 1 + random.nextInt(4); i > 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? random.nextInt() : -1);
      }
      try {
        BatchTexts.of(BatchCodec.decode(ByteBuffer.wrap(bytes)));
      } catch (MalformedBatchException expected) {
        refused++;
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + " round " + round, e);
      }
    }
    assertThat(refused).isGreaterThan(100);
  }

  @Test
  void hugeCountsTakeNoMemory() {
    byte[] bytes = bytes(new RandomBatches(4).spans(1));
    byte[] huge = Arrays.copyOf(bytes, bytes.length + 4);
    // The row count, 1, becomes 2^28 - 1.
    System.arraycopy(new byte[] {-1, -1, -1, 0x7f}, 0, huge, 4, 4);
    System.arraycopy(bytes, 5, huge, 8, bytes.length - 5);
    assertThatThrownBy(() -> BatchCodec.decode(ByteBuffer.wrap(huge)))
        .isInstanceOf(MalformedBatchException.class)
        .hasMessageContaining("268435455 spans (expected: at most");
  }

  @Test
  void refusesAnotherSignal() {
    ByteBuffer logs = ByteBuffer.wrap(bytes(new RandomBatches(5).logs(2)));
    assertThatThrownBy(() -> BatchCodec.decodeSpans(logs)).hasMessageContaining("expected: traces");
    assertThat(BatchCodec.decode(logs))
        .isInstanceOf(LogBatch.class)
        .isNotInstanceOfAny(SpanBatch.class, MetricBatch.class);
  }
}
