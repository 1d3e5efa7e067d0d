package dev.pharos.demo.service;

import java.util.Map;

/// A log line: one JSON object whose values are strings or numbers.
final class JsonLine {
  private final StringBuilder text;

  private JsonLine(String message) {
    text = new StringBuilder(160).append("{\"message\":");
    quote(message);
  }

  static JsonLine of(String message) {
    return new JsonLine(message);
  }

  JsonLine with(String key, String value) {
    key(key);
    quote(value);
    return this;
  }

  JsonLine with(String key, long value) {
    key(key);
    text.append(value);
    return this;
  }

  JsonLine with(Map<String, String> values) {
    values.forEach(this::with);
    return this;
  }

  private void key(String key) {
    text.append(',');
    quote(key);
    text.append(':');
  }

  private void quote(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        case '\n' -> text.append("\\n");
        default -> {
          if (c < ' ') {
            text.append(String.format("\\u%04x", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }

  @Override
  public String toString() {
    return text + "}";
  }
}
