package dev.pharos.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberTextTest {
  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-0.0,-0",
    "1,1",
    "-1.5,-1.5",
    "0.1,0.1",
    "1e20,100000000000000000000",
    "1e21,1e+21",
    "1.25e-7,1.25e-07",
    "0.000001,0.000001",
    "1e-300,1e-300",
    "NaN,NaN",
    "Infinity,+Inf",
    "-Infinity,-Inf",
    "123456789.123,123456789.123",
    "2e15,2000000000000000",
    "5e-324,5e-324"
  })
  void formatsAsGoDoesInJson(double value, String text) {
    assertThat(NumberText.format(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"1,1e+00", "1234.5,1.2345e+03", "0,0e+00", "-2e-12,-2e-12"})
  void formatsExponents(double value, String text) {
    assertThat(NumberText.exponent(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"1e-7,1e-7", "-2.5e-9,-2.5e-9", "1e-10,1e-10", "1e21,1e+21", "1e100,1e+100", "3,3"})
  void writesExponentsOfJsonWithoutLeadingZeros(double value, String text) {
    assertThat(NumberText.json(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "999999,999999",
    "1000000,1e+06",
    "1234567,1.234567e+06",
    "0.0001,0.0001",
    "0.00009,9e-05",
    "0,0",
    "-Infinity,-Inf"
  })
  void generalFormTurnsToExponentsFromAMillion(double value, String text) {
    assertThat(NumberText.general(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"1,1.0", "0.5,0.5", "1000000,1e+06", "Infinity,+Inf"})
  void openMetricsMarksWholeNumbers(double value, String text) {
    assertThat(NumberText.openMetrics(value)).isEqualTo(text);
  }
}
