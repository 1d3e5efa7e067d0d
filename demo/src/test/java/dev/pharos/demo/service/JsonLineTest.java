package dev.pharos.demo.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class JsonLineTest {
  @Test
  void isOneLineOfJsonWhateverIsInIt() {
    String message = "a \"quoted\\ thing\"\n\tand \u0001 é";

    String line = JsonLine.of(message).with("status", 503).with("product", "x\"y").toString();

    assertThat(line).doesNotContain("\n");
    JsonNode read = new ObjectMapper().readTree(line);
    assertThat(read.get("message").asString()).isEqualTo(message);
    assertThat(read.get("status").asInt()).isEqualTo(503);
    assertThat(read.get("product").asString()).isEqualTo("x\"y");
  }
}
