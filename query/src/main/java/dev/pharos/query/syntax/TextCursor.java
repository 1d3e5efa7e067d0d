package dev.pharos.query.syntax;

import dev.pharos.query.QueryError;
import dev.pharos.query.QueryException;

/// A place in a query while a lexer cuts it into tokens, and what LogQL and TraceQL write in the same way: strings as
/// Go has them, symbols, and errors with their line and column. One thread.
public abstract class TextCursor {
  protected final String text;

  /// The place, as an index into the text.
  protected int at;

  /// The line of what was passed by [#passLines], from 1.
  protected int line = 1;

  private int lineStart;

  protected TextCursor(String text) {
    this.text = text;
  }

  protected final boolean atEnd() {
    return at >= text.length();
  }

  /// Counts the lines that end in a part of the text; every part is passed once, in order.
  protected final void passLines(int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
  }

  /// The column of a place in the current line, from 1.
  protected final int column(int start) {
    return start - lineStart + 1;
  }

  /// The value of the string in double quotes or backquotes that begins here; the place is behind it then.
  protected final String string() {
    return text.charAt(at) == '`' ? raw() : quoted();
  }

  private String quoted() {
    int start = at++;
    while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\n') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= text.length() || text.charAt(at) == '\n') {
      throw error("literal not terminated", start);
    }
    String inner = text.substring(start + 1, at++);
    return Quoting.unquote(inner)
        .orElseThrow(() -> error("invalid char escape in \"" + inner + "\"", start));
  }

  private String raw() {
    int start = at;
    int end = text.indexOf('`', at + 1);
    if (end < 0) {
      throw error("literal not terminated", start);
    }
    at = end + 1;
    return text.substring(start + 1, end).replace("\r", "");
  }

  /// The first of these that stands here; the place is behind it then.
  ///
  /// @param symbols longer ones before their beginnings
  protected final String symbol(String[] symbols) {
    for (String symbol : symbols) {
      if (text.startsWith(symbol, at)) {
        at += symbol.length();
        return symbol;
      }
    }
    throw error("unexpected character: " + Character.toString(text.codePointAt(at)), at);
  }

  /// Passes an exponent such as `e-3` if one stands here.
  protected final void exponent() {
    if (atEnd() || (text.charAt(at) != 'e' && text.charAt(at) != 'E')) {
      return;
    }
    int digits = at + 1;
    if (digits < text.length() && (text.charAt(digits) == '+' || text.charAt(digits) == '-')) {
      digits++;
    }
    if (digits < text.length() && isDigit(text.charAt(digits))) {
      at = digits;
      while (!atEnd() && isDigit(text.charAt(at))) {
        at++;
      }
    }
  }

  protected final QueryException error(String detail, int start) {
    return error(detail, line, column(start));
  }

  /// How both languages tell an error of syntax.
  public static QueryException error(String detail, int line, int column) {
    String message = "parse error at line " + line + ", col " + column + ": " + detail;
    return new QueryException(new QueryError.Syntax(message, line, column));
  }

  /// Whether a number begins here, a leading point included.
  protected final boolean atNumber() {
    char c = text.charAt(at);
    return isDigit(c) || (c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1)));
  }

  protected static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
