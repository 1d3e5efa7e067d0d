package dev.pharos.components.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.components.Samples;
import dev.pharos.model.LogBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueTextTest {
  private static String body(String anyValue) {
    LogBatch logs =
        Samples.logs(
            "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":"
                + anyValue
                + "}]}]}]}");
    return ValueText.of(logs.symbols(), logs.bodyType()[0], logs.body()[0]);
  }

  @Test
  void writesScalarsAsTheyAre() {
    assertThat(body("{\"stringValue\":\"a \\\"b\\\"\"}")).isEqualTo("a \"b\"");
    assertThat(body("{\"boolValue\":true}")).isEqualTo("true");
    assertThat(body("{\"intValue\":\"-5\"}")).isEqualTo("-5");
    assertThat(body("{\"doubleValue\":1.5}")).isEqualTo("1.5");
    assertThat(body("{\"bytesValue\":\"AQI=\"}")).isEqualTo("AQI=");
    assertThat(body("{}")).isEmpty();
  }

  @Test
  void writesMapsAndListsAsJson() {
    String json =
        """
        {"kvlistValue":{"values":[
          {"key":"b","value":{"arrayValue":{"values":[{"intValue":"1"},{"stringValue":"x\\n\\"y"},{},{"boolValue":false}]}}},
          {"key":"a","value":{"kvlistValue":{"values":[{"key":"d","value":{"doubleValue":0.1}}]}}}]}}""";
    assertThat(body(json)).isEqualTo("{\"a\":{\"d\":0.1},\"b\":[1,\"x\\n\\\"y\",null,false]}");
    assertThat(body("{\"arrayValue\":{}}")).isEqualTo("[]");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "-1.50, -1.5",
    "100000000000, 100000000000",
    "1e21, 1e+21",
    "1.5e22, 1.5e+22",
    "1e-6, 0.000001",
    "1e-7, 1e-07",
    "-2.5e-9, -2.5e-09",
    "0, 0",
    "123456789.125, 123456789.125",
    "1e100, 1e+100"
  })
  void writesDoublesAsGoDoes(double value, String text) {
    assertThat(ValueText.number(value)).isEqualTo(text);
    assertThat(Double.parseDouble(ValueText.number(value))).isEqualTo(value);
  }
}
