package dev.pharos.query.logql;

import java.nio.charset.StandardCharsets;

/// Pulls a JSON text apart over its bytes, decoding only what is asked for. Reused from line to line; one thread.
///
/// Numbers keep their text. Invalid UTF-8 in a text becomes a blank. Nesting deeper than 64 levels is an error.
final class JsonReader {
  private static final int MAX_DEPTH = 64;

  enum Kind {
    OBJECT,
    ARRAY,
    TEXT,
    NUMBER,
    BOOLEAN,
    NULL
  }

  /// Says where a text stops being JSON; made without a stack trace, since lines that are not JSON are common.
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    private final String detail;

    Malformed(String detail) {
      super(detail, null, false, false);
      this.detail = detail;
    }

    String detail() {
      return detail;
    }
  }

  private byte[] bytes = {};
  private int start;
  private int at;
  private int to;
  private boolean first;
  private String key = "";

  void over(byte[] newBytes, int from, int newTo) {
    bytes = newBytes;
    start = from;
    at = from;
    to = newTo;
  }

  void expectObject() throws Malformed {
    blanks();
    if (at == to || bytes[at] != '{') {
      throw malformed("expected an object");
    }
    enterObject();
  }

  /// Steps into the object that begins here; [#nextMember] goes on from there.
  void enterObject() {
    at++;
    first = true;
  }

  /// Steps to the value of the next member, whose name [#key] gives; false behind the last one.
  boolean nextMember() throws Malformed {
    blanks();
    if (peek() == '}') {
      at++;
      first = false;
      return false;
    }
    if (!first) {
      expect(',');
      blanks();
    }
    first = false;
    if (peek() != '"') {
      throw malformed("expected the name of a member");
    }
    key = text();
    blanks();
    expect(':');
    blanks();
    return true;
  }

  /// Steps to an element of the array that begins here; false if it has fewer.
  boolean enterElement(int index) throws Malformed {
    at++;
    for (int i = 0; ; i++) {
      blanks();
      if (peek() == ']') {
        at++;
        return false;
      }
      if (i > 0) {
        expect(',');
        blanks();
      }
      if (i == index) {
        return true;
      }
      skip();
    }
  }

  String key() {
    return key;
  }

  Kind peekKind() throws Malformed {
    blanks();
    return switch (peek()) {
      case '{' -> Kind.OBJECT;
      case '[' -> Kind.ARRAY;
      case '"' -> Kind.TEXT;
      case 't', 'f' -> Kind.BOOLEAN;
      case 'n' -> Kind.NULL;
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> Kind.NUMBER;
      default -> throw malformed("expected a value");
    };
  }

  /// Reads the text that begins here.
  String text() throws Malformed {
    int begin = ++at;
    boolean escaped = false;
    while (at < to && bytes[at] != '"') {
      if (bytes[at] == '\\') {
        escaped = true;
        at++;
      }
      at++;
    }
    if (at >= to) {
      at = to;
      throw malformed("a text is not closed");
    }
    int end = at++;
    String value = new String(bytes, begin, end - begin, StandardCharsets.UTF_8);
    if (value.indexOf('\ufffd') >= 0) {
      value = value.replace('\ufffd', ' ');
    }
    return escaped ? unescape(value) : value;
  }

  private String unescape(String value) throws Malformed {
    var out = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char escape = value.charAt(++i);
      switch (escape) {
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        case 'r' -> out.append('\r');
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case '"', '\\', '/' -> out.append(escape);
        case 'u' -> {
          if (i + 4 >= value.length()) {
            throw malformed("an escape is cut short");
          }
          try {
            out.append((char) Integer.parseInt(value.substring(i + 1, i + 5), 16));
          } catch (NumberFormatException e) {
            throw malformed("an escape is not hexadecimal");
          }
          i += 4;
        }
        default -> throw malformed("unknown escape \\" + escape);
      }
    }
    return out.toString();
  }

  /// The value that begins here as it is written.
  String raw() throws Malformed {
    int begin = at;
    skip();
    return new String(bytes, begin, at - begin, StandardCharsets.UTF_8);
  }

  /// Steps behind the value that begins here.
  void skip() throws Malformed {
    skip(0);
  }

  private void skip(int depth) throws Malformed {
    if (depth > MAX_DEPTH) {
      throw malformed("nested more than " + MAX_DEPTH + " deep");
    }
    switch (peekKind()) {
      case TEXT -> skipText();
      case OBJECT -> {
        enterObject();
        while (nextMember()) {
          skip(depth + 1);
        }
      }
      case ARRAY -> {
        at++;
        boolean any = false;
        while (true) {
          blanks();
          if (peek() == ']') {
            at++;
            return;
          }
          if (any) {
            expect(',');
          }
          any = true;
          skip(depth + 1);
        }
      }
      case NUMBER, BOOLEAN, NULL -> bare();
    }
  }

  /// As [#text], but a text without escapes, which nothing can be wrong with, is not decoded.
  private void skipText() throws Malformed {
    int begin = at++;
    while (at < to && bytes[at] != '"' && bytes[at] != '\\') {
      at++;
    }
    if (at < to && bytes[at] == '"') {
      at++;
    } else {
      at = begin;
      String unused = text();
    }
  }

  private void bare() throws Malformed {
    int begin = at;
    while (at < to && ",]} \t\r\n".indexOf(bytes[at]) < 0) {
      at++;
    }
    byte b = bytes[begin];
    if (b == 't' || b == 'f' || b == 'n') {
      String word = new String(bytes, begin, at - begin, StandardCharsets.UTF_8);
      if (!word.equals("true") && !word.equals("false") && !word.equals("null")) {
        at = begin;
        throw malformed("unknown word " + word);
      }
      return;
    }
    for (int i = begin; i < at; i++) {
      if ("+-.eE0123456789".indexOf(bytes[i]) < 0) {
        at = i;
        throw malformed("not a number");
      }
    }
  }

  private int peek() throws Malformed {
    if (at >= to) {
      throw malformed("the text ends early");
    }
    return bytes[at];
  }

  private void expect(char c) throws Malformed {
    if (peek() != c) {
      throw malformed("expected " + c);
    }
    at++;
  }

  private void blanks() {
    while (at < to
        && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\t' || bytes[at] == '\r')) {
      at++;
    }
  }

  private Malformed malformed(String what) {
    return new Malformed(what + " at byte " + (at - start));
  }
}
