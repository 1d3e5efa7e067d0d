package dev.pharos.query.syntax;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Strings in double quotes as Go writes them, which LogQL and TraceQL both take over. Stateless.
public final class Quoting {
  private Quoting() {}

  /// The text in double quotes, with escapes where needed.
  public static String quote(String text) {
    var out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20 || c == 0x7f) {
            out.append(String.format("\\x%02x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }

  /// The value of what stands between double quotes, or empty where an escape is none of Go's.
  public static Optional<String> unquote(String inner) {
    if (inner.indexOf('\\') < 0) {
      return Optional.of(inner);
    }
    var out = new ByteArrayOutputStream(inner.length());
    int i = 0;
    while (i < inner.length()) {
      int c = inner.codePointAt(i);
      i += Character.charCount(c);
      if (c != '\\') {
        write(out, c);
        continue;
      }
      if (i == inner.length()) {
        return Optional.empty();
      }
      char escape = inner.charAt(i++);
      int simple = "abfnrtv\\\"".indexOf(escape);
      if (simple >= 0) {
        out.write("\u0007\b\f\n\r\t\u000b\\\"".charAt(simple));
        continue;
      }
      int digits =
          escape == 'x'
              ? 2
              : escape == 'u' ? 4 : escape == 'U' ? 8 : escape >= '0' && escape <= '7' ? 3 : 0;
      boolean octal = digits == 3;
      int from = octal ? i - 1 : i;
      long value = digits == 0 ? -1 : parse(inner, from, from + digits, octal ? 8 : 16);
      if (value < 0 || value > Character.MAX_CODE_POINT || (octal && value > 255)) {
        return Optional.empty();
      }
      i = from + digits;
      if (octal || escape == 'x') {
        out.write((int) value);
      } else {
        write(out, (int) value);
      }
    }
    return Optional.of(out.toString(StandardCharsets.UTF_8));
  }

  private static long parse(String text, int from, int to, int radix) {
    if (to > text.length()) {
      return -1;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = Character.digit(text.charAt(i), radix);
      if (digit < 0) {
        return -1;
      }
      value = value * radix + digit;
    }
    return value;
  }

  private static void write(ByteArrayOutputStream out, int codePoint) {
    out.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
  }
}
