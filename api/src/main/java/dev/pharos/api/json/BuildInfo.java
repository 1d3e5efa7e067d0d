package dev.pharos.api.json;

import tools.jackson.core.JsonGenerator;

/// What clients ask to learn which program answers.
public final class BuildInfo {
  private BuildInfo() {}

  /// @param matched the version of the program whose API this is
  /// @param version Pharos' own
  public static void write(JsonGenerator json, String matched, String version) {
    json.writeStartObject();
    json.writeStringProperty("version", matched);
    json.writeStringProperty("revision", "pharos-" + version);
    json.writeStringProperty("branch", "");
    json.writeStringProperty("buildUser", "");
    json.writeStringProperty("buildDate", "");
    json.writeStringProperty("goVersion", "");
    json.writeEndObject();
  }
}
