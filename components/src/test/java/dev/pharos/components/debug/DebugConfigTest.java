package dev.pharos.components.debug;

import static dev.pharos.components.Running.config;
import static dev.pharos.components.Running.errors;
import static dev.pharos.components.Running.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DebugConfigTest {
  @Test
  void refusesAnUnknownVerbosityAndKey() {
    assertThat(errors(DebugConfig.SCHEMA, "verbosity: verbose")).hasSize(1);
    assertThat(errors(DebugConfig.SCHEMA, "verBosity: detailed"))
        .singleElement()
        .asString()
        .contains("verbosity");
  }

  @Test
  void needsAnOutputWithoutTheLog() {
    assertThat(errors(DebugConfig.SCHEMA, "use_internal_logger: false\noutput_paths: []"))
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"debug, DETAILED", "DEBUG, DETAILED", "info, NORMAL", "warn, BASIC", "error, BASIC"})
  void takesTheOldLogLevelWithAWarning(String level, DebugConfig.Verbosity verbosity) {
    String yaml = "loglevel: " + level;
    assertThat(config(DebugConfig.LOGGING_SCHEMA, yaml).verbosity()).isEqualTo(verbosity);
    assertThat(warnings(DebugConfig.LOGGING_SCHEMA, yaml))
        .singleElement()
        .asString()
        .contains("verbosity");
  }

  @Test
  void prefersTheNewKeyToTheOldOne() {
    DebugConfig config = config(DebugConfig.LOGGING_SCHEMA, "loglevel: debug\nverbosity: basic");
    assertThat(config.verbosity()).isEqualTo(DebugConfig.Verbosity.BASIC);
  }
}
