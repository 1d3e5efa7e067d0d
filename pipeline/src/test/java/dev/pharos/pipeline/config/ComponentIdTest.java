package dev.pharos.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComponentIdTest {
  @Test
  void readsTypeAndName() {
    assertThat(ComponentId.parse("otlp")).isEqualTo(new ComponentId("otlp", ""));
    assertThat(ComponentId.parse(" otlp / a/b ")).isEqualTo(new ComponentId("otlp", "a/b"));
    assertThat(ComponentId.parse("otlp/2")).hasToString("otlp/2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/", "/b", "1a", "a-b", "a/ ", "a/b c", "a/$"})
  void refusesWhatIsNoId(String text) {
    assertThatThrownBy(() -> ComponentId.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
