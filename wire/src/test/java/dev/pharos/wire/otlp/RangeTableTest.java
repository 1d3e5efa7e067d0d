package dev.pharos.wire.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class RangeTableTest {
  @Test
  void findsWhatWasPutAndNothingElse() {
    var text = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      text.append("resource-%04d".formatted(i));
    }
    byte[] bytes = text.append(text).toString().getBytes(StandardCharsets.UTF_8);
    int half = bytes.length / 2;
    var table = new RangeTable(bytes);
    var hashes = new HashSet<Integer>();
    for (int i = 0; i < 2000; i++) {
      int from = i * 13;
      int hash = table.hash(from, from + 13, 0, 0);
      hashes.add(hash);
      assertThat(table.find(hash, from, from + 13, 0, 0)).isEqualTo(-1);
      table.put(hash, from, from + 13, 0, 0, i);
    }
    assertThat(hashes).hasSizeGreaterThan(1990);
    for (int i = 0; i < 2000; i++) {
      int from = half + i * 13;
      assertThat(table.find(table.hash(from, from + 13, 0, 0), from, from + 13, 0, 0)).isEqualTo(i);
      assertThat(
              table.find(
                  table.hash(from, from + 12, from + 12, from + 13),
                  from,
                  from + 12,
                  from + 12,
                  from + 13))
          .isEqualTo(-1);
    }
  }
}
