package dev.pharos.query.promql;

import dev.pharos.query.QueryException;
import java.util.Locale;
import java.util.Set;

/// Cuts a PromQL query into tokens on demand, so that an error further on is met only after one before it.
///
/// The rules inside braces (no keywords, matching operators) and inside brackets (`:` is a token) are Prometheus', as
/// are the messages. Not thread-safe.
final class Lexer {
  private static final Set<String> OPERATOR_WORDS = Set.of("and", "or", "unless", "atan2");
  private static final Set<String> AGGREGATORS = AggregateOp.words();
  private static final Set<String> KEYWORDS =
      Set.of(
          "offset",
          "by",
          "without",
          "on",
          "ignoring",
          "group_left",
          "group_right",
          "bool",
          "fill",
          "fill_left",
          "fill_right",
          "anchored",
          "smoothed");
  private static final Set<String> PREPROCESSORS =
      Set.of("start", "end", "step", "range", "min_of", "max_of");
  private static final int EOF = -1;

  private final String input;
  private int pos;
  private int parens;
  private boolean inBraces;
  private boolean inBrackets;
  private boolean gotColon;

  Lexer(String input) {
    this.input = input;
  }

  Token next() {
    skipBlank();
    return inBraces ? insideBraces() : statement();
  }

  /// Whether the next token is a left parenthesis.
  boolean beforeParenthesis() {
    skipBlank();
    return peek() == '(';
  }

