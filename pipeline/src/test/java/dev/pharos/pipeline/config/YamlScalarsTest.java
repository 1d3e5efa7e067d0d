package dev.pharos.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlScalarsTest {
  @ParameterizedTest
  @CsvSource({
    "017, 15",
    "0o17, 15",
    "1_000, 1000",
    "0x1F, 31",
    "0b101, 5",
    "-0x10, -16",
    "+7, 7",
    "0, 0",
    "-5, -5",
    "0123, 83"
  })
  void readsWholeNumbers(String text, long value) {
    assertThat(YamlScalars.resolve(text)).contains(new Scalar.Int(value));
  }

  @ParameterizedTest
  @CsvSource({
    "1e3, 1000",
    "089, 89",
    ".5, 0.5",
    "3.14, 3.14",
    "1_0.5, 10.5",
    "-1., -1",
    "9223372036854775808, 9.223372036854775808e18"
  })
  void readsFractions(String text, double value) {
    assertThat(YamlScalars.resolve(text)).contains(new Scalar.Decimal(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yes",
        "on",
        "n",
        "0x",
        "1.2.3",
        "10s",
        "127.0.0.1:4317",
        ".foo",
        "-",
        "0b2",
        "tRUE",
        "2020-13-01"
      })
  void keepsText(String text) {
    assertThat(YamlScalars.resolve(text)).contains(new Scalar.Text(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "~", "null", "Null", "NULL"})
  void readsNull(String text) {
    assertThat(YamlScalars.resolve(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2023-03-20, 2023-03-20T00:00:00Z",
    "2023-03-20T03:17:55.432328Z, 2023-03-20T03:17:55.432328Z",
    "2023-03-20 03:17:55, 2023-03-20T03:17:55Z",
    "2023-03-20T03:17:55+02:00, 2023-03-20T01:17:55Z"
  })
  void readsDates(String text, Instant value) {
    assertThat(YamlScalars.resolve(text)).contains(new Scalar.Time(value, text));
  }

  @Test
  void readsBoolsAndSpecialNumbers() {
    assertThat(YamlScalars.resolve("True")).contains(new Scalar.Bool(true));
    assertThat(YamlScalars.resolve("-.inf")).contains(new Scalar.Decimal(Double.NEGATIVE_INFINITY));
  }
}
