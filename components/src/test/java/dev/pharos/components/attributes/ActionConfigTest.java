package dev.pharos.components.attributes;

import static dev.pharos.components.Running.errors;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionConfigTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "{key: a, action: frob}; action",
        "{key: a}; action",
        "{action: delete}; key",
        "{key: a, action: insert}; sources",
        "{key: a, value: 1, from_attribute: b, action: insert}; sources",
        "{key: a, value: {b: 1}, action: insert}; value",
        "{key: a, value: 2026-11-21, action: insert}; value",
        "{key: a, value: 1, pattern: b, action: insert}; pattern",
        "{key: a, value: 1, action: delete}; value",
        "{pattern: '(', action: delete}; pattern",
        "{key: a, action: extract}; pattern",
        "{key: a, pattern: '(b)', action: extract}; groups",
        "{key: a, action: convert}; converted_type",
        "{key: a, converted_type: map, action: convert}; converted_type",
        "{key: a, from_attribute: b, action: hash}; from_attribute"
      })
  void refusesWhatDoesNotFitTogether(String action, String named) {
    assertThat(errors(AttributesConfig.SCHEMA, "actions: [" + action + "]"))
        .as(action)
        .singleElement()
        .asString()
        .contains("actions::0")
        .contains(named);
  }

  @Test
  void needsAnAction() {
    assertThat(errors(AttributesConfig.SCHEMA, "actions: []")).hasSize(1);
    assertThat(errors(AttributesConfig.SCHEMA, "")).hasSize(1);
    assertThat(errors(ResourceConfig.SCHEMA, "")).hasSize(1);
  }

  @Test
  void refusesBadPatternsAndMissingMatchTypes() {
    String actions = "actions: [{key: a, action: delete}]\n";
    assertThat(
            errors(
                AttributesConfig.SCHEMA,
                actions + "include: {match_type: regexp, services: ['(']}"))
        .hasSize(1);
    assertThat(errors(AttributesConfig.SCHEMA, actions + "include: {services: [a]}"))
        .singleElement()
        .asString()
        .contains("match_type");
    assertThat(
            errors(
                AttributesConfig.SCHEMA, actions + "include: {match_type: exact, services: [a]}"))
        .singleElement()
        .asString()
        .contains("match_type");
  }
}
