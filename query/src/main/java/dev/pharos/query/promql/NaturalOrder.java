package dev.pharos.query.promql;

import dev.pharos.model.Labels;

/// Order of texts in which runs of digits compare as numbers, so that `a2` stands before `a10`.
final class NaturalOrder {
  private NaturalOrder() {}

  static int compare(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      boolean digits = Lexer.isDigit(a.charAt(i));
      if (digits != Lexer.isDigit(b.charAt(j))) {
        return Labels.compareBytes(a.substring(i), b.substring(j));
      }
      int endA = run(a, i, digits);
      int endB = run(b, j, digits);
      int order =
          digits
              ? compareNumbers(a.substring(i, endA), b.substring(j, endB))
              : Labels.compareBytes(a.substring(i, endA), b.substring(j, endB));
      if (order != 0) {
        return order;
      }
      i = endA;
      j = endB;
    }
    return Integer.compare(a.length() - i, b.length() - j);
  }

  private static int run(String text, int from, boolean digits) {
    int end = from;
    while (end < text.length() && Lexer.isDigit(text.charAt(end)) == digits) {
      end++;
    }
    return end;
  }

  private static int compareNumbers(String a, String b) {
    String x = a.replaceFirst("^0+", "");
    String y = b.replaceFirst("^0+", "");
    if (x.length() != y.length()) {
      return Integer.compare(x.length(), y.length());
    }
    int order = x.compareTo(y);
    return order != 0 ? order : Integer.compare(b.length(), a.length());
  }
}
