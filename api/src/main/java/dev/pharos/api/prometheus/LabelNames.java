package dev.pharos.api.prometheus;

/// Label names in paths: `U__` marks a name whose other characters are escaped (`_2e_` is a dot, `__` an underscore).
final class LabelNames {
  private static final String MARK = "U__";

  private LabelNames() {}

  /// The name meant; one that is not escaped, or not validly, is itself.
  static String unescape(String name) {
    if (!name.startsWith(MARK)) {
      return name;
    }
    var plain = new StringBuilder();
    int at = MARK.length();
    while (at < name.length()) {
      char c = name.charAt(at);
      if (c != '_') {
        plain.append(c);
        at++;
        continue;
      }
      if (at + 1 < name.length() && name.charAt(at + 1) == '_') {
        plain.append('_');
        at += 2;
        continue;
      }
      int end = name.indexOf('_', at + 1);
      try {
        plain.appendCodePoint(Integer.parseInt(name, at + 1, end < 0 ? at + 1 : end, 16));
      } catch (IllegalArgumentException e) {
        return name;
      }
      at = end + 1;
    }
    return plain.toString();
  }
}
