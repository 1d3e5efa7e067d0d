package dev.pharos.query.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
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
    assertThat(Numbers.format(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"1,1e+00", "1234.5,1.2345e+03", "0,0e+00", "-2e-12,-2e-12"})
  void formatsExponents(double value, String text) {
    assertThat(Numbers.exponent(value)).isEqualTo(text);
  }
}
