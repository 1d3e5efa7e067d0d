package dev.pharos.query.promql;

/// The half-open range of characters `[start, end)` that a node or token takes in the query text.
///
/// @param start index of the first character
/// @param end index after the last character
public record Span(int start, int end) {
  static Span merge(Span first, Span last) {
    return new Span(first.start, last.end);
  }

  /// The place of [#start] in the text as Prometheus writes it: line and column from 1, columns in UTF-8 bytes.
  public String position(String text) {
    int line = 1;
    int lineStart = 0;
    int limit = Math.min(start, text.length());
    for (int i = 0; i < limit; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    int column = 1 + (start - limit);
    for (int i = lineStart; i < limit; i++) {
      char c = text.charAt(i);
      column += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return line + ":" + column;
  }
}
