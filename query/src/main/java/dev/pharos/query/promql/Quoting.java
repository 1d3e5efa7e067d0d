package dev.pharos.query.promql;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Go's string literals: quoting for messages and printed queries, and unquoting of the three kinds PromQL knows.
///
/// A byte that is not part of valid UTF-8 (from an escape such as `\xc5`) is carried as the lone surrogate U+DC00 +
/// byte, which no valid text contains, and is printed as `\xc5` again.
final class Quoting {
  private static final String HEX = "0123456789abcdef";

  private Quoting() {}

  /// `text` in double quotes, as Go's `%q` prints it.
  static String quote(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    text.codePoints().forEach(c -> appendQuoted(out, c, '"'));
    return out.append('"').toString();
  }

  /// One character in single quotes, as Go's `%q` prints a rune.
  static String quoteChar(int codePoint) {
    StringBuilder out = new StringBuilder(4).append('\'');
    appendQuoted(out, codePoint, '\'');
    return out.append('\'').toString();
  }

  private static void appendQuoted(StringBuilder out, int c, char delimiter) {
    switch (c) {
      case 7 -> out.append("\\a");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case 11 -> out.append("\\v");
      case '\\' -> out.append("\\\\");
      default -> {
        if (c == delimiter) {
          out.append('\\').append(delimiter);
        } else if (c < 0x20 || c == 0x7f) {
          appendByte(out, c);
        } else if (isStrayByte(c)) {
          appendByte(out, c - 0xDC00);
        } else {
          out.appendCodePoint(c);
        }
      }
    }
  }

  private static void appendByte(StringBuilder out, int b) {
    out.append("\\x").append(HEX.charAt(b >> 4)).append(HEX.charAt(b & 15));
  }

  /// Whether the text holds bytes that are not UTF-8.
  static boolean hasStrayBytes(String text) {
    return text.codePoints().anyMatch(Quoting::isStrayByte);
  }

  private static boolean isStrayByte(int c) {
    return c >= 0xDC80 && c <= 0xDCFF;
  }

  /// The value of a literal, quotes included; the lexer has already checked that it is well formed.
  static String unquote(String literal) {
    String body = literal.substring(1, literal.length() - 1);
    if (literal.charAt(0) == '`' || body.indexOf('\\') < 0) {
      return body;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length());
    int i = 0;
    while (i < body.length()) {
      int c = body.codePointAt(i);
      i += Character.charCount(c);
      if (c != '\\') {
        bytes.writeBytes(new String(Character.toChars(c)).getBytes(StandardCharsets.UTF_8));
      } else {
        i = unescape(body, i, bytes);
      }
    }
    return decode(bytes.toByteArray());
  }

  private static int unescape(String body, int at, ByteArrayOutputStream bytes) {
    char c = body.charAt(at);
    int next = at + 1;
    switch (c) {
      case 'a' -> bytes.write(7);
      case 'b' -> bytes.write('\b');
      case 'f' -> bytes.write('\f');
      case 'n' -> bytes.write('\n');
      case 'r' -> bytes.write('\r');
      case 't' -> bytes.write('\t');
      case 'v' -> bytes.write(11);
      case 'x' -> {
        bytes.write(Integer.parseInt(body.substring(next, next + 2), 16));
        return next + 2;
      }
      case 'u', 'U' -> {
        int digits = c == 'u' ? 4 : 8;
        int codePoint = Integer.parseInt(body.substring(next, next + digits), 16);
        bytes.writeBytes(new String(Character.toChars(codePoint)).getBytes(StandardCharsets.UTF_8));
        return next + digits;
      }
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        bytes.write(Integer.parseInt(body.substring(at, at + 3), 8));
        return at + 3;
      }
      default -> bytes.write(c);
    }
    return next;
  }

  private static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      return decodeStray(bytes);
    }
  }

  private static String decodeStray(byte[] bytes) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < bytes.length; ) {
      int length =
          (bytes[i] & 0x80) == 0
              ? 1
              : (bytes[i] & 0xE0) == 0xC0 ? 2 : (bytes[i] & 0xF0) == 0xE0 ? 3 : 4;
      String piece =
          new String(bytes, i, Math.min(length, bytes.length - i), StandardCharsets.UTF_8);
      if (piece.indexOf('\uFFFD') >= 0) {
        out.append((char) (0xDC00 + (bytes[i] & 0xff)));
        i++;
      } else {
        out.append(piece);
        i += length;
      }
    }
    return out.toString();
  }
}
