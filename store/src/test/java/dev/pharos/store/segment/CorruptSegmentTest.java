package dev.pharos.store.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.store.segment.encoding.ByteSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorruptSegmentTest {
  private final MemoryStorage storage = new MemoryStorage();
  private final SpanFormat spans = new SpanFormat();
  private final LogFormat logs = new LogFormat();

  @Test
  void refusesEveryFlippedBit() {
    long seed = 31;
    var random = new SplittableRandom(seed);
    var batches = new RandomBatches(seed);
    SegmentMeta meta = spans.write(List.of(batches.spans(600)), storage, "s");
    SegmentMeta logMeta = logs.write(List.of(batches.logs(600)), storage, "l");
    byte[] good = storage.bytes("s").clone();
    byte[] goodLogs = storage.bytes("l").clone();
    for (int round = 0; round < 150; round++) {
      byte[] bad = good.clone();
      int at = random.nextInt(bad.length);
      bad[at] ^= (byte) (1 << random.nextInt(8));
      storage.put("s", bad);
      assertThatThrownBy(() -> SpanFormatTest.rows(spans.open(storage, meta)))
          .as("seed %d, byte %d", seed, at)
          .isInstanceOf(CorruptSegmentException.class)
          .hasMessageContaining("segment s at offset");
      byte[] badLogs = goodLogs.clone();
      // Filters are read by conditions only, so a flipped bit there is not met by reading all rows.
      int logAt = random.nextInt(SegmentFile.HEADER_BYTES);
      badLogs[logAt] ^= (byte) (1 << random.nextInt(8));
      storage.put("l", badLogs);
      assertThatThrownBy(() -> LogFormatTest.rows(logs.open(storage, logMeta)))
          .as("seed %d, byte %d", seed, logAt)
          .isInstanceOf(CorruptSegmentException.class);
    }
  }

  @Test
  void refusesEveryTruncation() {
    SegmentMeta meta = spans.write(List.of(new RandomBatches(32).spans(300)), storage, "s");
    byte[] good = storage.bytes("s").clone();
    for (int length = 0; length < good.length; length += 97) {
      storage.put("s", Arrays.copyOf(good, length));
      int shortened = length;
      assertThatThrownBy(() -> spans.open(storage, meta))
          .isInstanceOf(CorruptSegmentException.class);
      assertThatThrownBy(
              () ->
                  spans.open(
                      storage,
                      new SegmentMeta(
                          "s", shortened, meta.rows(), meta.minNanos(), meta.maxNanos())))
          .as("length %d", length)
          .isInstanceOf(CorruptSegmentException.class);
    }
  }

  /// Chunks with random bytes under a right checksum: decoding ends, in rows or in the one exception.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void survivesHostileChunksWithRightChecksums(boolean merged) {
    long seed = 33;
    var random = new SplittableRandom(seed);
    SegmentMeta meta = spans.write(List.of(new RandomBatches(seed).spans(400)), storage, "s");
    if (merged) {
      meta = spans.merge(List.of(spans.open(storage, meta)), time -> true, storage, "s");
    }
    SegmentMeta written = meta;
    byte[] good = storage.bytes("s").clone();
    List<Chunk> chunks = new ArrayList<>();
    ((SegmentView<?>) spans.open(storage, written))
        .footer()
        .blocks()
        .forEach(block -> chunks.addAll(block.chunks()));
    int refused = 0;
    for (int round = 0; round < 3000; round++) {
      byte[] bad = good.clone();
      Chunk chunk = chunks.get(random.nextInt(chunks.size()));
      if (chunk.length() < 5) {
        continue;
      }
      for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
        bad[(int) chunk.offset() + random.nextInt(Math.min(chunk.length() - 4, 24))] =
            (byte) random.nextInt(256);
      }
      var crc = new CRC32C();
      crc.update(bad, (int) chunk.offset(), chunk.length() - 4);
      var sum = new ByteSink(4);
      sum.putInt((int) crc.getValue());
      System.arraycopy(sum.bytes(), 0, bad, (int) chunk.offset() + chunk.length() - 4, 4);
      storage.put("s", bad);
      try {
        assertThat(SpanFormatTest.rows(spans.open(storage, written))).hasSize(400);
      } catch (CorruptSegmentException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void refusesUnknownFeaturesVersionsAndSignals() {
    SegmentMeta meta = spans.write(List.of(new RandomBatches(34).spans(10)), storage, "s");
    assertThatThrownBy(() -> logs.open(storage, meta))
        .hasMessageContaining("signal 1 (expected: 3, logs)");
    assertThatThrownBy(() -> open(meta, 12, 4))
        .hasMessageContaining("feature bits 0x4 are unknown");
    assertThatThrownBy(() -> open(meta, 8, 9)).hasMessageContaining("version 9 (expected: 1)");
  }

  private OpenSegment<?> open(SegmentMeta meta, int at, int value) {
    byte[] bytes = storage.bytes("s").clone();
    bytes[at] = (byte) value;
    var crc = new CRC32C();
    crc.update(bytes, 0, 16);
    var sum = new ByteSink(4);
    sum.putInt((int) crc.getValue());
    System.arraycopy(sum.bytes(), 0, bytes, 16, 4);
    var other = new MemoryStorage();
    other.put("s", bytes);
    return spans.open(other, meta);
  }
}
