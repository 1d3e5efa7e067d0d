package dev.pharos.query.traceql.syntax;

/// How attribute keys are written in TraceQL: plain, or with quoted parts where they have other characters. Stateless.
public final class AttributeNames {
  private AttributeNames() {}

  /// Whether a character may stand unquoted in a key.
  static boolean isPlain(char c) {
    return !Character.isWhitespace(c) && "{}()=~!<>&|^,\"`".indexOf(c) < 0;
  }

  /// The key as a query writes it.
  public static String print(String key) {
    boolean plain = !key.isEmpty();
    for (int i = 0; i < key.length(); i++) {
      plain &= isPlain(key.charAt(i));
    }
    return plain ? key : '"' + key.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