  private void skipBlank() {
    while (pos < input.length()) {
      char c = input.charAt(pos);
      if (c == '#') {
        while (pos < input.length() && input.charAt(pos) != '\n' && input.charAt(pos) != '\r') {
          pos++;
        }
      } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        pos++;
      } else {
        return;
      }
    }
  }

  private int peek() {
    return peek(0);
  }

  private int peek(int ahead) {
    return pos + ahead < input.length() ? input.charAt(pos + ahead) : EOF;
  }

  private Token emit(TokenKind kind, int length) {
    Token token = new Token(kind, input.substring(pos, pos + length), new Span(pos, pos + length));
    pos += length;
    return token;
  }

  private QueryException error(int start, String message) {
    return ParseErrors.at(input, new Span(start, pos), message);
  }

  private Token statement() {
    int c = peek();
    switch (c) {
      case EOF -> {
        return endOfInput();
      }
      case ',' -> {
        return emit(TokenKind.COMMA, 1);
      }
      case '*', '/', '%', '+', '-', '^' -> {
        return emit(TokenKind.OPERATOR, 1);
      }
      case '=' -> {
        if (peek(1) == '~') {
          throw error(pos, "unexpected character after '=': '~'");
        }
        return peek(1) == '=' ? emit(TokenKind.OPERATOR, 2) : emit(TokenKind.ASSIGN, 1);
      }
      case '!' -> {
        if (peek(1) != '=') {
          throw error(pos, "unexpected character after '!': " + charName(1));
        }
        return emit(TokenKind.OPERATOR, 2);
      }
      case '<', '>' -> {
        return emit(TokenKind.OPERATOR, peek(1) == '=' || peek(1) == '/' ? 2 : 1);
      }
      case '@' -> {
        return emit(TokenKind.AT, 1);
      }
      case '"', '\'' -> {
        return string(c);
      }
      case '`' -> {
        return rawString();
      }
      default -> {
        return isDigit(c) || (c == '.' && isDigit(peek(1))) ? numberOrDuration() : wordOrBracket(c);
      }
    }
  }

  private Token endOfInput() {
    if (parens != 0) {
      throw error(pos, "unclosed left parenthesis");
    }
    if (inBrackets) {
      throw error(pos, "unclosed left bracket");
    }
    return new Token(TokenKind.EOF, "", new Span(input.length(), input.length()));
  }

  private Token wordOrBracket(int c) {
    if (isAlpha(c) || (c == ':' && !inBrackets)) {
      return word();
    }
    switch (c) {
      case ':' -> {
        if (gotColon) {
          throw error(pos, "unexpected colon ':'");
        }
        gotColon = true;
        return emit(TokenKind.COLON, 1);
      }
      case '(' -> {
        parens++;
        return emit(TokenKind.LEFT_PAREN, 1);
      }
      case ')' -> {
        if (--parens < 0) {
          throw error(pos, "unexpected right parenthesis ')'");
        }
        return emit(TokenKind.RIGHT_PAREN, 1);
      }
      case '{' -> {
        inBraces = true;
        return emit(TokenKind.LEFT_BRACE, 1);
      }
      case '[' -> {
        if (inBrackets) {
          throw error(pos, "unexpected left bracket '['");
        }
        inBrackets = true;
        gotColon = false;
        return emit(TokenKind.LEFT_BRACKET, 1);
      }
      case ']' -> {
        if (!inBrackets) {
          throw error(pos, "unexpected right bracket ']'");
        }
        inBrackets = false;
        return emit(TokenKind.RIGHT_BRACKET, 1);
      }
      default -> throw error(pos, "unexpected character: " + charName(0));
    }
  }

  private Token insideBraces() {
    int c = peek();
    switch (c) {
      case EOF -> throw error(pos, "unexpected end of input inside braces");
      case ',' -> {
        return emit(TokenKind.COMMA, 1);
      }
      case '"', '\'' -> {
        return string(c);
      }
      case '`' -> {
        return rawString();
      }
      case '=' -> {
        return emit(TokenKind.MATCH_OPERATOR, peek(1) == '~' ? 2 : 1);
      }
      case '!' -> {
        if (peek(1) != '~' && peek(1) != '=') {
          throw error(pos, "unexpected character after '!' inside braces: " + charName(1));
        }
        return emit(TokenKind.MATCH_OPERATOR, 2);
      }
      case '{' -> throw error(pos, "unexpected left brace '{'");
      case '}' -> {
        inBraces = false;
        return emit(TokenKind.RIGHT_BRACE, 1);
      }
      default -> {
        if (!isAlpha(c)) {
          throw error(pos, "unexpected character inside braces: " + charName(0));
        }
        int length = 1;
        while (isAlphaNumeric(peek(length))) {
          length++;
        }
        return emit(TokenKind.IDENTIFIER, length);
      }
    }
  }

  private String charName(int ahead) {
    int at = pos + ahead;
    return Quoting.quoteChar(at < input.length() ? input.codePointAt(at) : 0xFFFD);
  }

  private Token word() {
    int length = 1;
    boolean colon = peek() == ':';
    while (isAlphaNumeric(peek(length)) || (peek(length) == ':' && !inBrackets)) {
      colon |= peek(length) == ':';
      length++;
    }
    String lower = input.substring(pos, pos + length).toLowerCase(Locale.ROOT);
    TokenKind kind;
    if (OPERATOR_WORDS.contains(lower)) {
      kind = TokenKind.OPERATOR;
    } else if (AGGREGATORS.contains(lower)) {
      kind = TokenKind.AGGREGATOR;
    } else if (KEYWORDS.contains(lower)) {
      kind = TokenKind.KEYWORD;
    } else if (PREPROCESSORS.contains(lower)) {
      kind = TokenKind.PREPROCESSOR;
    } else if (lower.equals("inf") || lower.equals("nan")) {
      kind = TokenKind.NUMBER;
    } else {
      kind = colon ? TokenKind.METRIC_IDENTIFIER : TokenKind.IDENTIFIER;
    }
    return emit(kind, length);
  }

  private Token numberOrDuration() {
    int length = NumberSyntax.numberLength(input, pos);
    if (length > 0 && !isAlphaNumeric(peek(length)) && peek(length) != '.') {
      return emit(TokenKind.NUMBER, length);
    }
    length = NumberSyntax.durationLength(input, pos);
    if (length > 0 && !isAlphaNumeric(peek(length)) && peek(length) != '.') {
      return emit(TokenKind.DURATION, length);
    }
    int start = pos;
    while (isAlphaNumeric(peek()) || peek() == '.') {
      pos++;
    }
    throw error(
        start, "bad number or duration syntax: " + Quoting.quote(input.substring(start, pos)));
  }

  private Token rawString() {
    int end = input.indexOf('`', pos + 1);
    if (end < 0) {
      int start = pos;
      pos = input.length();
      throw error(start, "unterminated raw string");
    }
    return emit(TokenKind.STRING, end + 1 - pos);
  }

  private Token string(int quote) {
    int start = pos;
    int at = pos + 1;
    while (true) {
      if (at >= input.length() || input.charAt(at) == '\n') {
        pos = Math.min(at, input.length());
        throw error(start, "unterminated quoted string");
      }
      char c = input.charAt(at++);
      if (c == quote) {
        return emit(TokenKind.STRING, at - start);
      }
      if (c == '\\') {
        at = escape(start, at, quote);
      }
    }
  }

  private int escape(int start, int at, int quote) {
    if (at >= input.length()) {
      pos = at;
      throw error(start, "escape sequence not terminated");
    }
    char c = input.charAt(at);
    if (c == quote || "abfnrtv\\".indexOf(c) >= 0) {
      return at + 1;
    }
    int digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : c >= '0' && c <= '7' ? 3 : 0;
    if (digits == 0) {
      pos = at;
      throw error(start, "unknown escape sequence " + Quoting.quote("\\" + c));
    }
    int from = digits == 3 ? at : at + 1;
    int radix = digits == 3 ? 8 : 16;
    long value = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = i < input.length() ? Character.digit(input.charAt(i), radix) : -1;
      if (digit < 0) {
        pos = Math.min(i, input.length());
        throw error(
            start,
            i < input.length()
                ? "illegal character "
                    + "U+%04X %s"
                        .formatted((int) input.charAt(i), Quoting.quoteChar(input.charAt(i)))
                    + " in escape sequence"
                : "escape sequence not terminated");
      }
      value = value * radix + digit;
    }
    long max = digits <= 3 ? 255 : Character.MAX_CODE_POINT;
    if (value > max || (digits > 3 && value >= 0xD800 && value < 0xE000)) {
      pos = at;
      throw error(start, "escape sequence is an invalid Unicode code point");
    }
    return from + digits;
  }

  static boolean isAlpha(int c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isAlphaNumeric(int c) {
    return isAlpha(c) || isDigit(c);
  }
}
