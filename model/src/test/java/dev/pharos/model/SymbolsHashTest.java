package dev.pharos.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class SymbolsHashTest {
  @Test
  void hardlyAnyTwoTextsShareAHash() {
    for (String form :
        List.of(
            "user-%d",
            "%d", "/api/v1/items/%d", "%08d-abcdefgh", "abcdefgh-%08d-xyz", "u%06dxxxxxxxx")) {
      var hashes = new HashSet<Integer>();
      for (int i = 0; i < 50_000; i++) {
        byte[] text = form.formatted(i).getBytes(StandardCharsets.UTF_8);
        hashes.add(Symbols.hash(text, 0, text.length));
      }
      assertThat(hashes).as(form).hasSizeGreaterThan(49_900);
    }
  }
}
