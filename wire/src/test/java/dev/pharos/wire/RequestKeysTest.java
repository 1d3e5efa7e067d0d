package dev.pharos.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.RequestKey;
import dev.pharos.model.Signal;
import dev.pharos.model.Tenant;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RequestKeysTest {
  @Test
  void agreesWithPublishedVectors() {
    assertThat(hex("")).isEqualTo("00000000000000000000000000000000");
    assertThat(hex("hello")).isEqualTo("cbd8a7b341bd9b025b1e906a48ae1d19");
    assertThat(hex("The quick brown fox jumps over the lazy dog"))
        .isEqualTo("e34bbc7bbc071b6c7a433ca9c49a9347");
  }

  @Test
  void staysTheSameForEver() {
    byte[] body = "body".getBytes(StandardCharsets.UTF_8);
    RequestKey key = RequestKeys.of(new Tenant("default"), Signal.TRACES, body, 0, body.length);
    assertThat(key)
        .isEqualTo(
            RequestKeys.of(
                new Tenant("default"),
                Signal.TRACES,
                "xbodyx".getBytes(StandardCharsets.UTF_8),
                1,
                5));
    assertThat(String.format("%016x%016x", key.hi(), key.lo()))
        .isEqualTo("f6a734dc60cdadbd097c5f99ed8cb843");
  }

  @Test
  void tellsTenantsSignalsAndEveryBitApart() {
    long seed = 7;
    byte[] body = new byte[100];
    new Random(seed).nextBytes(body);
    var keys = new HashSet<RequestKey>();
    int expected = 0;
    for (Signal signal : Signal.values()) {
      for (String tenant : new String[] {"default", "other"}) {
        keys.add(RequestKeys.of(new Tenant(tenant), signal, body, 0, body.length));
        expected++;
      }
    }
    for (int length = 0; length < body.length; length++) {
      keys.add(RequestKeys.of(new Tenant("default"), Signal.LOGS, body, 0, length));
      expected++;
    }
    for (int bit = 0; bit < body.length * 8; bit++) {
      body[bit >> 3] ^= (byte) (1 << (bit & 7));
      keys.add(RequestKeys.of(new Tenant("default"), Signal.LOGS, body, 0, body.length));
      body[bit >> 3] ^= (byte) (1 << (bit & 7));
      expected++;
    }
    assertThat(keys).hasSize(expected);
  }

  private static String hex(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    RequestKey hash = RequestKeys.hash(bytes, 0, bytes.length, 0, 0);
    return String.format("%016x%016x", hash.hi(), hash.lo());
  }
}
