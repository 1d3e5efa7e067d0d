package dev.pharos.query.logql.syntax;

import dev.pharos.query.syntax.TextCursor;
import dev.pharos.query.syntax.Units;
import java.util.ArrayList;
import java.util.List;

/// Cuts a LogQL text into tokens. White space and `#` comments separate; words are told from keywords by the parser,
/// which knows where a keyword may stand.
final class Lexer extends TextCursor {
  private static final String[] SYMBOLS = {
    "|=", "|~", "|>", "!=", "!~", "!>", "=~", "==", ">=", "<=", "{", "}", "(", ")", ",", "=", "|",
    ">", "<", "+", "-", "*", "/", "%", "^"
  };

  private final List<Token> tokens = new ArrayList<>();

  private Lexer(String text) {
    super(text);
  }

  /// The tokens, the last of which is [Token.Kind#END].
  static List<Token> tokens(String text) {
    var lexer = new Lexer(text);
    while (lexer.next()) {}
    return lexer.tokens;
  }

  private boolean next() {
    skipBlanks();
    if (at == text.length()) {
      add(Token.Kind.END, "", at);
      return false;
    }
    char c = text.charAt(at);
    if (c == '"' || c == '`') {
      int start = at;
      add(Token.Kind.STRING, string(), start);
      passLines(start, at);
    } else if (c == '[') {
      range();
    } else if (isWordStart(c)) {
      int start = at;
      while (at < text.length() && (isWordStart(text.charAt(at)) || isDigit(text.charAt(at)))) {
        at++;
      }
      add(Token.Kind.IDENTIFIER, text.substring(start, at), start);
    } else if (atNumber()) {
      number();
    } else if (text.startsWith("--", at)
        && at + 2 < text.length()
        && isWordStart(text.charAt(at + 2))) {
      flag();
    } else {
      int start = at;
      add(Token.Kind.SYMBOL, symbol(SYMBOLS), start);
    }
    return true;
  }

  private void skipBlanks() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        while (at < text.length() && text.charAt(at) != '\n') {
          at++;
        }
      } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        passLines(at, at + 1);
        at++;
      } else {
        return;
      }
    }
  }

  private void range() {
    int start = at;
    int end = text.indexOf(']', at);
    if (end < 0) {
      throw error("missing closing ']' in duration", start);
    }
    String inner = text.substring(start + 1, end).strip();
    if (Units.queryDuration(inner).isEmpty()) {
      throw error(badDuration(inner), start);
    }
    add(Token.Kind.RANGE, inner, start);
    at = end + 1;
  }

  private static String badDuration(String inner) {
    int i = 0;
    while (i < inner.length() && (isDigit(inner.charAt(i)) || inner.charAt(i) == '.')) {
      i++;
    }
    int unit = i;
    while (i < inner.length() && Character.isLetter(inner.charAt(i))) {
      i++;
    }
    if (unit > 0 && i == inner.length() && i > unit) {
      return "unknown unit \"" + inner.substring(unit) + "\" in duration \"" + inner + "\"";
    }
    return "not a valid duration string: \"" + inner + "\"";
  }

  /// A number, or a duration or size where a unit follows without a blank.
  private void number() {
    int start = at;
    if (text.startsWith("0x", at) || text.startsWith("0X", at)) {
      at += 2;
      while (at < text.length() && Character.digit(text.charAt(at), 16) >= 0) {
        at++;
      }
      add(Token.Kind.NUMBER, text.substring(start, at), start);
      return;
    }
    digits();
    exponent();
    int end = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '.')) {
      at++;
    }
    String whole = text.substring(start, at);
    boolean unit = at > end;
    if (unit && Units.queryDuration(whole).isPresent()) {
      add(Token.Kind.DURATION, whole, start);
    } else if (unit && isSize(text.substring(end, at))) {
      add(Token.Kind.BYTES, whole, start);
    } else {
      at = end;
      add(Token.Kind.NUMBER, text.substring(start, end), start);
    }
  }

  /// A query writes the units of a size with a capital `B` and, `kB` apart, a capital prefix.
  private static boolean isSize(String unit) {
    return switch (unit) {
      case "B",
          "kB",
          "KB",
          "MB",
          "GB",
          "TB",
          "PB",
          "EB",
          "KiB",
          "MiB",
          "GiB",
          "TiB",
          "PiB",
          "EiB" ->
          true;
      default -> false;
    };
  }

  private void digits() {
    while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
      at++;
    }
  }

  private void flag() {
    int start = at;
    at += 2;
    while (at < text.length() && (isWordStart(text.charAt(at)) || text.charAt(at) == '-')) {
      at++;
    }
    add(Token.Kind.FLAG, text.substring(start, at), start);
  }

  private void add(Token.Kind kind, String value, int start) {
    tokens.add(new Token(kind, value, line, column(start)));
  }

  private static boolean isWordStart(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || (c > 127 && Character.isLetter(c));
  }
}
