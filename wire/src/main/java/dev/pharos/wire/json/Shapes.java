package dev.pharos.wire.json;

import dev.pharos.model.proto.DecodeException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;

/// Complaints about JSON values of the wrong shape, with line, column and path.
final class Shapes {
  private Shapes() {}

  static void expect(JsonParser in, JsonToken token, String what) {
    if (in.currentToken() != token) {
      throw problem(in, "found " + found(in) + " (expected: " + what + ")");
    }
  }

  static DecodeException problem(JsonParser in, String problem) {
    TokenStreamLocation at = in.currentTokenLocation();
    String path = in.streamReadContext().pathAsPointer().toString();
    return new DecodeException(
        "line "
            + at.getLineNr()
            + ", column "
            + at.getColumnNr()
            + ", "
            + (path.isEmpty() ? "/" : path)
            + ": "
            + problem);
  }

  /// A word for the current token, with its text if it has a short one.
  static String found(JsonParser in) {
    JsonToken token = in.currentToken();
    if (token == null) {
      return "nothing";
    }
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_NULL -> "null";
      case VALUE_TRUE, VALUE_FALSE -> in.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "the number " + shortened(in.getString());
      case VALUE_STRING -> "\"" + shortened(in.getString()) + "\"";
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          token.toString();
    };
  }

  private static String shortened(String text) {
    return text.length() <= 64 ? text : text.substring(0, 64) + "...";
  }
}
