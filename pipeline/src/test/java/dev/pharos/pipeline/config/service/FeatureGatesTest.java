package dev.pharos.pipeline.config.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.pipeline.config.ConfigLoader;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureGatesTest {
  @Test
  void switchesKnownGatesAndWarnsOfOthers() {
    FeatureGates gates =
        FeatureGates.parse(
            List.of(
                "+" + ConfigLoader.APPEND_GATE + ",service.AllowNoPipelines",
                "-service.AllowNoPipelines,no.such"));
    assertThat(gates.enabled()).containsExactly(ConfigLoader.APPEND_GATE);
    assertThat(gates.warnings())
        .singleElement()
        .asString()
        .contains("feature gate \"no.such\" has no effect here");
  }
}
