package dev.pharos.store.summary;

import dev.pharos.model.Symbols;
import dev.pharos.store.segment.encoding.ByteSink;
import dev.pharos.store.segment.encoding.ByteSource;
import dev.pharos.store.segment.encoding.Zstandard;
import java.nio.charset.StandardCharsets;

/// Texts by number; number 0 stands for all those that found no place. One thread while it grows, any afterwards.
final class Names {
  static final int OTHER = 0;
  private static final int MAX_NAMES = 1 << 24;

  private final Symbols symbols = new Symbols();

  /// The number of a text. A [Symbols] has the empty text at 0, so the numbers there are one less.
  int of(Symbols from, int id) {
    return symbols.intern(from, id) + 1;
  }

  /// The number of a text that is known, else [#OTHER].
  int find(Symbols from, int id) {
    return symbols.find(from.bytes(), from.offset(id), from.length(id)) + 1;
  }

  int of(String text) {
    return symbols.intern(text) + 1;
  }

  int of(Names from, int number) {
    return number == OTHER ? OTHER : of(from.symbols, number - 1);
  }

  /// The text, empty for [#OTHER].
  String text(int number) {
    return number == OTHER ? "" : symbols.text(number - 1);
  }

  /// Numbers are below.
  int count() {
    return symbols.count() + 1;
  }

  void encode(ByteSink out) {
    var texts = new ByteSink(1 << 10);
    for (int i = 0; i < symbols.count(); i++) {
      texts.putVarint(symbols.length(i));
      texts.put(symbols.bytes(), symbols.offset(i), symbols.length(i));
    }
    out.putVarint(symbols.count());
    Zstandard.put(texts.bytes(), 0, texts.size(), out);
  }

  static Names decode(ByteSource in) {
    int count = in.readCount(MAX_NAMES);
    byte[] bytes = Zstandard.read(in);
    var texts = new ByteSource(bytes, 0, bytes.length - 8);
    var names = new Names();
    for (int i = 0; i < count; i++) {
      int length = texts.readCount(texts.remaining());
      int at = texts.skip(length);
      if (names.of(new String(bytes, at, length, StandardCharsets.UTF_8)) != i + 1) {
        throw in.bad("text " + i + " of " + count + " is there twice");
      }
    }
    return names;
  }
}
