package dev.pharos.api.jaeger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.LogBatch;
import dev.pharos.wire.otlp.OtlpCodec;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

class JaegerTagsTest {
  private static String tag(String value) {
    String request =
        """
        {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"attributes":[
          {"key":"k","value":{%s}},{"key":"other","value":{"intValue":"1"}}]}]}]}]}"""
            .formatted(value);
    LogBatch logs = OtlpCodec.LOGS.decodeJson(request.getBytes(StandardCharsets.UTF_8)).batch();
    var text = new StringWriter();
    try (JsonGenerator json = JsonMapper.shared().createGenerator(text)) {
      new JaegerTags(json).attributes(logs.attributes(), 0, logs.symbols(), Set.of("other"));
    }
    return text.toString();
  }

  @Test
  void writesListsAndMapsAsTheTextOfTheirJson() {
    assertThat(
            tag(
                "\"arrayValue\":{\"values\":[{\"stringValue\":\"a b\"},{\"intValue\":\"7\"},{\"boolValue\":true}]}"))
        .isEqualTo("{\"key\":\"k\",\"type\":\"string\",\"value\":\"[\\\"a b\\\",7,true]\"}");
    assertThat(
            tag(
                "\"kvlistValue\":{\"values\":[{\"key\":\"b\",\"value\":{\"doubleValue\":0.5}},{\"key\":\"a\",\"value\":{}}]}"))
        .isEqualTo(
            "{\"key\":\"k\",\"type\":\"string\",\"value\":\"{\\\"a\\\":null,\\\"b\\\":0.5}\"}");
  }

  @Test
  void writesBytesInBase64() {
    assertThat(tag("\"bytesValue\":\"AAH/\""))
        .isEqualTo("{\"key\":\"k\",\"type\":\"binary\",\"value\":\"AAH/\"}");
  }

  @Test
  void writesAnEmptyValueAsAnEmptyText() {
    assertThat(tag("")).isEqualTo("{\"key\":\"k\",\"type\":\"string\",\"value\":\"\"}");
  }
}
