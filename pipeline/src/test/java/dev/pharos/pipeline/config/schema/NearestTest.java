package dev.pharos.pipeline.config.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> KNOWN = List.of("endpoint", "tls", "timeout", "headers");

  @Test
  void findsTheKnownWordBehindATypingError() {
    assertThat(Nearest.of("endpont", KNOWN)).contains("endpoint");
    assertThat(Nearest.of("tiemout", KNOWN)).contains("timeout");
    assertThat(Nearest.of("Headers", KNOWN)).contains("headers");
    assertThat(Nearest.of("tsl", KNOWN)).contains("tls");
  }

  @Test
  void staysSilentWhereNothingIsClose() {
    assertThat(Nearest.of("compression", KNOWN)).isEmpty();
    assertThat(Nearest.of("ab", List.of("xy"))).isEmpty();
  }
}
