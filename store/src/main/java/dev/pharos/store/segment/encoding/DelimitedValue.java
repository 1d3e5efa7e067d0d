package dev.pharos.store.segment.encoding;

/// A value as it stands in JSON or logfmt: a run of bytes that are no delimiters, with delimiters or the ends of the
/// text around it. Delimiters are the bytes up to the blank and `" : , { } [ ] = \`. Stateless.
public final class DelimitedValue {
  private static final boolean[] DELIMITER = new boolean[256];

  static {
    for (int c = 0; c <= ' '; c++) {
      DELIMITER[c] = true;
    }
    for (char c : "\":,{}[]=\\".toCharArray()) {
      DELIMITER[c] = true;
    }
  }

  private DelimitedValue() {}

  static boolean isDelimiter(byte c) {
    return DELIMITER[c & 0xff];
  }

  /// Whether these bytes can be looked for as one value: some, and none of them a delimiter.
  public static boolean is(byte[] bytes) {
    for (byte each : bytes) {
      if (isDelimiter(each)) {
        return false;
      }
    }
    return bytes.length > 0;
  }
}
