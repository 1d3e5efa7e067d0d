package dev.pharos.store.segment.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongCodecTest {
  private static byte[] encode(long... values) {
    var out = new ByteSink(16);
    LongCodec.encode(values, values.length, out);
    return Arrays.copyOf(out.bytes(), out.size());
  }

  private static long[] decode(byte[] bytes, int count) {
    var in = new ByteSource(bytes, 0, bytes.length);
    long[] values = LongCodec.decode(in, count);
    assertThat(in.remaining()).isZero();
    return values;
  }

  /// Some rows, ascending, perhaps one twice.
  private static int[] some(int count, SplittableRandom random) {
    int length = count == 0 ? 0 : random.nextInt(Math.min(count, 20) + 1);
    return random.ints(length, 0, Math.max(1, count)).sorted().toArray();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void givesBackEveryList(long seed) {
    var random = new SplittableRandom(seed);
    for (int round = 0; round < 400; round++) {
      var values = new long[random.nextInt(round < 300 ? 300 : 5000)];
      int bits = random.nextInt(64);
      long base = random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(100);
      int kind = random.nextInt(6);
      long at = base;
      for (int i = 0; i < values.length; i++) {
        long next = random.nextLong() >>> bits;
        at += next >>> 3;
        values[i] =
            switch (kind) {
              case 0 -> base + next;
              case 1 -> at;
              case 2 -> random.nextInt(10) == 0 ? next : base;
              case 3 -> base + (next & 0xffff) * 1_000_000;
              case 4 -> base + next % 7 * 0x123456789L;
              default -> random.nextInt(50) == 0 ? next : random.nextInt(5);
            };
      }
      byte[] bytes = encode(values);
      assertThat(decode(bytes, values.length))
          .as("seed %d round %d", seed, round)
          .isEqualTo(values);
      var quick = new ByteSink(16);
      QuickCodec.encode(values, values.length, quick);
      int[] rows = some(values.length, random);
      long[] expected = Arrays.stream(rows).mapToLong(row -> values[row]).toArray();
      for (byte[] encoded : List.of(bytes, Arrays.copyOf(quick.bytes(), quick.size()))) {
        var in = new ByteSource(encoded, 0, encoded.length);
        assertThat(LongCodec.decode(in, values.length, rows))
            .as("seed %d round %d, rows %s", seed, round, rows)
            .isEqualTo(expected);
        assertThat(in.remaining()).isZero();
      }
    }
  }

  @Test
  void keepsExtremes() {
    long[] values = {Long.MIN_VALUE, Long.MAX_VALUE, 0, -1, 1, Long.MAX_VALUE, Long.MIN_VALUE};
    assertThat(decode(encode(values), values.length)).isEqualTo(values);
  }

  @Test
  void takesFewBytesForWhatIsRegular() {
    assertThat(encode(new long[10_000])).hasSizeLessThan(4);
    assertThat(encode(LongStream.range(0, 10_000).toArray())).hasSizeLessThan(10);
    assertThat(
            encode(
                LongStream.range(0, 10_000)
                    .map(i -> 1_700_000_000_000_000_000L + i * i % 7 * 1_000_000)
                    .toArray()))
        .hasSizeLessThan(4500);
  }
}
