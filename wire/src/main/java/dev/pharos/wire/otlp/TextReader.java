package dev.pharos.wire.otlp;

import dev.pharos.model.Symbols;
import dev.pharos.model.proto.Utf8;

/// Takes texts of a request into the dictionary of the batch being built; what is new there is checked to be UTF-8.
final class TextReader {
  /// Longer values hardly ever repeat, so looking for an equal one costs more than it saves.
  private static final int LONG_TEXT = 1024;

  private final Symbols symbols;
  private final Findings findings;

  TextReader(Symbols symbols, Findings findings) {
    this.symbols = symbols;
    this.findings = findings;
  }

  /// The symbol of a text, repaired where it is not UTF-8.
  int value(byte[] bytes, int offset, int length) {
    if (length > LONG_TEXT) {
      return body(bytes, offset, length);
    }
    int id = symbols.internText(bytes, offset, length);
    return id >= 0 ? id : repaired(bytes, offset, length);
  }

  private int repaired(byte[] bytes, int offset, int length) {
    findings.repairedText();
    byte[] mended = Utf8.repaired(bytes, offset, length);
    return symbols.intern(mended, 0, mended.length);
  }

  /// The symbol of a text that is not worth looking up.
  int body(byte[] bytes, int offset, int length) {
    if (Utf8.isValid(bytes, offset, length)) {
      return symbols.add(bytes, offset, length);
    }
    findings.repairedText();
    byte[] mended = Utf8.repaired(bytes, offset, length);
    return symbols.add(mended, 0, mended.length);
  }

  /// The symbol of an attribute key, or -1 if it is not UTF-8.
  int key(byte[] bytes, int offset, int length) {
    int id = symbols.internText(bytes, offset, length);
    if (id < 0) {
      findings.badKey(bytes, offset, length);
    }
    return id;
  }

  /// The symbol of bytes that are no text.
  int opaque(byte[] bytes, int offset, int length) {
    return length > LONG_TEXT
        ? symbols.add(bytes, offset, length)
        : symbols.intern(bytes, offset, length);
  }

  Symbols symbols() {
    return symbols;
  }

  Findings findings() {
    return findings;
  }
}
