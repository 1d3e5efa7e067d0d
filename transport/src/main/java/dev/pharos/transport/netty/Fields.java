package dev.pharos.transport.netty;

import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Header names and values in the form that goes out.
final class Fields {
  static final AsciiString CONTENT_TYPE = AsciiString.cached("content-type");
  static final AsciiString CONTENT_ENCODING = AsciiString.cached("content-encoding");
  static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length");

  private Fields() {}

  /// @throws IllegalArgumentException if it is not a token of RFC 9110
  static AsciiString name(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("header name: empty (expected: a token)");
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c >= 0x7f || "\"(),/:;<=>?@[\\]{}".indexOf(c) >= 0) {
        throw new IllegalArgumentException(
            "header name: \"" + name + "\" (expected: a token of RFC 9110)");
      }
    }
    return new AsciiString(name.toLowerCase(Locale.ROOT));
  }

  /// The value as UTF-8.
  ///
  /// @throws IllegalArgumentException if it has a control character, which could end the field
  static AsciiString value(String name, String value) {
    boolean ascii = true;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        throw new IllegalArgumentException(
            "header " + name + ": control character " + (int) c + " in its value");
      }
      ascii &= c < 0x80;
    }
    return ascii
        ? new AsciiString(value)
        : new AsciiString(value.getBytes(StandardCharsets.UTF_8), false);
  }
}
