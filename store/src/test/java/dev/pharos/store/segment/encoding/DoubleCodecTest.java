package dev.pharos.store.segment.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DoubleCodecTest {
  private static int roundTrip(double... values) {
    var bits = new long[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Double.doubleToRawLongBits(values[i]);
    }
    var out = new ByteSink(16);
    DoubleCodec.encode(bits, bits.length, out);
    assertThat(DoubleCodec.decode(new ByteSource(out.bytes(), 0, out.size()), bits.length))
        .isEqualTo(bits);
    return out.size();
  }

  @Test
  void keepsEveryBit() {
    var random = new SplittableRandom(1);
    for (int round = 0; round < 300; round++) {
      var values = new double[random.nextInt(1, 200)];
      for (int i = 0; i < values.length; i++) {
        values[i] =
            round % 3 == 0
                ? Double.longBitsToDouble(random.nextLong())
                : random.nextInt(100_000) / 1000.0;
      }
      roundTrip(values);
    }
    roundTrip(-0.0, 0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE, Double.MAX_VALUE);
    roundTrip(Double.longBitsToDouble(0x7ff0000000000002L));
  }

  @Test
  void storesDecimalsInFewBytes() {
    var random = new SplittableRandom(2);
    var values = new double[4096];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(10_000) / 100.0;
    }
    assertThat(roundTrip(values) / 4096.0).isLessThan(1.9);
  }
}
