package dev.pharos.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RegistryTest {
  private final Registry registry = new Registry();

  @Test
  void writesFamiliesInThePrometheusTextFormat() {
    registry.counter("b_total", "Things.", "z", "1", "a", "say \"hi\"\n\\").add(3);
    registry.total("b_total", "Things.", () -> 2.5, "a", "other");
    registry.gauge("a_level", "A level.", () -> -1);

    assertThat(registry.text())
        .isEqualTo(
            """
            # HELP a_level A level.
            # TYPE a_level gauge
            a_level -1
            # HELP b_total Things.
            # TYPE b_total counter
            b_total{a="other"} 2.5
            b_total{a="say \\"hi\\"\\n\\\\",z="1"} 3
            """);
  }

  @Test
  void writesHistogramsWithCumulativeBuckets() {
    Distribution seconds = registry.seconds("wait_seconds", "Waiting.", "of", "x");
    seconds.record(0.0005);
    seconds.record(0.3);
    seconds.record(60);

    assertThat(registry.text())
        .contains("wait_seconds_bucket{of=\"x\",le=\"5.0E-4\"} 1\n")
        .contains("wait_seconds_bucket{of=\"x\",le=\"0.25\"} 1\n")
        .contains("wait_seconds_bucket{of=\"x\",le=\"0.5\"} 2\n")
        .contains("wait_seconds_bucket{of=\"x\",le=\"10\"} 2\n")
        .contains("wait_seconds_bucket{of=\"x\",le=\"+Inf\"} 3\n")
        .contains("wait_seconds_sum{of=\"x\"} 60.3005\n")
        .contains("wait_seconds_count{of=\"x\"} 3\n");
  }

  @Test
  void givesTheSameInstrumentForTheSameLabelsInAnyOrder() {
    registry.counter("a_total", "", "x", "1", "y", "2").add(1);
    registry.counter("a_total", "", "y", "2", "x", "1").add(1);
    assertThat(registry.counter("a_total", "", "x", "1", "y", "2").value()).isEqualTo(2);
  }

  @Test
  void refusesAnInstrumentOfAnotherKindAndLabelsWithoutValue() {
    registry.counter("a_total", "");
    assertThatThrownBy(() -> registry.seconds("a_total", ""))
        .hasMessageContaining("a_total")
        .hasMessageContaining("not a histogram");
    assertThatThrownBy(() -> registry.counter("b_total", "", "x"))
        .hasMessageContaining("labels: 1");
  }
}
