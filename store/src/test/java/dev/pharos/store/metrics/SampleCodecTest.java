package dev.pharos.store.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.store.read.Samples;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The encodings of times and values.
class SampleCodecTest {
  /// As they are read at the end of a page, and before another block.
  private static long[] longs(long[] values) {
    var sink = new ByteSink();
    PackedLongs.encode(sink, values, 0, values.length);
    int size = sink.size();
    var source = new ByteSource(sink.toArray(), 0);
    long[] decoded = PackedLongs.decode(source, values.length);
    assertThat(source.left()).isZero();
    for (int i = 0; i < Long.BYTES; i++) {
      sink.putByte(0xa5);
    }
    var among = new ByteSource(sink.toArray(), 0);
    assertThat(PackedLongs.decode(among, values.length)).isEqualTo(decoded);
    assertThat(among.position()).isEqualTo(size);
    return decoded;
  }

  private static int bytes(double[] values) {
    var sink = new ByteSink();
    DoubleBlocks.encode(sink, values, 0, values.length);
    var source = new ByteSource(sink.toArray(), 0);
    double[] decoded = DoubleBlocks.decode(source, values.length);
    assertThat(source.left()).isZero();
    for (int i = 0; i < values.length; i++) {
      assertThat(Double.doubleToRawLongBits(decoded[i]))
          .as("value %d, %s", i, values[i])
          .isEqualTo(Double.doubleToRawLongBits(values[i]));
    }
    return sink.size();
  }

  @Test
  void keepsAllLongsOfAnyWidth() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      var values = new long[1 + random.nextInt(400)];
      int shift = random.nextInt(64);
      long step = random.nextLong() >> random.nextInt(64);
      for (int i = 0; i < values.length; i++) {
        values[i] =
            random.nextInt(100) == 0 ? random.nextLong() : (random.nextLong() >> shift) + i * step;
      }
      assertThat(longs(values)).as("seed %d round %d", seed, round).isEqualTo(values);
    }
  }

  @Test
  void keepsTheBitsOfAllDoubles() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      var values = new double[1 + random.nextInt(300)];
      int kind = random.nextInt(5);
      for (int i = 0; i < values.length; i++) {
        values[i] =
            random.nextInt(50) == 0
                ? odd(random)
                : switch (kind) {
                  case 0 -> random.nextInt(100);
                  case 1 -> random.nextInt(100_000) / 1000.0;
                  case 2 -> random.nextGaussian();
                  case 3 -> Double.longBitsToDouble(random.nextLong());
                  default -> 3;
                };
      }
      bytes(values);
    }
  }

  private static double odd(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> Double.longBitsToDouble(Samples.STALE_BITS);
      case 1 -> -0.0;
      case 2 -> Double.NEGATIVE_INFINITY;
      case 3 -> Double.longBitsToDouble(0xfff8000000000007L);
      default -> 1e300;
    };
  }

  @Test
  void storesRegularTimesAndCountersInLessThanTwoBytesASample() {
    var times = new long[240];
    var counter = new double[240];
    var gauge = new double[240];
    var random = new Random(1);
    long total = 0;
    int level = 5000;
    for (int i = 0; i < times.length; i++) {
      times[i] = 1_800_000_000_000L + i * 15_000L;
      counter[i] = total += 100 + random.nextInt(40);
      gauge[i] = (level += random.nextInt(61) - 30) / 100.0;
    }
    var sink = new ByteSink();
    PackedLongs.encode(sink, times, 0, times.length);
    assertThat(sink.size()).isLessThan(20);
    assertThat(bytes(counter)).isLessThan(240);
    assertThat(bytes(gauge)).isLessThan(240);
  }
}
