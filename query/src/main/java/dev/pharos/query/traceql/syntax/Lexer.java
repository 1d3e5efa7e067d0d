package dev.pharos.query.traceql.syntax;

import dev.pharos.query.syntax.TextCursor;
import dev.pharos.query.syntax.Units;
import dev.pharos.query.traceql.syntax.FieldExpr.AttributeSide;
import java.util.ArrayList;
import java.util.List;

/// Cuts a TraceQL text into tokens. White space, `//` and `/* */` comments separate.
final class Lexer extends TextCursor {
  private static final String[] SYMBOLS = {
    "&>>", "&<<", "!>>", "!<<", "&&", "||", "&>", "&<", "&~", "!>", "!<", "!~", "!=", "=~", ">>",
    "<<", ">=", "<=", "{", "}", "(", ")", ",", "=", ">", "<", "~", "!", "|", "+", "-", "*", "/",
    "%", "^"
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
    } else if (atNumber()) {
      number();
    } else if (c == '.') {
      attribute(AttributeSide.ANY, at, at + 1);
    } else if (isWordStart(c)) {
      word();
    } else {
      int start = at;
      add(Token.Kind.SYMBOL, symbol(SYMBOLS), start);
    }
    return true;
  }

  private void skipBlanks() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (text.startsWith("//", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (text.startsWith("/*", at)) {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
          throw error("comment not terminated", at);
        }
        passLines(at, end);
        at = end + 2;
      } else if (Character.isWhitespace(c)) {
        passLines(at, at + 1);
        at++;
      } else {
        return;
      }
    }
  }

  private void number() {
    int start = at;
    while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
      at++;
    }
    exponent();
    int end = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '.')) {
      at++;
    }
    String whole = text.substring(start, at);
    if (at > end && Units.goDuration(whole).isPresent()) {
      add(Token.Kind.DURATION, whole, start);
      return;
    }
    if (at > end) {
      throw error(
          "unknown unit in duration \"" + whole + "\", expecting ns, us, ms, s, m or h", start);
    }
    boolean integer = whole.chars().allMatch(c -> isDigit((char) c));
    add(integer ? Token.Kind.INTEGER : Token.Kind.FLOAT, whole, start);
  }

  /// A keyword, a scoped attribute or intrinsic, or a key that lacks its scope.
  private void word() {
    int start = at;
    while (at < text.length() && (isWordStart(text.charAt(at)) || isDigit(text.charAt(at)))) {
      at++;
    }
    String word = text.substring(start, at);
    char follows = at < text.length() ? text.charAt(at) : ' ';
    if (follows == ':') {
      at++;
      while (at < text.length() && (isWordStart(text.charAt(at)) || isDigit(text.charAt(at)))) {
        at++;
      }
      String name = text.substring(start, at);
      if (Intrinsic.find(name).isEmpty()) {
        throw error("unknown intrinsic: " + name, start);
      }
      add(Token.Kind.INTRINSIC, name, start);
      return;
    }
    if (follows != '.') {
      add(Token.Kind.IDENTIFIER, word, start);
      return;
    }
    for (AttributeSide side : AttributeSide.values()) {
      if (side.prefix().equals(word + ".")) {
        attribute(side, start, at + 1);
        return;
      }
    }
    while (at < text.length() && AttributeNames.isPlain(text.charAt(at))) {
      at++;
    }
    add(Token.Kind.UNSCOPED, text.substring(start, at), start);
  }

  /// A key from `keyStart`: plain characters and quoted parts, in which only `\"` and `\\` are escapes.
  private void attribute(AttributeSide side, int start, int keyStart) {
    var key = new StringBuilder();
    at = keyStart;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
          if (text.charAt(at) == '\\') {
            at++;
            if (at == text.length() || (text.charAt(at) != '"' && text.charAt(at) != '\\')) {
              throw error("invalid escape in attribute name, expecting \\\" or \\\\", start);
            }
          }
          key.append(text.charAt(at++));
        }
        if (at == text.length()) {
          throw error("unexpected EOF in attribute name, expecting \"", start);
        }
        at++;
      } else if (AttributeNames.isPlain(c)) {
        key.append(c);
        at++;
      } else {
        break;
      }
    }
    if (key.isEmpty()) {
      throw error(
          "syntax error: unexpected "
              + (at < text.length() ? text.substring(at, at + 1) : "$end")
              + ", expecting the name of an attribute",
          at);
    }
    tokens.add(
        new Token(Token.Kind.ATTRIBUTE, key.toString(), side, line, column(start), start, at));
  }

  private void add(Token.Kind kind, String value, int start) {
    tokens.add(new Token(kind, value, AttributeSide.ANY, line, column(start), start, at));
  }

  private static boolean isWordStart(char c) {
    return c == '_' || Character.isLetter(c);
  }
}
